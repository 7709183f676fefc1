"""From agreement patterns to odds, and from odds to words that a person can weigh."""

import math
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from hearth.linkage.levels import Attribute
from hearth.linkage.model import KINDS, Model, leaning

LOG2 = math.log(2)


def counted(compared: str, attributes: list[Attribute]) -> str:
    """SQL for the distinct patterns of a compared table, sorted, and how many pairs have each."""
    names = _names(attributes)
    return f"select {names}, count(*) as pairs from {compared} group by {names} order by {names}"


def as_patterns(found: pa.Table, attributes: list[Attribute]) -> tuple[np.ndarray, np.ndarray]:
    """What `counted` gave: a row for each pattern, of one code an attribute, and how many pairs have each."""
    patterns = np.stack([np.asarray(found[attribute.name], dtype=np.uint8) for attribute in attributes], axis=1)
    return patterns, np.asarray(found["pairs"], dtype=float)


def patterns_of(
    connection: duckdb.DuckDBPyConnection, compared: str, attributes: list[Attribute]
) -> tuple[np.ndarray, np.ndarray]:
    """The distinct patterns of a compared table, sorted, a row each of one code an attribute, and how many pairs have each."""
    return as_patterns(connection.sql(counted(compared, attributes)).to_arrow_table(), attributes)


def odds_by_pattern(model: Model, patterns: np.ndarray) -> pa.Table:
    """The table `pattern_odds`: patterns, and the natural logarithm of the odds of each."""
    codes = {attribute.name: patterns[:, place] for place, attribute in enumerate(model.attributes)}
    return pa.table(codes | {"odds": model.log_odds(patterns)})


def from_odds(compared: str, attributes: list[Attribute], least: float, what: str = "a, b, odds") -> str:
    """SQL for the pairs of a compared table whose `pattern_odds` are `least` or more."""
    return (
        f"select {what} from {compared} join pattern_odds using ({_names(attributes)})"
        f" where odds >= cast('{max(least, -1e9)!r}' as double)"
    )


def _names(attributes: list[Attribute]) -> str:
    return ", ".join(attribute.name for attribute in attributes)


def score(
    connection: duckdb.DuckDBPyConnection, model: Model, compared: str, into: str, least: float = -math.inf
) -> None:
    """Make the table `into` (`a`, `b`, `odds`): the natural logarithm of the odds of each compared pair, from `least` on."""
    patterns, _ = patterns_of(connection, compared, model.attributes)
    connection.register("pattern_odds", odds_by_pattern(model, patterns))
    connection.execute(f"create or replace table {into} as {from_odds(compared, model.attributes, least)}")
    connection.unregister("pattern_odds")


def odds_of(probability: float) -> float:
    """The natural logarithm of the odds of a probability strictly between 0 and 1."""
    return math.log(probability / (1 - probability))


def probability_of(odds: float) -> float:
    """The probability of the natural logarithm of odds."""
    return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0


@dataclass(frozen=True)
class Line:
    """One thing that speaks for or against: in words, and in bits (each bit doubles the odds; below nought is against)."""

    attribute: str
    words: str
    bits: float


@dataclass(frozen=True)
class Evidence:
    """Why a pair was linked or not: the lines add up, from the odds before anything is known to the odds at the end."""

    lines: tuple[Line, ...]
    bits: float
    probability: float

    def words(self) -> str:
        """The evidence as a person reads it, the strongest first."""
        told = sorted((line for line in self.lines if line.attribute != "start"), key=lambda line: -abs(line.bits))
        start = next(line for line in self.lines if line.attribute == "start")
        said = [f"{line.words} ({line.bits:+.1f})" for line in told if abs(line.bits) >= 0.05]
        return f"{'; '.join(said)}; {start.words} ({start.bits:+.1f}); together {self.bits:+.1f}, probability {self.probability:.3f}"


def evidence(model: Model, pattern: np.ndarray) -> Evidence:
    """The evidence of one agreement pattern (a code an attribute): what agreed, what did not, and with what weight."""
    row = pattern.reshape(1, -1)
    lines = [
        Line(
            "start",
            f"before anything is known, 1 pair in {1 / model.shares['person']:,.0f} is one person",
            _bits(_prior(model)),
        )
    ]
    for place, attribute in enumerate(model.attributes):
        code = int(pattern[place])
        if not code & 15:
            continue
        c = leaning(model.attributes, attribute, row)[0]
        same, chance = (model.tables[kind][attribute.name][c, code & 15, code >> 4] for kind in ("person", "strangers"))
        lines.append(
            Line(attribute.name, attribute.levels[(code & 15) - 1].words, _bits(math.log(same) - math.log(chance)))
        )
    odds = float(model.log_odds(row)[0])
    apart = _bits(odds) - sum(line.bits for line in lines)
    if apart < -0.05:
        lines.append(Line("household", "people of one household agree on as much", apart))
    return Evidence(tuple(lines), _bits(odds), probability_of(odds))


def _prior(model: Model) -> float:
    return math.log(model.shares["person"]) - math.log(model.shares[KINDS[-1]])


def _bits(natural: float) -> float:
    return natural / LOG2
