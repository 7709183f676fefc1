"""Returns drawn beside one another on one scale, and what the dice gave as bars. The same figures stand in words and in a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, LEFT, RIGHT = 360, 8, 14  # small, so that its words are read on a phone
ROW, FOOT = 46, 22
HEIGHT, TOP, BOTTOM = 150, 16, 34
STEPS = (Decimal("0.5"), Decimal(1), Decimal(2), Decimal(5), Decimal(10), Decimal(20), Decimal(50))
MOST_TICKS = 7


@dataclass(frozen=True)
class Span:
    """One return: where its range begins and ends, and its middle where it has one."""

    y: int
    low: float
    high: float
    middle: float | None
    words: str
    figures: str

    @property
    def wide(self) -> float:
        """How long its bar is; never nothing, so that a range of one figure is seen."""
        return round(max(self.high - self.low, 3), 1)


@dataclass(frozen=True)
class Tick:
    """A figure of the scale, and on which side of its place it stands, so that none is cut off."""

    x: float
    words: str
    anchor: str


@dataclass(frozen=True)
class Spans:
    """The drawing."""

    rows: Sequence[Span]
    ticks: Sequence[Tick]
    one: float

    @property
    def height(self) -> int:
        """How tall it is."""
        return len(self.rows) * ROW + FOOT

    @property
    def foot(self) -> int:
        """Where the scale stands."""
        return len(self.rows) * ROW + 4

    @property
    def said(self) -> str:
        """The whole drawing in a sentence."""
        return "; ".join(f"{row.words}: {row.figures}" for row in self.rows)


def pounds_for_one(figure: Decimal) -> str:
    """Such as £7.60."""
    return f"£{figure:,.2f}"


def _of_scale(step: Decimal, place: int) -> str:
    """Whole pounds where the scale has no others."""
    return f"£{int(step * place):,}" if step == int(step) else pounds_for_one(step * place)


def spans(rows: Sequence[tuple[str, Decimal, Decimal | None, Decimal]]) -> Spans:
    """Each row's lowest, middle and highest, on a scale from nothing to beyond the highest of all."""
    most = max([row[3] for row in rows] + [Decimal(1)])
    step = next((each for each in STEPS if most / each < MOST_TICKS), Decimal(int(most / (MOST_TICKS - 1)) + 1))
    ends = step * (int(most / step) + 1)

    def at(figure: Decimal) -> float:
        return round(float(LEFT + (WIDTH - LEFT - RIGHT) * figure / ends), 1)

    made = [
        Span(
            place * ROW + 14, at(low), at(high), None if middle is None else at(middle), words,
            pounds_for_one(low) if low == high else f"{pounds_for_one(low)} to {pounds_for_one(high)}",
        )
        for place, (words, low, middle, high) in enumerate(rows)
    ]  # fmt: skip
    many = int(ends / step)
    sides = {0: "start", many: "end"}
    ticks = [Tick(at(step * place), _of_scale(step, place), sides.get(place, "middle")) for place in range(many + 1)]
    return Spans(made, ticks, at(Decimal(1)))


@dataclass(frozen=True)
class Bar:
    """One stretch of results: its place, its height and how many draws lie in it."""

    x: float
    y: float
    wide: float
    tall: float
    many: int
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Bars:
    """The drawing of what the dice gave."""

    rows: Sequence[Bar]
    low: str
    high: str

    @property
    def said(self) -> str:
        """The whole drawing in a sentence."""
        return "; ".join(
            f"{pounds_for_one(row.low)} to {pounds_for_one(row.high)}: {row.many} draws" for row in self.rows
        )


def bars(found: Sequence[tuple[Decimal, Decimal, int]]) -> Bars:
    """A bar for each stretch, the tallest as high as there is room."""
    most = max((many for _, _, many in found), default=0) or 1
    step, room = (WIDTH - LEFT - RIGHT) / max(len(found), 1), HEIGHT - TOP - BOTTOM
    rows = [
        Bar(
            round(LEFT + place * step + 1, 1), round(HEIGHT - BOTTOM - room * many / most, 1), round(step - 2, 1),
            round(room * many / most, 1), many, low, high,
        )
        for place, (low, high, many) in enumerate(found)
    ]  # fmt: skip
    return Bars(rows, pounds_for_one(found[0][0]), pounds_for_one(found[-1][1]))
