"""Profile and actual drawn side by side for each quarter. The same figures stand in words and in a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearth.commissioning.contracts.returns.progress.queries import Line

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 360, 120, 8, 8, 14, 30
MOST_SHOWN = 8  # quarters: the latest of more


@dataclass(frozen=True)
class Bar:
    """One quarter: where its two bars stand and how tall they are; none where nothing is known."""

    x: float
    wide: float
    planned: float | None
    actual: float | None
    words: str
    short: str

    def top(self, tall: float) -> float:
        """Where a bar of that height begins."""
        return round(HEIGHT - BOTTOM - tall, 1)


@dataclass(frozen=True)
class Bars:
    """The drawing of one target."""

    rows: Sequence[Bar]

    @property
    def said(self) -> str:
        """The whole drawing in a sentence."""
        return "; ".join(row.words for row in self.rows)


def bars(line: Line) -> Bars:
    """The latest quarters of a target, on a scale from nothing to the highest of all."""
    shown = [each for each in line.quarters if each.planned is not None or each.actual is not None][-MOST_SHOWN:]
    most = max([each.planned or 0 for each in shown] + [each.actual or 0 for each in shown] + [1])
    room, step = HEIGHT - TOP - BOTTOM, (WIDTH - LEFT - RIGHT) / max(len(shown), 1)

    def tall(figure: int | None) -> float | None:
        return None if figure is None else round(max(room * figure / most, 1), 1)

    return Bars(
        [
            Bar(
                round(LEFT + place * step, 1), round(min(step, 90) / 2 - 4, 1), tall(each.planned), tall(each.actual),
                f"{each.months}: planned {each.planned_words}, actual {each.actual_words}", f"{each.quarter:%b %y}",
            )
            for place, each in enumerate(shown)
        ]
    )  # fmt: skip
