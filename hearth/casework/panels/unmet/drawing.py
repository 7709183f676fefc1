"""Needs by month, drawn: a bar a month, its figure above it. No colour is needed to read it, and the figures stand in a table too."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearth.casework.panels.unmet.figures import Line

WIDTH, HEIGHT = 360, 150  # small, so that its words are read on a phone
TOP, BOTTOM, GAP = 18, 20, 0.3
MOST_LABELS = 6
HALF_A_WORD = 19  # of the widest, so that the last one is not cut off at the edge


@dataclass(frozen=True)
class Bar:
    """One month: its place, its height, its figure, and its words where there is room for them."""

    x: float
    y: float
    wide: float
    tall: float
    figure: int | str
    words: str

    @property
    def middle(self) -> float:
        """Where its figure stands."""
        return round(self.x + self.wide / 2, 1)

    @property
    def words_at(self) -> float:
        """Where its words stand: under it, and whole."""
        return min(max(self.middle, HALF_A_WORD), WIDTH - HALF_A_WORD)


def bars(lines: Sequence[Line]) -> list[Bar]:
    """A bar for each line, the tallest as high as there is room."""
    most = max((line.needs for line in lines), default=0) or 1
    step, room = WIDTH / max(len(lines), 1), HEIGHT - TOP - BOTTOM
    every = -(-len(lines) // MOST_LABELS) or 1
    return [
        Bar(
            x=round(place * step + step * GAP / 2, 1),
            y=round(HEIGHT - BOTTOM - room * line.needs / most, 1),
            wide=round(step * (1 - GAP), 1),
            tall=round(room * line.needs / most, 1),
            figure="few" if line.told else line.needs,
            words=_short(line.name) if (len(lines) - 1 - place) % every == 0 else "",
        )
        for place, line in enumerate(lines)
    ]


def said(lines: Sequence[Line]) -> str:
    """The whole drawing in a sentence."""
    return ", ".join(f"{line.name}: {line.told or line.needs}" for line in lines)


def _short(month: str) -> str:
    """Such as Nov 25."""
    name, year = month.split()
    return f"{name[:3]} {year[2:]}"
