"""What labels tell of how right linking is, and what they cannot: shares with Wilson intervals, by band of scores."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hearth.intelligence.matching import queries
from hearth.intelligence.matching.models import MatchLabel, MatchPair
from hearth.intelligence.matching.proposing import BANDS
from hearth.intelligence.matching.review.rules import standing

Z = 1.959964  # 95%


@dataclass(frozen=True)
class Share:
    """So many of so many, with the Wilson score interval (E. B. Wilson 1927) at 95%."""

    these: int
    of: int

    @property
    def share(self) -> float | None:
        """The share itself; none of nothing."""
        return self.these / self.of if self.of else None

    @property
    def low(self) -> float:
        """The lower end."""
        return self._ends()[0]

    @property
    def high(self) -> float:
        """The upper end."""
        return self._ends()[1]

    def _ends(self) -> tuple[float, float]:
        if not self.of:
            return 0.0, 1.0
        p, n = self.these / self.of, self.of
        middle, half = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return max(0.0, (middle - half) / (1 + Z * Z / n)), min(1.0, (middle + half) / (1 + Z * Z / n))


@dataclass(frozen=True)
class Band:
    """Pairs with a probability from one to another: how many the run in force joined and left, and what labels say of them."""

    low: float
    high: float
    joined: int
    left: int
    same: Share


@dataclass(frozen=True)
class Recall:
    """Of all pairs from the review threshold on that are one person, the share that was joined without asking."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Quality:
    """The page: bands, precision of what was joined, and recall as far as labels reach."""

    run: Any
    bands: list[Band]
    precision: Share
    review: Share
    recall: Recall | None
    labels: int
    picked: int


def quality(reader: Any) -> Quality:
    """From labels that stand. Precision rests on pairs drawn by chance alone; the queue is asked in an order that is chance."""
    run = queries.run_in_force()
    decided = [label for label in _standing(reader) if label.answer in MatchPair.DECIDED]
    review = [label for label in decided if label.kind == MatchPair.Kind.REVIEW]
    drawn = [label for label in decided if label.drawn and label.kind != MatchPair.Kind.REVIEW]
    precision, found = _share(drawn), _share(review)
    counts = run.counts if run else {}
    return Quality(
        run, _bands(counts.get("bands", []), [*review, *drawn]), precision, found, recall(counts, precision, found), len(decided),
        len(decided) - len(review) - len(drawn),
    )  # fmt: skip


def _standing(reader: Any) -> list[MatchLabel]:
    by_pair: dict[Any, list[MatchLabel]] = {}
    for label in MatchLabel.objects.visible_to(reader).order_by("pair_id", "number"):
        by_pair.setdefault(label.pair_id, []).append(label)
    return [label for labels in by_pair.values() for label in standing(labels)]


def _share(labels: list[MatchLabel]) -> Share:
    return Share(sum(label.answer == "same" for label in labels), len(labels))


def _bands(counts: list[list[int]], labels: list[MatchLabel]) -> list[Band]:
    found = []
    for place, (low, high) in enumerate(pairwise([*BANDS, 1.0])):
        inside = [label for label in labels if low <= label.probability < high or label.probability == high == 1.0]
        joined, left = counts[place] if place < len(counts) else (0, 0)
        found.append(Band(low, high, joined, left, _share(inside)))
    return found


def recall(counts: dict[str, Any], precision: Share, review: Share) -> Recall | None:
    """Estimated from both shares and how many pairs there are of each; its ends take both intervals at their worst."""
    joined, left = counts.get("joined", 0), counts.get("review", 0)
    if precision.share is None or (left and review.share is None) or not joined:
        return None

    def of(right: float, missed: float) -> float:
        return joined * right / (joined * right + left * missed) if joined * right + left * missed else 0.0

    if not left:
        return Recall(1.0, 1.0, 1.0)
    return Recall(
        of(precision.share, review.share or 0.0), of(precision.low, review.high), of(precision.high, review.low)
    )
