"""Which pairs are looked at, and the agreement pattern of each."""

from dataclasses import dataclass

import duckdb

from hearth.linkage.keys import Key
from hearth.linkage.levels import Attribute

# A block of this many records says little about who is who, and grows as its square.
LARGEST_BLOCK = 400
NARROW_LIMIT, LOOSE_LIMIT = 60, 40  # pairs a record that one key may add
# Above so many records a loose key may add no more than for these, or a few a record: what it proposes is strangers by then.
MANY, FEW = 50_000, 3
PAIRS = "sum(c * (c - 1) / 2)"  # how many pairs there are in blocks
ALL_PAIRS_BELOW = 1_000  # so few records that every pair of them is looked at


@dataclass(frozen=True)
class Proposed:
    """What a key proposed, or why it was left out: pairs counted with repetition."""

    key: str
    pairs: int
    used: bool


def allowed(across: bool) -> str:
    """SQL that holds for a pair that may be a link at all; `across` sources only, or within them too."""
    return "l.source <> r.source" if across else "true"


def all_pairs(may: str) -> str:
    """SQL for every pair for which the SQL `may` holds."""
    return f"select l.rid as a, r.rid as b from records l join records r on l.rid < r.rid where {may}"


def blocks_by(by: str) -> str:
    """SQL for the blocks of two records or more that `keyed` makes, with `c` records, by the columns of a key."""
    return f"select {by}, count(*) as c from keyed group by {by} having count(*) > 1"


def sharing(may: str, *by: str) -> str:
    """SQL for the pairs of `keyed` that share one of `blocks`, by the columns of a key, where it is not too large."""
    same = " and ".join(f"l.{column} = r.{column}" for column in by)
    return (
        f"with kept as (select * from keyed semi join (select * from blocks where c <= {LARGEST_BLOCK}) using ({', '.join(by)}))"
        f" select l.rid as a, r.rid as b from kept l join kept r on {same} and l.rid < r.rid where {may}"
    )


def pair_space(connection: duckdb.DuckDBPyConnection, across: bool) -> float:
    """How many pairs there are in all, looked at or not: what chance is reckoned against."""
    counts = [row[0] for row in connection.execute("select count(*) from records group by source").fetchall()]
    whole = sum(counts)
    return (whole * whole - sum(c * c for c in counts)) / 2 if across else whole * (whole - 1) / 2


def propose(connection: duckdb.DuckDBPyConnection, keys: list[Key], across: bool) -> list[Proposed]:
    """Make `candidates` (`a`, `b`: numbers of records, the lower first), each pair once; says what each key gave."""
    may = allowed(across)
    (records,) = connection.execute("select count(*) from records").fetchall()[0]
    connection.execute("create or replace temp table proposed (a bigint, b bigint)")
    told = []
    if records <= ALL_PAIRS_BELOW:
        connection.execute(f"insert into proposed {all_pairs(may)}")
        keys = []
    for key in keys:
        pairs = block(connection, key)
        used = pairs <= limit(key, records)
        told.append(Proposed(key.name, pairs, used))
        if used:
            connection.execute(f"insert into proposed {sharing(may, 'k')}")
    connection.execute("create or replace table candidates as select distinct a, b from proposed")
    connection.execute("drop table proposed")
    return told


def block(connection: duckdb.DuckDBPyConnection, key: Key, records: str = "records") -> int:
    """Make `keyed` (`rid`, `source`, `k`) and `blocks` of two or more (`k`, `c` records); gives the pairs of those not too large."""
    connection.execute(
        f"create or replace temp table keyed as from (select rid, source, {key.sql()} as k from {records}) where k is not null"
    )
    connection.execute(f"create or replace temp table blocks as {blocks_by('k')}")
    (pairs,) = connection.execute(
        f"select coalesce({PAIRS}, 0)::bigint from blocks where c <= {LARGEST_BLOCK}"
    ).fetchall()[0]
    return int(pairs)


def limit(key: Key, records: int) -> float:
    """How many pairs a key may add among so many records; one that would add more is left out."""
    if not key.loose:
        return NARROW_LIMIT * records
    return max(LOOSE_LIMIT * min(records, MANY), FEW * records)


def patterned(attributes: list[Attribute], pairs: str) -> str:
    """SQL for each pair with the code of each attribute, level + 16 x step of rarity; of `pairs`, which give `p.a`, `p.b`, and the two
    records as `l` and `r`: tables that are joined, or columns that hold a record each."""
    levels = ", ".join(f"{attribute.sql()} as {attribute.name}_level" for attribute in attributes)
    codes = ", ".join(
        f"({attribute.name}_level + 16 * least(15, {attribute.rarity_sql()}))::utinyint as {attribute.name}"
        for attribute in attributes
    )
    rarities = sorted({level.rarity for attribute in attributes for level in attribute.levels if level.rarity})
    steps = "".join(f", {side}.{name}_rarity as {side}_{name}_rarity" for name in rarities for side in "lr")
    return f"select a, b, {codes} from (select p.a, p.b, {levels}{steps} from {pairs})"


def compare(
    connection: duckdb.DuckDBPyConnection, pairs: str, attributes: list[Attribute], into: str, records: str = "records"
) -> None:
    """Make the table `into`: each pair of `pairs` with its pattern. `records` is a table of at least the records of those pairs."""
    both = f"{pairs} p join {records} l on l.rid = p.a join {records} r on r.rid = p.b"
    connection.execute(f"create or replace table {into} as {patterned(attributes, both)}")
