"""A pathway drawn on one page: a line for each touchpoint, along ages that stand as far apart as there is to tell between them.

Weeks of a pregnancy and years of a school child would not fit on one scale: each stretch between two ages at which something
begins or ends is as wide as the next.
"""

import datetime as dt
import textwrap
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hearth.foundation.core.packs.pathways import SOMEBODY, Pathway, day_of
from hearth.records.pathways import ages
from hearth.records.pathways.placing import Placed, When

WIDTH, LEFT, RIGHT, ROW, HEAD = 1080, 370, 16, 26, 54
LETTERS = 44  # of a line's words; the list has them all
BETWEEN_WORDS = 110  # of the scale: less, and they run into each other
LEAST = 10  # a window of a day is still to be seen


@dataclass(frozen=True)
class Line:
    """A touchpoint: where its words stand, from where to where its window goes, and how it looks."""

    code: str
    words: str
    y: int
    x: float
    length: float
    looks: str
    said: str = ""
    goes_on: bool = False


@dataclass
class Drawn:
    """Everything the template needs. `ticks`: (place, words). `today`: the place of today, where it is on the pathway."""

    width: int = WIDTH
    height: int = 0
    left: int = LEFT
    lines: list[Line] = field(default_factory=list)
    ticks: list[tuple[float, str]] = field(default_factory=list)
    today: float | None = None


class _Scale:
    """Days to places: each stretch between two days of the pathway is as wide as the next."""

    def __init__(self, days: Sequence[dt.date]) -> None:
        self.days = sorted(set(days))
        self.wide = (WIDTH - LEFT - RIGHT) / max(len(self.days) - 1, 1)

    def place(self, day: dt.date) -> float:
        """Where a day stands; one before or after them all stands at the end."""
        if day <= self.days[0]:
            return float(LEFT)
        if day >= self.days[-1]:
            return float(WIDTH - RIGHT)
        before = bisect_right(self.days, day) - 1
        first, last = self.days[before], self.days[before + 1]
        return round(LEFT + self.wide * (before + (day - first).days / (last - first).days), 1)


def draw(
    pathway: Pathway, placed: Sequence[Placed], born: dt.date | None, today: dt.date,
    stands: Mapping[str, tuple[str, str]] | None = None,
) -> Drawn:  # fmt: skip
    """The lines, in the pathway's order, with today where somebody's birth is known.

    `stands`: how each touchpoint of somebody looks and what is said beside it, where more than its time is known.
    """
    from_day = born or SOMEBODY
    opens = {age: day_of(age, from_day) for age in dict.fromkeys(each.opens for each in pathway.touchpoints)}
    closes = [day_of(each.closes, from_day) for each in pathway.touchpoints if each.closes]
    scale = _Scale([*opens.values(), *closes])
    drawn = Drawn(height=HEAD + ROW * len(placed) + 12)
    for number, each in enumerate(placed):
        point = each.touchpoint
        first = scale.place(opens[point.opens])
        last = scale.place(day_of(point.closes, from_day)) if point.closes else float(WIDTH - RIGHT)
        length = round(max(last - first, LEAST), 1)
        first = min(first, WIDTH - RIGHT - length)
        looks, said = (stands or {}).get(point.code) or _by_time(each)
        words = textwrap.shorten(point.label, LETTERS, placeholder=" …")
        drawn.lines.append(
            Line(point.code, words, HEAD + ROW * number, first, length, looks, said, point.closes is None)
        )
    drawn.ticks = _ticks({scale.place(day): ages.short(age) for age, day in opens.items()})
    if born is not None and scale.days[0] <= today <= scale.days[-1]:
        drawn.today = scale.place(today)
    return drawn


def _by_time(placed: Placed) -> tuple[str, str]:
    if placed.when is None:
        return "any", ""
    return placed.when.name.lower(), placed.when.value if placed.when in (When.NOW, When.NEXT) else ""


def _ticks(places: dict[float, str]) -> list[tuple[float, str]]:
    """Words of the scale that do not run into each other."""
    found: list[tuple[float, str]] = []
    for place, words in sorted(places.items()):
        if not found or place - found[-1][0] >= BETWEEN_WORDS:
            found.append((place, words))
    return found
