"""Process behaviour charts (XmR): whether a figure has changed, or varies as it always has. The rules stand on the page.

Two figures beside one another always differ, and mostly that means nothing. The middle line is the mean of the figures that are shown;
the natural limits are 2.66 mean moving ranges above and below it (Shewhart; Wheeler), a moving range being the difference between a
figure and the one before it. A figure that is not shown is left out of both: nothing of it can be read from the lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

LEAST = 8  # figures without which there are no lines
OUT, RUN, NEAR = "outside", "run", "near"
IN_A_ROW, NEAR_OF, NEAR_LEAST = 8, 4, 3
FACTOR = 2.66
RULES = {
    OUT: "a figure above the upper limit or below the lower one",
    RUN: f"{IN_A_ROW} or more figures one after another on one side of the middle line",
    NEAR: f"{NEAR_LEAST} of {NEAR_OF} figures one after another nearer to a limit than to the middle line, on one side",
}


@dataclass(frozen=True)
class Lines:
    """The middle line and the natural limits."""

    mean: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Chart:
    """The figures in order, None where there is none to show; the lines; and by place, the rules that a figure meets."""

    values: tuple[float | None, ...]
    lines: Lines | None
    signals: dict[int, tuple[str, ...]]

    @property
    def has_changed(self) -> bool:
        """Whether anything meets a rule."""
        return bool(self.signals)


def chart_of(values: Sequence[float | None], *, highest: float | None = None) -> Chart:
    """The chart of figures in order of time. `highest`: what none can pass, 100 for a percentage; none is below nought."""
    shown = [value for value in values if value is not None]
    ranges = [abs(later - earlier) for earlier, later in _neighbours(values)]
    if len(shown) < LEAST or not ranges:
        return Chart(tuple(values), None, {})
    mean = sum(shown) / len(shown)
    reach = FACTOR * sum(ranges) / len(ranges)
    upper = mean + reach if highest is None else min(mean + reach, highest)
    lines = Lines(mean, max(mean - reach, 0.0), upper)
    found: dict[int, list[str]] = {}
    for place, rule in (*_outside(values, lines), *_runs(values, lines), *_near(values, mean, reach)):
        found.setdefault(place, []).append(rule)
    return Chart(tuple(values), lines, {place: tuple(dict.fromkeys(rules)) for place, rules in sorted(found.items())})


def _neighbours(values: Sequence[float | None]) -> Iterator[tuple[float, float]]:
    for earlier, later in pairwise(values):
        if earlier is not None and later is not None:
            yield earlier, later


def _outside(values: Sequence[float | None], lines: Lines) -> Iterator[tuple[int, str]]:
    for place, value in enumerate(values):
        if value is not None and not lines.lower <= value <= lines.upper:
            yield place, OUT


def _runs(values: Sequence[float | None], lines: Lines) -> Iterator[tuple[int, str]]:
    """What is not shown ends no run and is not part of one; a figure on the line ends it."""
    run: list[int] = []
    side = 0
    for place, value in [*enumerate(values), (len(values), lines.mean)]:
        if value is None:
            continue
        now = (value > lines.mean) - (value < lines.mean)
        if now != side:
            if len(run) >= IN_A_ROW and side:
                yield from ((each, RUN) for each in run)
            run, side = [], now
        run.append(place)


def _near(values: Sequence[float | None], mean: float, reach: float) -> Iterator[tuple[int, str]]:
    """Of the last four that are shown, three or more beyond half the way to one limit."""
    shown = [(place, value) for place, value in enumerate(values) if value is not None]
    for at in range(len(shown) - NEAR_OF + 1):
        four = shown[at : at + NEAR_OF]
        for side in (1, -1):
            near = [place for place, value in four if (value - mean) * side > reach / 2]
            if len(near) >= NEAR_LEAST:
                yield from ((place, NEAR) for place in near)
