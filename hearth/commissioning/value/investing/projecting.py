"""What investors are paid and what the council saves, by the share of days that children spend in care. Money in exact decimals.

A function of what is handed to it. The range is drawn with dice of a known seed: the same figures always give the same range.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import cached_property
from typing import Any

from hearth.commissioning.value.working import EXACT, HUNDRED, PENNY, RATIO, discount_factor

DAYS_A_MONTH = Decimal("365.25") / 12
DRAWS = 2_000
BINS = 12
QUARTER = 3


@dataclass(frozen=True)
class Terms:
    """What was agreed and what is expected. Money in pence, shares of days in per cent."""

    invested: int
    cap: int
    day: int
    wait: int
    children: int
    fewest: int
    months: int
    recruit: int
    baseline: Decimal
    target: Decimal
    cautious: Decimal
    hopeful: Decimal
    care: Decimal
    cashable: Decimal
    seed: int = 1

    @cached_property
    def days_each(self) -> Decimal:
        """For how many days each child is followed."""
        with localcontext(prec=EXACT):
            return self.months * DAYS_A_MONTH

    def child_days(self, children: int | None = None) -> Decimal:
        """Days for which all of them are followed, together."""
        return (self.children if children is None else children) * self.days_each


@dataclass(frozen=True)
class Result:
    """What comes of one share of days in care."""

    share: Decimal
    days: Decimal
    paid: int
    saved: int
    cashable: int
    invested: int
    cap: int

    @property
    def multiple(self) -> Decimal:
        """What investors are paid for each pound they put in."""
        return (Decimal(self.paid) / self.invested).quantize(RATIO, ROUND_HALF_EVEN)

    @property
    def net(self) -> int:
        """What leaves the council's budgets less what it pays."""
        return self.cashable - self.paid

    @property
    def capped(self) -> bool:
        """Whether the cap held the payments."""
        return self.paid == self.cap

    @property
    def whole_days(self) -> int:
        """Days in care that did not happen, to the day."""
        return int(self.days.quantize(PENNY, ROUND_HALF_EVEN))


def _pence(amount: Decimal) -> int:
    return int(amount.quantize(PENNY, ROUND_HALF_EVEN))


def result_of_days(terms: Terms, days: Decimal, share: Decimal) -> Result:
    """What so many days saved are paid for and spare: never less than nothing, and never paid above the cap."""
    with localcontext(prec=EXACT):
        kept = max(days, Decimal(0))
        saved = kept * terms.care
        return Result(
            share, kept, min(terms.cap, _pence(kept * terms.day)), _pence(saved), _pence(saved * terms.cashable / HUNDRED),
            terms.invested, terms.cap,
        )  # fmt: skip


def result_at(terms: Terms, share: Decimal, children: int | None = None) -> Result:
    """What comes of it where children spend that share of their days in care."""
    with localcontext(prec=EXACT):
        days = terms.child_days(children) * (terms.baseline - share) / HUNDRED
    return result_of_days(terms, days, share)


def day_for_return(terms: Terms, multiple: Decimal) -> int:
    """What to pay for a day, to the penny, so that meeting the target gives investors that much for each pound; 0 if nothing does."""
    days = result_at(terms, terms.target).days
    if not days:
        return 0
    with localcontext(prec=EXACT):
        return _pence(Decimal(terms.invested) * multiple / days)


@dataclass(frozen=True)
class Year:
    """One year from the beginning."""

    number: int
    days: Decimal
    paid: int
    paid_together: int
    cashable: int

    @property
    def whole_days(self) -> int:
        """Days in care that did not happen in it."""
        return int(self.days.quantize(PENNY, ROUND_HALF_EVEN))

    @property
    def net(self) -> int:
        """What leaves budgets in it less what is paid in it."""
        return self.cashable - self.paid

    @property
    def net_today(self) -> int:
        """The same, discounted by the Green Book's rate to the first year."""
        return _pence(self.net * discount_factor(self.number - 1))


def share_by_month(terms: Terms) -> list[Decimal]:
    """Which part of all the days that are followed falls in each month, where children begin evenly."""
    whole = Decimal(terms.recruit * terms.months)
    with localcontext(prec=EXACT):
        return [
            min(month + 1, terms.recruit, terms.months, terms.recruit + terms.months - 1 - month) / whole
            for month in range(terms.recruit + terms.months - 1)
        ]


