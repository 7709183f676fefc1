"""From groups of records to persons: bare numbers find theirs, keys stay what they were, and one file says who is who.

Everything runs on the connection that linked: `clusters`, `records` and `households` of linkage, and `numbers` and `together` of
`people`. A number that two people have says nothing of either: it is nobody's but its own.
"""

from pathlib import Path

import duckdb
import pyarrow as pa

from hearth.intelligence.feeds.engine import quoted
from hearth.intelligence.matching.register import SOURCE


def join_numbers(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `groups` (`scope`, `own`: a group's name): each number with its group of records, or with the numbers it stands beside.

    `refused` holds the scopes that a person has said are not somebody's on the register.
    """
    connection.execute(
        """create or replace temp table held_by as
            select scope, min(cluster) as cluster, count(distinct cluster) as clusters
            from numbers n join records r on r.source = n.source and r.id = n.id join clusters c using (rid)
            where n.id is not null group by scope"""
    )
    connection.execute(
        "delete from held_by using refused f join clusters c on true join records r using (rid) where f.scope = held_by.scope"
        f" and c.cluster = held_by.cluster and r.source = '{SOURCE}' and r.id = f.register_person"
    )
    found = connection.execute(
        """select distinct t.one, t.other from together t
            where (select count(distinct u.other) from together u where u.one = t.one) = 1
            and (select count(distinct u.one) from together u where u.other = t.other) = 1 order by 1, 2"""
    ).fetchall()
    group = {
        scope: f"group {cluster}"
        for scope, cluster in connection.execute("select scope, cluster from held_by where clusters = 1").fetchall()
    }
    contested = {scope for (scope,) in connection.execute("select scope from held_by where clusters > 1").fetchall()}
    for one, other in found:
        if one in contested or other in contested:
            continue
        held = {group[scope] for scope in (one, other) if scope in group}
        if len(held) <= 1:  # two groups of which one row says that they are one: not enough
            group[one] = group[other] = held.pop() if held else f"number {one}"
    connection.register("joined", pa.table({"scope": list(group), "own": list(group.values())}))
    connection.execute(
        "create or replace temp table groups as select distinct n.scope, coalesce(j.own, 'number ' || n.scope) as own"
        " from numbers n left join joined j using (scope)"
    )
    connection.unregister("joined")


def name_people(connection: duckdb.DuckDBPyConnection, secret: str, before: Path | None) -> None:
    """Make `who` (`feed, organisation, scheme, value, own, person`): a person's key is what it was in the run before.

    A group takes the key that most of its numbers had; a key goes to one group. New keys say nothing of whom they name.
    """
    connection.execute(
        f"""create or replace temp table told as
            select distinct feed, organisation, scheme, value, g.own from numbers n join groups g using (scope)
            where n.source <> '{SOURCE}'"""
    )
    connection.execute(
        "create or replace temp table told_before as "
        + (
            f"select feed, organisation, scheme, value, person, household from read_parquet({quoted(str(before))})"
            if before
            else "select feed, organisation, scheme, value, own as person, own as household from told limit 0"
        )
    )
    _keep_names(connection, "own", "person", "person_of", secret)
    connection.execute(
        "create or replace temp table who as select t.*, p.person from told t join person_of p using (own)"
    )


def _keep_names(connection: duckdb.DuckDBPyConnection, own: str, kept: str, into: str, secret: str) -> None:
    """`into` (`own`, and `kept`): names of before, each to the group with most of what had it; new ones for the rest."""
    table = "told" if own == "own" else "housed"
    connection.execute(
        f"""create or replace temp table {into} as
            with shared as (
                select t.{own}, b.{kept}, count(*) as n from {table} t join told_before b using (feed, organisation, scheme, value)
                where b.{kept} is not null and t.{own} is not null group by all
            ), best as (
                select * from shared qualify row_number() over (partition by {own} order by n desc, {kept}) = 1
            ), kept_names as (
                select * from best qualify row_number() over (partition by {kept} order by n desc, {own}) = 1
            ), firsts as (
                select {own}, min(concat_ws('/', feed, organisation, scheme, value)) as first from {table}
                where {own} is not null group by 1
            ), made as (
                select {own}, left(sha256({quoted(secret)} || '{kept}' || first), 24) as fresh from firsts
            )
            select m.{own}, coalesce(k.{kept}, case when m.fresh in (select {kept} from told_before where {kept} is not null)
                then left(sha256({quoted(secret)} || m.fresh || (select count(*) from told_before)), 24) else m.fresh end) as {kept}
            from made m left join kept_names k using ({own})"""
    )


def write_people(connection: duckdb.DuckDBPyConnection, secret: str, newest: dict[str, str], into: Path) -> None:
    """Write the file: `feed, organisation, scheme, value, person, household, register_person`; restricted people are not in it.

    `newest` says of each source with addresses as at when it is: somebody's household is of the newest that has one.
    `hidden` holds the register's records that are nobody's to see.
    """
    connection.register("as_at", pa.table({"source": list(newest), "day": list(newest.values())}, schema=_AS_AT))
    connection.execute(
        """create or replace temp table housed as
            with homes as (
                select 'group ' || c.cluster as own, r.source || '/' || h.household as home, a.day
                from households h join records r using (rid) join clusters c using (rid) join as_at a on a.source = r.source
                where h.household is not null and not h.communal
                qualify row_number() over (partition by c.cluster order by a.day desc, r.source, h.household) = 1
            )
            select w.feed, w.organisation, w.scheme, w.value, h.home from who w left join homes h using (own)"""
    )
    _keep_names(connection, "home", "household", "household_of", secret)
    connection.unregister("as_at")
    connection.execute(
        f"""create or replace temp table on_register as
            select 'group ' || c.cluster as own, min(r.id) as register_person, bool_or(r.id in (select id from hidden)) as hidden
            from records r join clusters c using (rid) where r.source = '{SOURCE}' group by 1"""
    )
    connection.execute(
        f"""copy (
            select w.feed, w.organisation, w.scheme, w.value, w.person, o.household, g.register_person
            from who w left join housed h using (feed, organisation, scheme, value) left join household_of o using (home)
            left join on_register g using (own) where not coalesce(g.hidden, false)
            order by w.feed, w.organisation, w.scheme, w.value
        ) to {quoted(str(into))} (format parquet, compression zstd)"""
    )


_AS_AT = pa.schema([("source", pa.string()), ("day", pa.string())])
