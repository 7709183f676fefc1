"""What outcomes were worth: each uprated, cut by what would have happened anyway, spread over its years and discounted. Exact decimals.

A function of what is handed to it: it reads no table and no clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from enum import StrEnum
from typing import Any

from hearth.commissioning.value.shipped import Index, Step, discount_steps

EXACT = 60  # digits that are kept on the way: a penny of any sum that is typed is right
HUNDRED, PENNY, RATIO = Decimal(100), Decimal(1), Decimal("0.01")
MOST_YEARS = 60


class Case(StrEnum):
    """How cautious the assumptions are."""

    LOW = "cautious"
    CENTRAL = "central"
    HIGH = "hopeful"


# Percentages by which the worth of an outcome is cut, each of what the others leave.
CUTS = ("deadweight", "displacement", "attribution", "optimism")


@dataclass(frozen=True)
class Told:
    """An outcome with its assumptions: percentages, and for how many years it lasts, each by case."""

    number: Decimal
    pence: Decimal
    year: int
    said: Mapping[str, Mapping[str, Decimal]]
    key: Any = None

    def of(self, what: str, case: str) -> Decimal:
        """One assumption in one case; nothing is cut where nothing is said."""
        return self.said.get(what, {}).get(case, Decimal(1) if what == "lasts" else Decimal(0))


@dataclass(frozen=True)
class Worth:
    """What one outcome was worth, in whole pence, by case."""

    told: Told
    pence: Mapping[str, int]

    @property
    def low(self) -> int:
        """In the cautious case."""
        return self.pence[Case.LOW]

    @property
    def central(self) -> int:
        """In the central case."""
        return self.pence[Case.CENTRAL]

    @property
    def high(self) -> int:
        """In the hopeful case."""
        return self.pence[Case.HIGH]


@dataclass(frozen=True)
class Return:
    """What it cost and what came of it, in one year's prices: the sum of its lines, to the penny."""

    cost: int
    lines: Sequence[Worth]

    def worth(self, case: str) -> int:
        """What came of it, in pence."""
        return sum(line.pence[case] for line in self.lines)

    def for_each_pound(self, case: str) -> Decimal:
        """What came of each pound, to the penny."""
        return (Decimal(self.worth(case)) / self.cost).quantize(RATIO, ROUND_HALF_EVEN) if self.cost else Decimal(0)

    @property
    def low(self) -> Decimal:
        """For each pound, in the cautious case."""
        return self.for_each_pound(Case.LOW)

    @property
    def central(self) -> Decimal:
        """For each pound, in the central case."""
        return self.for_each_pound(Case.CENTRAL)

    @property
    def high(self) -> Decimal:
        """For each pound, in the hopeful case."""
        return self.for_each_pound(Case.HIGH)


def years_missing(years: Iterable[int], to_year: int, index: Index) -> list[int]:
    """Price years that cannot be brought to `to_year`, the first first: what is in prices of that year needs no index."""
    others = {year for year in years if year != to_year}
    needed = others | {to_year} if others else set()
    return sorted(needed - set(index.figures))


def uprated(pence: Decimal, year: int, to_year: int, index: Index) -> Decimal:
    """An amount in the prices of another year. Raises KeyError for a year that the index has not: ask `years_missing` first."""
    if year == to_year:
        return pence
    with localcontext(prec=EXACT):
        return pence * index.figures[to_year] / index.figures[year]


def discount_factor(year: int, steps: Sequence[Step] | None = None) -> Decimal:
    """What a pound in so many years is worth today. Each stretch of years has a rate of its own, and they multiply."""
    with localcontext(prec=EXACT):
        factor = Decimal(1)
        for step in steps or discount_steps():
            until = year if step.years_to is None else min(year, step.years_to)
            many = until - max(step.years_from - 1, 0)
            if many > 0:
                factor /= (1 + step.rate) ** many
        return factor


def years_of(told: Told, case: str) -> list[Decimal]:
    """What is left of an outcome in each year it lasts, as a share of its first, undiscounted."""
    with localcontext(prec=EXACT):
        keeps = 1 - told.of("drop_off", case) / HUNDRED
        return [keeps**year if year else Decimal(1) for year in range(int(told.of("lasts", case)))]


def worth_of(told: Told, case: str, to_year: int, index: Index) -> int:
    """What one outcome was worth in one case, in whole pence of `to_year`."""
    with localcontext(prec=EXACT):
        first = told.number * uprated(told.pence, told.year, to_year, index)
        for cut in CUTS:
            first *= 1 - told.of(cut, case) / HUNDRED
        over = sum((share * discount_factor(year) for year, share in enumerate(years_of(told, case))), Decimal(0))
        return int((first * over).quantize(PENNY, ROUND_HALF_EVEN))


def worked_out(
    cost_pence: int, cost_year: int, cost_bias: Decimal, told: Iterable[Told], to_year: int, index: Index
) -> Return:
    """The return of what was bought. Its cost counts whole in the first year, with what is added for optimism."""
    with localcontext(prec=EXACT):
        cost = uprated(Decimal(cost_pence), cost_year, to_year, index) * (1 + cost_bias / HUNDRED)
        whole = int(cost.quantize(PENNY, ROUND_HALF_EVEN))
    lines = [Worth(each, {case.value: worth_of(each, case.value, to_year, index) for case in Case}) for each in told]
    return Return(whole, lines)
