"""A process behaviour chart, drawn: read in black and white. Figures that meet a rule are squares, others dots; what is not shown is a gap."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hearth.oversight.performance.charts import Chart

WIDE, TALL = 360, 190  # small, so that its words are read on a phone
LEFT, RIGHT, TOP, BOTTOM = 8, 46, 14, 34


@dataclass(frozen=True)
class Dot:
    """One figure."""

    x: float
    y: float
    is_signal: bool


@dataclass(frozen=True)
class Rule:
    """A line across the drawing, with its figure at the right end."""

    y: float
    label_y: float
    words: str
    is_middle: bool


@dataclass(frozen=True)
class Drawn:
    """The drawing: figures, the pieces of line that join neighbours, lines across, and the first and last names below."""

    dots: Sequence[Dot]
    pieces: Sequence[str]
    rules: Sequence[Rule]
    gaps: Sequence[float]
    first: str
    last: str
    floor: float = TALL - BOTTOM
    width: int = WIDE
    height: int = TALL
    left: int = LEFT
    right: int = WIDE - RIGHT


def figure_words(value: float, unit: str) -> str:
    """Such as 67%, 12.5 or 41."""
    return f"{value:.0f}%" if unit == "%" else f"{value:,.1f}".removesuffix(".0")


def drawn(chart: Chart, names: Sequence[str], unit: str = "") -> Drawn:
    """The chart from nought to a little beyond the highest figure or line."""
    tops = [value for value in chart.values if value is not None] + ([chart.lines.upper] if chart.lines else [])
    most = (max(tops, default=0) or 1) * 1.05
    step = (WIDE - LEFT - RIGHT - 12) / max(len(chart.values) - 1, 1)

    def x(place: int) -> float:
        return round(LEFT + 6 + place * step, 1)

    def y(value: float) -> float:
        return round(TALL - BOTTOM - value * (TALL - BOTTOM - TOP) / most, 1)

    placed = [(place, value) for place, value in enumerate(chart.values) if value is not None]
    pieces: list[list[str]] = []
    before = -2
    for place, value in placed:
        if place != before + 1:
            pieces.append([])
        pieces[-1].append(f"{x(place)},{y(value)}")
        before = place
    return Drawn(
        dots=[Dot(x(place), y(value), place in chart.signals) for place, value in placed],
        pieces=[" ".join(piece) for piece in pieces if len(piece) > 1],
        rules=_rules(chart, y, unit),
        gaps=[x(place) for place, value in enumerate(chart.values) if value is None],
        first=names[0] if names else "",
        last=names[-1] if len(names) > 1 else "",
    )


def _rules(chart: Chart, y: Callable[[float], float], unit: str) -> list[Rule]:
    """The lines with their figures, moved apart where they would stand on one another."""
    if chart.lines is None:
        return []
    made, above = [], -20.0
    for value, is_middle in ((chart.lines.upper, False), (chart.lines.mean, True), (chart.lines.lower, False)):
        at = y(value)
        label = max(at + 3.5, above + 11)
        made.append(Rule(at, round(label, 1), figure_words(value, unit), is_middle))
        above = label
    return made