def payments(terms: Terms, result: Result) -> list[tuple[int, int]]:
    """When, in months from the beginning, and how much: at the end of each quarter and the months that are waited. Together what is paid."""
    made: list[tuple[int, int]] = []
    months, so_far, done = share_by_month(terms), Decimal(0), 0
    for start in range(0, len(months), QUARTER):
        with localcontext(prec=EXACT):
            so_far += sum(months[start : start + QUARTER])
            last = start + QUARTER >= len(months)
            due = result.paid if last else min(result.paid, terms.cap, _pence(so_far * result.days * terms.day))
        if due > done:
            made.append((start + QUARTER + terms.wait, due - done))
            done = due
    return made


def years(terms: Terms, result: Result) -> list[Year]:
    """Year by year: days saved, what is paid, and what leaves budgets."""
    months, paid = share_by_month(terms), payments(terms, result)
    last = max([len(months), *(month for month, _ in paid)])
    found, together, cashed, so_far = [], 0, 0, Decimal(0)
    for number in range(1, -(-last // 12) + 1):
        with localcontext(prec=EXACT):
            part = sum(months[(number - 1) * 12 : number * 12], Decimal(0))
            so_far += part
        in_year = sum(pence for month, pence in paid if (number - 1) * 12 < month <= number * 12)
        together += in_year
        whole = number * 12 >= len(months)
        cashable = (result.cashable if whole else _pence(so_far * result.cashable)) - cashed
        cashed += cashable
        found.append(Year(number, part * result.days, in_year, together, cashable))
    return found


def annual_return(terms: Terms, result: Result) -> Decimal | None:
    """The yearly rate that investors earn, in per cent to one place; nothing where they are paid nothing.

    Money in stands at the beginning. A rate is no money: it is found by halving, in floating point.
    """
    paid = payments(terms, result)
    if not paid:
        return None
    low, high = -0.9999, 100.0
    for _ in range(200):
        middle = (low + high) / 2
        worth = sum(pence / (1 + middle) ** (month / 12) for month, pence in paid) - terms.invested
        low, high = (middle, high) if worth > 0 else (low, middle)
    return Decimal(f"{low * 100:.1f}") + 0  # never a nought below nothing


@dataclass(frozen=True)
class Range:
    """What the dice gave: each draw's return to investors, sorted, and what leaves the council's budgets less what it pays."""

    multiples: Sequence[Decimal]
    nets: Sequence[int]
    capped: int

    @property
    def draws(self) -> int:
        """How many there were."""
        return len(self.multiples)

    def multiple_at(self, percent: int) -> Decimal:
        """The return below which so many of a hundred draws lie."""
        return self.multiples[min(self.draws * percent // 100, self.draws - 1)]

    def net_at(self, percent: int) -> int:
        """The same of what the council gains."""
        return self.nets[min(self.draws * percent // 100, self.draws - 1)]

    def _percent_of(self, many: int) -> int:
        return round(many * 100 / self.draws)

    @property
    def money_back(self) -> int:
        """Of a hundred draws, how many give investors their money back."""
        return self._percent_of(sum(1 for each in self.multiples if each >= 1))

    @property
    def council_gains(self) -> int:
        """Of a hundred draws, how many take more out of budgets than is paid."""
        return self._percent_of(sum(1 for each in self.nets if each > 0))

    @property
    def at_cap(self) -> int:
        """Of a hundred draws, how many meet the cap."""
        return self._percent_of(self.capped)


def drawn(terms: Terms, draws: int = DRAWS) -> Range:
    """Draw shares of care days and numbers of children, each between its ends and most often in its middle, and work out each."""
    dice = random.Random(terms.seed)  # noqa: S311 - dice of a model, and no secret
    found = []
    for _ in range(draws):
        share = dice.triangular(float(terms.hopeful), float(terms.cautious), float(terms.target))
        children = round(dice.triangular(terms.fewest, terms.children, terms.children))
        found.append(result_at(terms, Decimal(f"{share:.6f}"), children))
    return Range(
        sorted(each.multiple for each in found),
        sorted(each.net for each in found),
        sum(1 for each in found if each.capped),
    )


def with_share(terms: Terms, share: Decimal) -> Terms:
    """The same terms with what was counted in place of the target, kept within the range that was expected or widening it."""
    return replace(terms, target=share, cautious=max(terms.cautious, share), hopeful=min(terms.hopeful, share))


def bins_of(found: Sequence[Any], bins: int = BINS) -> list[tuple[Decimal, Decimal, int]]:
    """Equal stretches from the least to the most, with how many draws lie in each."""
    low, high = Decimal(found[0]), Decimal(found[-1])
    if low == high:
        return [(low, high, len(found))]
    step = (high - low) / bins
    counts = [0] * bins
    for each in found:
        counts[min(int((Decimal(each) - low) / step), bins - 1)] += 1
    return [(low + step * place, low + step * (place + 1), many) for place, many in enumerate(counts)]
