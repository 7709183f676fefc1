"""A risk's score over time, and all risks in a matrix: both are read in black and white, and the same stands in a table or in words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.governance import POINTS
from hearth.foundation.ui.filters import day, short_day

WIDE, TALL, LEFT, RIGHT, TOP, BOTTOM = 360, 170, 8, 74, 12, 32  # small, so that its words are read on a phone
MOST = POINTS * POINTS


@dataclass(frozen=True)
class Dot:
    """One assessment: where it stands, and its score above it where there is room."""

    x: float
    y: float
    score: int | str


@dataclass(frozen=True)
class Line:
    """Where a word of the pack begins: a broken line with the word at its end."""

    y: float
    words: str
    words_y: float


@dataclass(frozen=True)
class Drawn:
    """The drawing: steps from one assessment to the next, for a score holds until it is assessed again."""

    dots: Sequence[Dot]
    steps: str
    lines: Sequence[Line]
    first: str
    last: str
    said: str
    width: int = WIDE
    height: int = TALL
    left: int = LEFT
    right: int = WIDE - RIGHT
    floor: int = TALL - BOTTOM


def over_time(assessments: Sequence[Any], until: dt.date) -> Drawn | None:
    """The scores from the first day to `until`; nothing where there is none."""
    if not assessments:
        return None
    begun = assessments[0].assessed_on
    days = max((until - begun).days, 1)

    def x(on: dt.date) -> float:
        return round(LEFT + 6 + (on - begun).days * (WIDE - LEFT - RIGHT - 12) / days, 1)

    def y(score: int) -> float:
        return round(TALL - BOTTOM - score * (TALL - BOTTOM - TOP) / MOST, 1)

    dots: list[Dot] = []
    points: list[tuple[float, float]] = []
    before: float | None = None
    for each in assessments:
        at = (x(each.assessed_on), y(each.score))
        room = not dots or at[0] - dots[-1].x >= 16 or each.score != before
        dots.append(Dot(at[0], at[1], each.score if room else ""))
        if before is not None:
            points.append((at[0], y(int(before))))
        points.append(at)
        before = each.score
    points.append((x(until), y(int(before or 0))))
    return Drawn(
        dots, " ".join(f"{a},{b}" for a, b in points), _bands(y), short_day(begun), short_day(until),
        "; ".join(f"{day(each.assessed_on)}: {each.score}, {each.band.label.lower()}" for each in assessments),
    )  # fmt: skip


def _bands(y: Any) -> list[Line]:
    bands = [each for each in pack().governance.bands if not each.retired]
    return [
        Line(y(band.from_score), band.label, round(y(band.from_score) + 3.5, 1))
        for band in bands
        if band.from_score > 1
    ]


@dataclass(frozen=True)
class Cell:
    """One place of the matrix: its score and word, and the risks that stand there."""

    score: int
    band: str
    weight: int
    risks: Sequence[Any]


@dataclass(frozen=True)
class Row:
    """One likelihood, the most likely on top."""

    words: str
    cells: Sequence[Cell]


def matrix(risks: Sequence[Any]) -> list[Row]:
    """Likelihood down, impact across: the heavier the frame, the more a place matters."""
    known = pack().governance
    standing: dict[tuple[int, int], list[Any]] = {}
    for each in risks:
        if each.likelihood:
            standing.setdefault((each.likelihood, each.impact), []).append(each)
    codes = [band.code for band in reversed(known.bands)]
    return [
        Row(
            f"{likelihood}. {known.likelihoods[likelihood - 1].label}",
            [
                Cell(
                    likelihood * impact, known.band_of(likelihood * impact).label,
                    min(codes.index(known.band_of(likelihood * impact).code) + 1, 4), standing.get((likelihood, impact), ()),
                )
                for impact in range(1, POINTS + 1)
            ],
        )
        for likelihood in range(POINTS, 0, -1)
    ]  # fmt: skip
