"""What two strangers agree on by chance: counted for equal values, and seen in a sample of pairs for the rest."""

from dataclasses import dataclass

import duckdb
import numpy as np

from hearth.linkage.candidates import ALL_PAIRS_BELOW, allowed, compare, pair_space
from hearth.linkage.levels import Attribute

LEVELS = STEPS = 16
SAMPLE = 600_000
# How many pairs an assumption is worth where the sample has hardly any: those that agree on what an attribute leans on.
ASSUMED = 4.0
# How many pairs the chances written with the levels are worth. They decide only where a few dozen records are all there is.
USUAL = 2_000.0

Table = np.ndarray


@dataclass(frozen=True)
class Background:
    """Chance, by attribute: `chance[name][c, level, step]` sums to one over level and step where neither record is blank.

    `c` is 1 where the attribute that this one leans on agrees, else 0. `shares[name][level, step]` says how rarity is spread
    among people who are the same (by how many records have a value, not how many pairs). `pairs` is the size of the pair space.
    """

    chance: dict[str, Table]
    shares: dict[str, Table]
    pairs: float


def learn_background(connection: duckdb.DuckDBPyConnection, attributes: list[Attribute], across: bool) -> Background:
    """Learn from `compared`, where so few records are there that it holds every pair of them; else from a sample.

    The sample takes pairs at fixed distances in the numbered table: the same records always give the same sample.
    """
    pairs = pair_space(connection, across)
    (count,) = connection.execute("select count(*) from records").fetchall()[0]
    if count <= ALL_PAIRS_BELOW:
        connection.execute("create or replace temp view sample_compared as from compared")
    else:
        _sample(connection, count, across)
        compare(connection, "sampled", attributes, "sample_compared")
    chance, shares = {}, {}
    for attribute in attributes:
        shares[attribute.name] = _shares(connection, attribute)
        table = _sampled(connection, attribute, shares[attribute.name])
        if not attribute.leans:
            _put_counted(connection, attribute, table[0], shares[attribute.name], across)
        chance[attribute.name] = table
    return Background(chance, shares, pairs)


def _sample(connection: duckdb.DuckDBPyConnection, count: int, across: bool) -> None:
    times = max(1, SAMPLE // count)
    distances = sorted({1 + (k * 2_654_435_761) % (count - 1) for k in range(1, times + 1)})
    every = max(1, count // SAMPLE)
    connection.execute("create or replace temp table distances as select unnest(?::bigint[]) as d", [distances])
    connection.execute(
        "create or replace temp view sampled as select l.rid as a, r.rid as b from records l cross join distances"
        f" join records r on r.rid = 1 + (l.rid - 1 + d) % {count} where l.rid % {every} = 0 and {allowed(across)}"
    )


def _sampled(connection: duckdb.DuckDBPyConnection, attribute: Attribute, shares: Table) -> Table:
    """The sample's table of one attribute, with half a pair on every level so that nothing is impossible."""
    leaning = f"({attribute.leans} & 15) in {(*attribute.leaning, 99)}" if attribute.leans else "false"
    rows = connection.execute(
        f"select ({leaning})::int, {attribute.name} & 15, {attribute.name} >> 4, count(*) from sample_compared"
        f" where {attribute.name} & 15 > 0 group by all"
    ).fetchall()
    table = np.zeros((2, LEVELS, STEPS))
    for place, level in enumerate(attribute.levels, start=1):
        table[0, place] = max(0.5, USUAL * usual(attribute, place)) * shares[place]
        table[1, place] = ASSUMED * level.prior * shares[place]
    for c, level, step, count in rows:
        table[c, level, step] += count
    return table / np.maximum(table.sum(axis=(1, 2), keepdims=True), 1e-9)


def usual(attribute: Attribute, place: int) -> float:
    """How often strangers are on a level, counted from 1, as a rule; the last has what the others leave."""
    chances = [level.chance for level in attribute.levels[:-1]]
    return chances[place - 1] if place <= len(chances) else 1.0 - sum(chances)


def _equal_pairs(
    connection: duckdb.DuckDBPyConnection, columns: tuple[str, ...], rarity: str, across: bool
) -> dict[int, float]:
    """Pairs of records equal on all the columns, by the step of rarity of one of them."""
    names = ", ".join(columns)
    known = " and ".join(f"{name} is not null" for name in columns)
    less = "sum(c * c)" if across else "sum(c)"
    return dict(
        connection.execute(
            f"select step, sum(pairs) from (select any_value(step) as step, (sum(c) ** 2 - {less}) / 2 as pairs from"
            f" (select {names}, source, any_value({rarity}_rarity) as step, count(*) as c from records where {known}"
            f" group by {names}, source) group by {names}) group by step having sum(pairs) > 0"
        ).fetchall()
    )


def _put_counted(
    connection: duckdb.DuckDBPyConnection, attribute: Attribute, table: Table, shares: Table, across: bool
) -> None:
    """Put exact counts in place of the sample's for the levels on which values are equal."""
    both = _both_known(connection, attribute, across)
    if not both:
        return
    earlier: list[tuple[str, ...]] = []
    for place, level in enumerate(attribute.levels, start=1):
        if not level.same:
            continue
        steps = np.zeros(STEPS)
        for sign, columns in [(1, level.same), *((-1, tuple(sorted({*level.same, *other}))) for other in earlier)]:
            for step, pairs in _equal_pairs(connection, columns, level.rarity, across).items():
                steps[min(int(step), STEPS - 1)] += sign * float(pairs)
        assumed = max(0.5, USUAL * level.chance) * shares[place]
        table[place] = (np.maximum(steps, 0.0) + assumed) / (both + USUAL)
        earlier.append(level.same)
    counted = {place for place, level in enumerate(attribute.levels, start=1) if level.same}
    rest = [place for place in range(LEVELS) if place not in counted]
    left = max(0.0, 1.0 - table[sorted(counted)].sum())
    table[rest] *= left / max(table[rest].sum(), 1e-12)


def _both_known(connection: duckdb.DuckDBPyConnection, attribute: Attribute, across: bool) -> float:
    """In how many pairs neither record is blank: all pairs, times the sample's share of those."""
    (known, all_) = connection.execute(
        f"select count(*) filter (where {attribute.name} & 15 > 0), count(*) from sample_compared"
    ).fetchall()[0]
    return pair_space(connection, across) * known / all_ if all_ else 0.0


def _shares(connection: duckdb.DuckDBPyConnection, attribute: Attribute) -> Table:
    """How the records that have a value are spread over the steps of its rarity, for each level; all in step 0 where none counts."""
    shares = np.zeros((LEVELS, STEPS))
    shares[:, 0] = 1.0
    for place, level in enumerate(attribute.levels, start=1):
        if not level.rarity:
            continue
        rows = connection.execute(
            f"select least({level.rarity}_rarity, {STEPS - 1}), count(*) from records where {level.rarity}_rarity is not null group by 1"
        ).fetchall()
        total = sum(count for _, count in rows)
        if total:
            shares[place] = 0.0
            for step, count in rows:
                shares[place, step] = count / total
    return shares
