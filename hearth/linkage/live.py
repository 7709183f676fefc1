"""What the live look-up weighs: levels that a database can tell as well as DuckDB, and their weights as plain data.

The look-up compares what somebody types (names, a birth date as far as known, a postcode) with one person at a time, so its levels
are fewer than a file's. `learn_weights` learns them as files are linked: two sources, nothing told about who is who.
"""

from dataclasses import replace
from typing import Any

import duckdb
import numpy as np

from hearth.linkage.background import LEVELS, learn_background
from hearth.linkage.candidates import compare
from hearth.linkage.columns import Columns
from hearth.linkage.levels import BORN as ANY_BORN
from hearth.linkage.levels import Attribute, Level
from hearth.linkage.model import PRIOR_PAIRS, TWINS_AT_LEAST, Model, set_tables
from hearth.linkage.records import number_records
from hearth.linkage.scoring import patterns_of

STEPS = 16
SEEN = 1e-4  # below this share of true pairs, a step of rarity was too seldom seen
MOST = 16.0  # bits; no name says more than this


def _slip(one: str, other: str) -> str:
    letters = "list_sort(string_split({}, ''))"
    return (
        f"(least(length({one}), length({other})) >= 3 and (levenshtein({one}, {other}) = 1 or (levenshtein({one}, {other}) = 2"
        f" and length({one}) = length({other}) and {letters.format(one)} = {letters.format(other)})))"
    )


def _similar(one: str, other: str) -> str:
    return (
        f"((levenshtein({one}, {other}) <= 2 and least(length({one}), length({other})) >= 4)"
        f" or (levenshtein({one}, {other}) <= 3 and least(length({one}), length({other})) >= 8))"
    )


def _whole(side: str) -> str:
    return f"concat_ws(' ', {side}.given, {side}.middle)"


SWAPPED = (
    f"((l.given = r.family and (l.family = {_whole('r')} or {_slip('l.family', _whole('r'))}))"
    f" or (l.family = r.given and ({_whole('l')} = r.family or {_slip(_whole('l'), 'r.family')})))"
)
_IN_MIDDLE = "coalesce(list_contains(string_split(r.middle, ' '), l.given) or list_contains(string_split(l.middle, ' '), r.given), false)"

GIVEN = Attribute(
    "given",
    "l.given is null or r.given is null",
    (
        Level("the same first name", "l.given = r.given", 0.75, 0.008, ("given",), "given"),
        Level(
            "a form of the same first name",
            "coalesce(list_has_any(l.roots, r.roots), false)",
            0.05,
            0.004,
            rarity="given",
        ),
        Level("first names a slip apart", _slip("l.given", "r.given"), 0.08, 0.003, rarity="given"),
        Level("first and last name swapped", SWAPPED, 0.01, 1e-05),
        Level(
            "an initial or a second name of the other",
            f"starts_with(l.given, r.given) or starts_with(r.given, l.given) or {_IN_MIDDLE}",
            0.02,
            0.004,
        ),
        Level("similar first names", _similar("l.given", "r.given"), 0.03, 0.008),
        Level("different first names", "true", 0.02),
    ),
)
FAMILY = Attribute(
    "family",
    f"l.family is null or r.family is null or (l.family <> r.family and {SWAPPED})",
    (
        Level("the same last name", "l.family = r.family", 0.8, 0.003, ("family",), "family"),
        Level("last names a slip apart", _slip("l.family", "r.family"), 0.08, 0.002, rarity="family"),
        Level(
            "one part of the last name the same",
            "(contains(l.family, ' ') or contains(r.family, ' ')) and list_has_any(list_filter(string_split(l.family, ' '),"
            " lambda w: length(w) > 2), string_split(r.family, ' '))",
            0.02,
            0.0005,
        ),
        Level("similar last names", _similar("l.family", "r.family"), 0.03, 0.004),
        Level("different last names", "true", 0.06),
    ),
    home=True,
)
_BORN_SLIP = {
    "birth dates a slip apart": _slip("l.born", "r.born"),
    "birth dates two slips apart": "coalesce(levenshtein(l.born, r.born) <= 2, false)",
}
BORN = replace(
    ANY_BORN,
    levels=tuple(replace(level, sql=_BORN_SLIP.get(level.words, level.sql)) for level in ANY_BORN.levels),
)
HOME = Attribute(
    "home",
    "l.postcode is null or r.postcode is null",
    (
        Level("the same postcode", "l.postcode = r.postcode", 0.7, 0.0001, ("postcode",), "postcode"),
        Level("postcodes near", "coalesce(l.outward = r.outward, false)", 0.1, 0.03),
        Level("another postcode", "true", 0.2),
    ),
    home=True,
)
ATTRIBUTES = [GIVEN, FAMILY, BORN, HOME]
BY_RARITY = ("given", "family")  # a live look-up knows how rare a name is; days and postcodes are all taken as ordinary


