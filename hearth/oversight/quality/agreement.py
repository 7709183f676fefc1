"""How far two auditors agree beyond chance: Cohen's kappa, worked by hand so that anybody can follow it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """Over so many pairs of answers: how many were the same, and kappa; none where it cannot be worked out."""

    pairs: int
    same: int
    kappa: float | None

    @property
    def percent(self) -> float | None:
        """How many in a hundred were the same; none where nothing was graded twice."""
        return 100 * self.same / self.pairs if self.pairs else None

    @property
    def why_none(self) -> str:
        """Why there is no kappa, in words."""
        if self.kappa is not None:
            return ""
        if not self.pairs:
            return "Nothing was graded twice yet."
        return "Cannot be worked out: both auditors gave one and the same answer every time, so that chance alone would agree too."


def kappa(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Cohen's kappa: (seen - expected) / (1 - expected), expected from how often each of the two gives each answer."""
    given: Sequence[tuple[str, str]] = list(pairs)
    many, same = len(given), sum(one == other for one, other in given)
    if not many:
        return Agreement(0, 0, None)
    first, second = Counter(one for one, _ in given), Counter(other for _, other in given)
    by_chance = sum(first[answer] * second[answer] for answer in first)  # of many x many
    if by_chance == many * many:
        return Agreement(many, same, None)
    expected = by_chance / (many * many)
    return Agreement(many, same, (same / many - expected) / (1 - expected))
