"""The distance travelled, drawn: where each point of a line falls. No colour is needed to read it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hearth.casework.plans.models import HIGHEST

WIDTH, HEIGHT = 320, 132
LEFT, RIGHT, TOP, BOTTOM = 26, 16, 12, 22


@dataclass(frozen=True)
class Point:
    """A score on a day."""

    on: dt.date
    score: int
    label: str


@dataclass(frozen=True)
class Placed:
    """A point and where it is drawn."""

    point: Point
    x: float
    y: float
    words_y: float


@dataclass(frozen=True)
class Journey:
    """One outcome's way from its start to now."""

    outcome: Any
    placed: list[Placed]
    target_y: float | None

    @property
    def start(self) -> Point:
        """Where it began."""
        return self.placed[0].point

    @property
    def latest(self) -> Point:
        """Where it is now: the start, until a review has scored it."""
        return self.placed[-1].point

    @property
    def scored_again(self) -> bool:
        """Whether any review has scored it."""
        return len(self.placed) > 1

    @property
    def distance(self) -> int:
        """How far it has come: more is better."""
        return self.latest.score - self.start.score

    @property
    def words(self) -> str:
        """The distance in words."""
        if not self.scored_again:
            return "Not scored again yet"
        if self.distance == 0:
            return "No change"
        return f"{abs(self.distance)} {'better' if self.distance > 0 else 'worse'}"

    @property
    def line(self) -> str:
        """The points of the line, as SVG writes them."""
        return " ".join(f"{each.x:g},{each.y:g}" for each in self.placed)

    @property
    def said(self) -> str:
        """The whole drawing in a sentence."""
        steps = ", then ".join(
            f"{each.point.score} on {each.point.on.day} {each.point.on:%B %Y}" for each in self.placed
        )
        return f"Score out of {HIGHEST}: {steps}. {self.words}."


def y_of(score: int) -> float:
    """How high a score is drawn."""
    return round(TOP + (HIGHEST - score) * (HEIGHT - TOP - BOTTOM) / HIGHEST, 1)


def journey_of(outcome: Any, began_on: dt.date, scores: Sequence[Point]) -> Journey:
    """Place the start and every score along the days between the first and the last."""
    points = [Point(began_on, outcome.starting_score, "Start"), *scores]
    span = max((points[-1].on - points[0].on).days, 1)
    across = WIDTH - LEFT - RIGHT
    placed = [_place(point, LEFT + across * max((point.on - points[0].on).days, 0) / span) for point in points]
    return Journey(outcome, placed, y_of(outcome.target_score) if outcome.target_score is not None else None)


def _place(point: Point, x: float) -> Placed:
    y = y_of(point.score)
    return Placed(point, round(x, 1), y, y + 18 if y < TOP + 12 else y - 9)