def learn_weights(
    connection: duckdb.DuckDBPyConnection, register: str, typed: str, meant: str, columns: Columns
) -> dict[str, Any]:
    """The weights, from two tables of a connection: people on a register, and what somebody typed of some of them.

    `meant` is a table (`typed, register, same`) of ids: whom each search meant (`same`), and who lives with them. Strangers are
    counted and sampled, as in every linking.
    """
    number_records(connection, {"register": register, "typed": typed}, columns)
    levels = {}
    for kind, same in (("person", "same"), ("household", "not same")):
        connection.execute(
            "create or replace temp table told as select r.rid as a, t.rid as b from"
            f" {meant} m join records r on r.source = 'register' and r.id = m.register"
            f" join records t on t.source = 'typed' and t.id = m.typed where {same}"
        )
        compare(connection, "told", ATTRIBUTES, "told_compared")
        levels[kind] = _levels(*patterns_of(connection, "told_compared", ATTRIBUTES))
    background = learn_background(connection, ATTRIBUTES, across=True)
    ((records, searches),) = connection.execute(
        "select count(*) filter (where source = 'register'), count(*) filter (where source = 'typed') from records"
    ).fetchall()
    ((others,),) = connection.execute(
        f"select count(*) filter (where not same) / count(*) filter (where same) from {meant}"
    ).fetchall()
    shares = {"person": 1 / records, "household": others / records, "twins": TWINS_AT_LEAST / records}
    model = Model(ATTRIBUTES, {}, {**shares, "strangers": 1 - sum(shares.values())}, background.pairs, levels=levels)
    set_tables(model, background)
    return {"records": records, "searches": searches, **as_data(model)}


def _levels(patterns: np.ndarray, counts: np.ndarray) -> dict[str, np.ndarray]:
    """How often each level was seen, with the priors of the levels worth a few pairs."""
    found = {}
    for place, attribute in enumerate(ATTRIBUTES):
        table = np.zeros((2, LEVELS))
        for at, level in enumerate(attribute.levels, start=1):
            table[:, at] = level.prior * PRIOR_PAIRS
        known = (patterns[:, place] & 15) > 0
        for c in (0, 1):
            np.add.at(table[c], patterns[known, place] & 15, counts[known])
        found[attribute.name] = table / table.sum(axis=1, keepdims=True)
    return found


def as_data(model: Model) -> dict[str, Any]:
    """The model as plain data: for each attribute, level (from 1) and step of rarity, bits for and against one person.

    `person`, `household` and `twins` are each against strangers; `others` is how many of a household, and twins, there are for
    each person. A rarity too seldom seen is weighed as the next that was seen.
    """
    shares = model.shares
    told: dict[str, Any] = {"attributes": {}}
    told["others"] = {kind: round(shares[kind] / shares["person"], 4) for kind in ("household", "twins")}
    for attribute in model.attributes:
        tables = {kind: model.tables[kind][attribute.name][0] for kind in ("person", "household", "twins", "strangers")}
        if attribute.name not in BY_RARITY:
            tables = {kind: table.sum(axis=1, keepdims=True) for kind, table in tables.items()}
        bits = {kind: [] for kind in ("person", "household", "twins")}  # type: dict[str, list[list[float]]]
        for at, level in enumerate(attribute.levels, start=1):
            by_step = bool(level.rarity) and attribute.name in BY_RARITY
            for kind, rows in bits.items():
                rows.append(_bits(tables[kind][at], tables["strangers"][at], by_step))
        told["attributes"][attribute.name] = {"levels": [level.words for level in attribute.levels], **bits}
    return told


def _bits(same: np.ndarray, chance: np.ndarray, by_step: bool) -> list[float]:
    """Bits at each step of rarity, the same at all of them where none counts."""
    if not by_step:
        return [round(float(np.log2(same[0] / chance[0])), 3)]
    seen = np.flatnonzero(same > SEEN)
    bits = [float(np.log2(same[step] / chance[step])) for step in range(STEPS)]
    near = [int(seen[np.argmin(np.abs(seen - step))]) for step in range(STEPS)]
    return [round(min(bits[at], MOST), 3) for at in near]
