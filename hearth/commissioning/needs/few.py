"""Leaving small numbers out of a table with its sums, so that none can be worked out from the others."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Cell = TypeVar("Cell", bound=Hashable)


def without_few(counted: Mapping[Cell, int], lines: Iterable[Sequence[Cell]], fewest: int) -> dict[Cell, int | None]:
    """The figures, with None for those left out.

    A line is cells of which one is the sum of the others, in any order: a row with its sum, a column with its own. Where a line has one
    figure left out it could be worked out, so that the next smallest of it goes as well; and so on, until no line tells one.
    """
    shown: dict[Cell, int | None] = {
        cell: many if many == 0 or many >= fewest else None for cell, many in counted.items()
    }
    every = [list(line) for line in lines]
    telling = True
    while telling:
        telling = False
        for line in every:
            others = sorted((many, str(cell), cell) for cell in line if (many := shown[cell]))
            if sum(shown[cell] is None for cell in line) == 1 and others:
                shown[others[0][2]] = None
                telling = True
    return shown
