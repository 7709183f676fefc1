"""New records beside those known: whom they reach by the keys they share, and who is grouped again because of them.

Nothing here reads all that is known but for a few columns of numbers: keys, pairs and groups.
"""

from pathlib import Path

import duckdb

from hearth.linkage.candidates import ALL_PAIRS_BELOW, LARGEST_BLOCK, Proposed, allowed, block, limit
from hearth.linkage.engine import copy
from hearth.linkage.keys import Key

# A key is kept as a number of 40 bits: two that differ are taken for one in a few of a million look-ups, and compared in vain.
SHORTER = 24
# Whose group may be another whatever is new: a person had a say in it, or had then, or somebody is gone.
STIRRED = "select unnest([a, b]) as rid from decided union select rid from unsettled"


def keep_keys(connection: duckdb.DuckDBPyConnection, keys: list[Key], records: str, folder: Path) -> dict[str, int]:
    """Write the keys of a table of records (`key, k, rid`), a file a key; gives the keys that are used, and the pairs of each.

    A block that is too large is kept as one row without a record.
    """
    folder.mkdir()
    copy(connection, "select 0::utinyint as key, 0::bigint as k, 0::bigint as rid limit 0", folder / "none.parquet")
    (count,) = connection.execute(f"select count(*) from {records}").fetchall()[0]
    used: dict[str, int] = {}
    for key in keys:
        pairs = block(connection, key, records)
        if pairs > limit(key, count):
            continue
        large = f"from blocks where c > {LARGEST_BLOCK}"
        kept = f"select k, rid from keyed anti join ({large}) using (k) union all select k, null from ({large})"
        copy(
            connection,
            f"select {len(used)}::utinyint as key, (k >> {SHORTER})::bigint as k, rid from ({kept}) order by 2, 3",
            folder / f"{len(used)}.parquet",
        )
        used[key.name] = pairs
    return used


def keep_new_keys(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the keys of new records, but for those of blocks that were too large before."""
    folder.mkdir()
    full = "from met where rid is null"
    copy(
        connection, f"select key, k, rid from new_keys anti join ({full}) using (key, k) order by 1, 2", folder / "new.parquet"
    )  # fmt: skip


def propose_new(
    connection: duckdb.DuckDBPyConnection, keys: list[Key], pairs: dict[str, int], records: int, across: bool
) -> list[Proposed]:
    """Make `candidates`, as `propose` does, of pairs with one of `new_records` in them, and `reached`: the records of those pairs,
    and those of one tangle with them.

    `keys` are those that are kept, and `pairs` is how many each gave before, among so many `records` as there are now. A block counts
    with all that is in it, known or new.
    """
    connection.execute("create or replace temp table new_keys (key utinyint, k bigint, rid bigint)")
    for place, key in enumerate(keys):
        connection.execute(
            f"insert into new_keys from (select {place}, ({key.sql()} >> {SHORTER})::bigint as k, rid from new_records)"
            " where k is not null"
        )
    connection.execute(
        "create or replace temp table met as select key, k, rid from known_keys where k in (select k from new_keys)"
    )
    connection.execute(
        "create or replace temp table blocks as select key, k, sum(known)::bigint as known, sum(known + new)::bigint as c from"
        " (select key, k, count(*) as known, 0 as new, bool_or(rid is null) as is_large from met group by key, k union all"
        " select key, k, 0, count(*), false from new_keys group by key, k) group by key, k having not bool_or(is_large)"
    )
    more = dict(
        connection.execute(
            f"select key, sum({_pairs('c')} - {_pairs('known')})::bigint from blocks group by key"
        ).fetchall()
    )
    told = []
    for place, key in enumerate(keys):
        now = pairs[key.name] + more.get(place, 0)
        told.append(Proposed(key.name, now, now <= limit(key, records)))
    used = [place for place, proposed in enumerate(told) if proposed.used]
    shared = (
        f"with kept as (from blocks where c between 2 and {LARGEST_BLOCK} and list_contains({used}::utinyint[], key))"
        " select m.rid as a, n.rid as b from (from met semi join kept using (key, k)) m join new_keys n using (key, k)"
        " union select l.rid, r.rid from (from new_keys semi join kept using (key, k)) l"
        " join new_keys r on r.key = l.key and r.k = l.k and l.rid < r.rid"
    )
    if records <= ALL_PAIRS_BELOW:
        shared = "select l.rid as a, r.rid as b from records l join new_records r on l.rid < r.rid"
    connection.execute(f"create or replace temp table proposed as {shared}")
    tangles = f"select tangle from known_clusters semi join (select a as rid from proposed union {STIRRED}) using (rid)"
    connection.execute(
        "create or replace temp table reached as from known_records join (select rid, tangle from known_clusters"
        f" where tangle in ({tangles})) using (rid) union all by name from new_records"
    )
    connection.execute(
        "create or replace table candidates as select a, b from proposed join reached l on l.rid = a join reached r on r.rid = b"
        f" where {allowed(across)}"
    )
    connection.execute("drop table proposed")
    return told


def _pairs(count: str) -> str:
    return f"(case when {count} <= {LARGEST_BLOCK} then {count} * ({count} - 1) // 2 else 0 end)"


def find_near(connection: duckdb.DuckDBPyConnection, least: float, *, everybody: bool) -> None:
    """Make `near`, of `reached`: the records that are grouped again, being new, or in the tangle of one that a new one is linked to.

    `scored` holds the new pairs yet, and the odds of a link are `least` or more. Who is `unsettled`, or was decided of, is grouped
    again with all of their tangle. `everybody` leaves out nobody.
    """
    if everybody:
        connection.execute("create or replace temp table near as from records")
        return
    linked = f"select unnest([a, b]) as rid from scored where odds >= {least} union {STIRRED}"
    connection.execute(
        "create or replace temp table near as from reached where rid in (select rid from new_records)"
        f" or tangle in (select tangle from reached semi join ({linked}) using (rid))"
    )
