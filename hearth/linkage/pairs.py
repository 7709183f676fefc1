"""What grows with pairs of records rather than with records, and so may be carried by another engine: propose, compare, count, score.

All else grows with the records alone, and is done beside: reading, standardising, chance, the model, groups. The SQL is the same on each.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import duckdb
import numpy as np

from hearth.linkage.candidates import Proposed, compare, propose
from hearth.linkage.keys import Key
from hearth.linkage.levels import Attribute
from hearth.linkage.model import Model
from hearth.linkage.scoring import patterns_of, score

ENGINES = ("duckdb", "spark")


class Pairs(Protocol):
    """The pairs of the table `records` of a connection."""

    def propose(self, keys: list[Key], across: bool) -> list[Proposed]:
        """Find which pairs are looked at, each once; says what each key gave."""

    def compare(self, attributes: list[Attribute]) -> tuple[np.ndarray, np.ndarray]:
        """Give each pair its pattern; gives the patterns, sorted, and how many pairs have each.

        Where so few records are there that every pair is looked at, all are in the connection's `compared`, as chance is seen in them.
        """

    def score(self, model: Model, least: float) -> None:
        """Make the connection's `scored`, the odds of each pair from `least` on, and `compared`, of at least those."""


@dataclass
class Here:
    """On the connection itself."""

    connection: duckdb.DuckDBPyConnection

    def propose(self, keys: list[Key], across: bool) -> list[Proposed]:
        """As Pairs says."""
        return propose(self.connection, keys, across)

    def compare(self, attributes: list[Attribute]) -> tuple[np.ndarray, np.ndarray]:
        """As Pairs says."""
        compare(self.connection, "candidates", attributes, "compared")
        return patterns_of(self.connection, "compared", attributes)

    def score(self, model: Model, least: float) -> None:
        """As Pairs says."""
        score(self.connection, model, "compared", "scored", least)


@contextmanager
def carried(connection: duckdb.DuckDBPyConnection, engine: str, master: str, memory: str) -> Iterator[Pairs]:
    """The pairs of a connection on an engine. Raises LinkageProblem where it is not there."""
    if engine == "duckdb":
        yield Here(connection)
        return
    from hearth.linkage.on_spark import OnSpark, started

    with started(master, memory) as session:
        yield OnSpark(connection, session)
