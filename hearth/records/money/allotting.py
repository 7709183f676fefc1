"""A sum shared by weights, to the penny."""

from collections.abc import Sequence


def allot(pence: int, weights: Sequence[int]) -> list[int]:
    """Whole pence for each weight, in proportion; together exactly the sum.

    Each gets the pence that its weight gives, rounded down; the pennies left go one each to the largest remainders, of
    equal ones to the larger weight, and of those to the first. Whole numbers throughout: nothing is rounded twice.
    """
    whole = sum(weights)
    if pence < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError("Give a sum of nothing or more, and weights of which one at least is more than nothing.")
    parts = [pence * weight // whole for weight in weights]
    by_remainder = sorted(
        range(len(weights)), key=lambda place: (-(pence * weights[place] % whole), -weights[place], place)
    )
    for place in by_remainder[: pence - sum(parts)]:
        parts[place] += 1
    return parts
