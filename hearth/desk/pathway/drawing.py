"""How many of a hundred each touchpoint missed, drawn: a bar for all districts and for each of the reader's few. Words where none is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearth.foundation.core.text import lower_first
from hearth.intelligence.insight.touchpoints.reporting import Cell, Report

WIDE, LEFT, STEP, GAP, HEAD = 360, 8, 36, 16, 12  # small, so that its words are read on a phone
ROOM = WIDE - 2 * LEFT  # for a hundred of a hundred; the figure and the district stand above it
MOST = 3  # districts: more stand in the table alone


@dataclass(frozen=True)
class Bar:
    """One district's figure for a touchpoint: how long its bar is, and what is said of it."""

    y: int
    long: float
    said: str
    is_known: bool


@dataclass(frozen=True)
class Point:
    """A touchpoint, and its bars."""

    label: str
    y: int
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Drawn:
    """The drawing, and the whole of it in a sentence."""

    points: Sequence[Point]
    tall: int
    said: str
    first_words: str = "all districts"


def words_of(cell: Cell) -> str:
    """The figure of a cell; or, where there is none, why: neither a file nor a row that says nothing is nought, and what is left out is neither."""
    if not cell.is_held:
        return "not held"
    if cell.of == 0:
        return "nothing sent"
    if cell.missed is None or cell.of is None:
        return "left out"
    return f"{cell.missed:,} of {cell.of:,}{' where shown' if cell.partly else ''}"


def drawn(report: Report) -> Drawn | None:
    """A bar for each line that has any figure, where the districts are few; of all districts alone, where they are many."""
    districts = [line for line in report.held if any(_share(cell) is not None for cell in line.cells)]
    # One district alone: all districts together would say the same once more.
    lines = (
        districts
        if len(districts) == 1 and report.everywhere
        else [report.total, *(districts if len(districts) <= MOST else [])]
    )
    if not any(_share(cell) is not None for line in lines for cell in line.cells):
        return None
    points, y = [], GAP
    for place, point in enumerate(report.points):
        cells = [(line.name, line.cells[place]) for line in lines]
        bars = [_bar(name, cell, y + HEAD + STEP * number) for number, (name, cell) in enumerate(cells)]
        points.append(Point(point.label, y + 8, bars))
        y += HEAD + STEP * len(bars) + GAP
    said = "; ".join(f"{point.label}: {', '.join(bar.said for bar in point.bars)}" for point in points)
    return Drawn(points, y, said, lower_first(lines[0].name) if lines[0] is report.total else lines[0].name)


def _share(cell: Cell) -> float | None:
    return cell.missed / cell.of if cell.missed is not None and cell.of else None


def _bar(name: str, cell: Cell, y: int) -> Bar:
    share = _share(cell)
    return Bar(y, round((share or 0) * ROOM, 1), f"{name}: {words_of(cell)}", share is not None)
