"""How points become a total: exact fractions, rounded once, at the end. Knows neither Django nor the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

MOST = 10  # points of a criterion
HUNDRED = 100


@dataclass(frozen=True)
class Weighed:
    """A criterion: how it is told apart, its weight in hundredths of a per cent, and whether its points follow from the price."""

    number: int
    weight: int
    by_price: bool = False


def price_points(pence: int, lowest: int) -> Fraction:
    """The lowest price gets all the points; one of twice as much gets half of them."""
    return Fraction(MOST * lowest, pence)


def points_of(criteria: Iterable[Weighed], agreed: Mapping[int, int], pence: int, lowest: int) -> dict[int, Fraction]:
    """The points of a bid by criterion. Raises KeyError where nothing is agreed on one."""
    return {
        each.number: price_points(pence, lowest) if each.by_price else Fraction(agreed[each.number])
        for each in criteria
    }


def total_of(criteria: Iterable[Weighed], points: Mapping[int, Fraction]) -> Fraction:
    """The total out of a hundred: each criterion's points of its weight."""
    return sum((Fraction(each.weight, HUNDRED) * points[each.number] / MOST for each in criteria), Fraction(0))


def rounded(value: Fraction) -> Decimal:
    """Two decimals, a half away from nothing, without a float on the way."""
    hundredths = (abs(value.numerator) * HUNDRED * 2 + value.denominator) // (2 * value.denominator)
    return Decimal(hundredths if value >= 0 else -hundredths).scaleb(-2)


def ranked(totals: Mapping[str, Fraction]) -> dict[str, int]:
    """Places by exact totals: equal ones share a place, and the next is as many lower."""
    return {name: 1 + sum(other > total for other in totals.values()) for name, total in totals.items()}
