"""Leaving small numbers out of a table with its sums, so that none can be worked out from the others."""

from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Cell = TypeVar("Cell", bound=Hashable)


def without_few(
    counted: Mapping[Cell, int],
    lines: Iterable[Sequence[Cell]],
    fewest: int,
    *,
    left_out: Container[Cell] = (),
    kept: Container[Cell] = (),
) -> dict[Cell, int | None]:
    """The figures, with None for those left out.

    A line is cells of which one is the sum of the others, in any order: a row with its sum, a column with its own. Where a line has one
    figure left out it could be worked out, so that the next smallest of it goes as well; and so on, until no line tells one.

    `left_out` went elsewhere already, where the same figures stand in another table; `kept` are never left out for another's sake, as they
    are told there.
    """
    shown: dict[Cell, int | None] = {
        cell: None if cell in left_out or 0 < many < fewest else many for cell, many in counted.items()
    }
    every = [list(line) for line in lines]
    telling = True
    while telling:
        telling = False
        for line in every:
            others = sorted((many, str(cell), cell) for cell in line if cell not in kept and (many := shown[cell]))
            if sum(shown[cell] is None for cell in line) == 1 and others:
                shown[others[0][2]] = None
                telling = True
    return shown
