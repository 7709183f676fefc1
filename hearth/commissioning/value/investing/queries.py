"""Reads of investments: the reader first, always through visible_to."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from hearth.commissioning.contracts.quarters import quarter_of
from hearth.commissioning.value import rules, shipped
from hearth.commissioning.value.investing import counting, projecting
from hearth.commissioning.value.investing.projecting import Range, Result, Terms, Year
from hearth.commissioning.value.models import CareDays, Investment
from hearth.commissioning.value.queries import index_held
from hearth.commissioning.value.shipped import Index
from hearth.commissioning.value.working import EXACT, HUNDRED, uprated
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import Refusal, refuse

PENCE_FIELDS = ("invested_pence", "cap_pence", "day_pence", "care_pence")
TYPED = (
    "name", "of", "begins_on", "invested_pence", "cap_pence", "day_pence", "wait_months", "children", "fewest_children", "months",
    "recruit_months", "baseline", "target", "cautious", "hopeful", "care_pence", "care_year", "care_source", "prices", "cashable", "seed",
    "words",
)  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """What was counted so far: children's days, and those in care."""

    child_days: int
    care_days: int
    until_on: dt.date
    share: Decimal
    earned: Result


@dataclass(frozen=True)
class Projection:
    """What an investment comes to as planned, and as it goes; or why its values may not be added."""

    index: Index
    terms: Any = None
    refusal: Refusal | None = None
    uprated: bool = False
    planned: Any = None
    cautious: Result | None = None
    hopeful: Result | None = None
    counted: Counted | None = None
    going: Result | None = None

    @property
    def expected(self) -> Any:
        """What is expected now: as it goes, where days in care were counted, and else as planned."""
        return self.going or self.planned

    @property
    def cases(self) -> list[tuple[str, Result]]:
        """Each case with its result."""
        named = [("If it goes badly", self.cautious), ("As planned", self.planned), ("If it goes well", self.hopeful)]
        named += [("As it goes so far", self.going)]
        return [(words, found) for words, found in named if found is not None]

    @property
    def years(self) -> list[Year]:
        """Year by year, of what is expected now."""
        return projecting.years(self.terms, self.expected)

    @property
    def annual(self) -> Decimal | None:
        """The yearly rate that investors earn by it."""
        return projecting.annual_return(self.terms, self.expected)

    @property
    def range(self) -> Range:
        """What the dice give, about what is expected now."""
        terms = projecting.with_share(self.terms, self.counted.share) if self.counted else self.terms
        return projecting.drawn(terms)


def terms_of(row: Any, index: Index) -> Terms:
    """The terms of an investment, a day in care in the prices of its payments."""
    care = uprated(Decimal(row.care_pence), row.care_year, row.prices, index)
    return Terms(
        row.invested_pence, row.cap_pence, row.day_pence, row.wait_months, row.children, row.fewest_children, row.months,
        row.recruit_months, row.baseline, row.target, row.cautious, row.hopeful, care, row.cashable, row.seed,
    )  # fmt: skip


def projection(row: Any, index: Index, counted: Sequence[Any] = ()) -> Projection:
    """What an investment comes to."""
    refusal = rules.why_not_these_years([row.care_year], row.prices, index)
    if refusal is not None:
        return Projection(index, refusal=refusal)
    terms = terms_of(row, index)
    so_far = counted_so_far(terms, counted)
    return Projection(
        index, terms, None, row.care_year != row.prices, projecting.result_at(terms, terms.target),
        projecting.result_at(terms, terms.cautious), projecting.result_at(terms, terms.hopeful), so_far,
        projecting.result_at(terms, so_far.share) if so_far else None,
    )  # fmt: skip


def counted_so_far(terms: Terms, counted: Sequence[Any]) -> Counted | None:
    """What was counted, added up; nothing while nothing was."""
    if not counted:
        return None
    child_days, care_days = sum(each.child_days for each in counted), sum(each.care_days for each in counted)
    with localcontext(prec=EXACT):
        share = Decimal(care_days) * HUNDRED / child_days
        earned = projecting.result_of_days(terms, child_days * terms.baseline / HUNDRED - care_days, share)
    return Counted(child_days, care_days, max(each.until_on for each in counted), share, earned)


def _with_days(rows: QuerySet[Any]) -> QuerySet[Any]:
    counted = CareDays.objects.filter(withdrawn_at=None).order_by("from_on").select_related("recorded_by")
    return rows.select_related("area").prefetch_related(Prefetch("care_days", counted, to_attr="counted"))


def investments(reader: Any) -> QuerySet[Any]:
    """Investments with what was counted of each, the latest first."""
    refuse(rules.why_not_see_value(reader))
    return _with_days(Investment.objects.visible_to(reader)).order_by("-begins_on", "name", "id")


def investments_page(reader: Any, page: Any) -> Page:
    """A page of them, each with what it comes to: three queries."""
    found, index = page_of(investments(reader), page, 25), index_held(reader)
    for row in found.rows:
        row.came = projection(row, index, row.counted)
    return found


def investment_of(reader: Any, reference: str) -> Any:
    """An investment, or a page that never says whether it exists."""
    refuse(rules.why_not_see_value(reader))
    found = _with_days(Investment.objects.visible_to(reader)).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def again(investment: Investment) -> Any:
    """The same with what is counted now."""
    return _with_days(Investment.objects.filter(pk=investment.pk)).get()


def care_days_of(reader: Any, reference: str) -> CareDays:
    """What was counted of one time."""
    rows = CareDays.objects.visible_to(reader).select_related("investment__area")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def counted_quarter(reader: Any, investment: Any, quarter: str) -> Any:
    """A quarter as Hearth counts it, by its first day; of one that it does not count, why not. What is no quarter is no page."""
    try:
        first = dt.date.fromisoformat(quarter)
    except ValueError:
        raise Http404 from None
    if first != quarter_of(first):
        raise Http404
    return counting.counted_days(reader, investment).quarter(first)


def overlaps(investment: Investment, from_on: dt.date, until_on: dt.date) -> bool:
    """Whether some of that time is counted already."""
    rows = CareDays.objects.filter(investment=investment, withdrawn_at=None)
    return rows.filter(from_on__lte=until_on, until_on__gte=from_on).exists()


def essex() -> Any:
    """The published figures of Essex as an investment that is not saved: what was not published says so in its source."""
    told = shipped.essex()["figures"]
    care = shipped.unit_costs()["SS1.0"]
    row = Investment(
        name="Essex edge of care", begins_on=dt.date.fromisoformat(told["begins_on"]), invested_pence=told["invested_pence"],
        cap_pence=told["cap_pence"], day_pence=1, wait_months=3, children=told["children"], fewest_children=told["children"],
        months=told["months"], recruit_months=told["recruit_months"], baseline=Decimal(told["baseline"]),
        target=Decimal(told["target"]), cautious=Decimal(told["baseline"]), hopeful=Decimal(told["achieved_low"]),
        care_pence=int((care.pence / 365).quantize(Decimal(1))), care_year=care.year,
        care_source=f"{care.code} of the unit costs, {care.in_year}, divided by 365: a year in care of any kind", prices=care.year,
        cashable=Decimal(100), seed=1,
        words="Not published, and ours: what is paid for a day, the wait of three months, what a day in care costs, and that all of what is "
        "saved is cashable.",
    )  # fmt: skip
    terms = terms_of(row, shipped.deflator())
    row.day_pence = projecting.day_for_return(terms, Decimal(told["return"]))
    return row
