"""Reads of what something was worth: the reader first, always through visible_to."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from hearth.commissioning.value import rules, shipped
from hearth.commissioning.value.models import Assumption, Outcome, PriceIndex, Valuation, Version
from hearth.commissioning.value.reach import WRITES
from hearth.commissioning.value.shipped import Index, Source
from hearth.commissioning.value.working import Case, Return, Told, worked_out
from hearth.foundation.core import clock
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.records.money.models.ledger import financial_year, year_words
from hearth.records.money.queries import districts
from hearth.records.money.reach import holds_whole


def index_held(reader: Any) -> Index:
    """The newest release that the council loaded, or the one that is shipped: one query."""
    found = PriceIndex.objects.visible_to(reader).order_by("-published_on").first()
    return shipped.deflator() if found is None else _index(found)


def _index(row: PriceIndex) -> Index:
    source = Source("GDP deflator", row.publication, row.publisher, row.published_on.isoformat())
    return Index(source, row.base, {int(year): Decimal(figure) for year, figure in row.figures.items()})


def newest_release(reader: Any) -> dt.date:
    """The day of the newest release that is held."""
    return dt.date.fromisoformat(index_held(reader).source.published_on)


@dataclass(frozen=True)
class Came:
    """What a valuation came to; or, where its values may not be added, why not."""

    outcomes: Sequence[Any]
    index: Index
    result: Return | None = None
    refusal: Refusal | None = None
    uprated: bool = False
    agencies: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def by_outcome(self) -> dict[Any, Any]:
        """What each outcome was worth, by its key."""
        return {line.told.key: line for line in self.result.lines} if self.result else {}


def told_of(outcome: Any) -> Told:
    """An outcome with its assumptions, as the working takes it."""
    said = {
        each.what: {Case.LOW.value: each.cautious, Case.CENTRAL.value: each.central, Case.HIGH.value: each.hopeful}
        for each in outcome.assumptions.all()
    }
    return Told(outcome.number, Decimal(outcome.pence), outcome.year, said, outcome.pk)


def came_to(valuation: Any, index: Index) -> Came:
    """What it came to by this index. Its outcomes are read already, or in two queries."""
    outcomes = list(valuation.standing)
    years = {valuation.cost_year, *(each.year for each in outcomes)}
    refusal = rules.why_not_these_years(years, valuation.prices, index)
    if refusal is not None:
        return Came(outcomes, index, refusal=refusal)
    result = worked_out(
        valuation.cost_pence, valuation.cost_year, valuation.cost_bias, map(told_of, outcomes), valuation.prices, index
    )
    agencies: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(Case, 0))
    for outcome, line in zip(outcomes, result.lines, strict=True):
        for case in Case:
            agencies[outcome.agency or "Not said"][case] += line.pence[case]
    return Came(outcomes, index, result, uprated=years != {valuation.prices}, agencies=dict(agencies))


def _with_outcomes(rows: QuerySet[Any]) -> QuerySet[Any]:
    standing = Outcome.objects.filter(withdrawn_at=None).order_by("created_at", "id").prefetch_related("assumptions")
    return rows.select_related("area").prefetch_related(Prefetch("outcomes", standing, to_attr="standing"))


def valuations(reader: Any) -> QuerySet[Any]:
    """Valuations with their outcomes, the latest first."""
    refuse(rules.why_not_see_value(reader))
    return _with_outcomes(Valuation.objects.visible_to(reader)).order_by("-ends_on", "name", "id")


def valuations_page(reader: Any, page: Any) -> Page:
    """A page of them, each with what it came to: four queries."""
    found, index = page_of(valuations(reader), page, 25), index_held(reader)
    for row in found.rows:
        row.came = came_to(row, index)
    return found


def valuation_of(reader: Any, reference: str) -> Valuation:
    """A valuation, or a page that never says whether it exists."""
    refuse(rules.why_not_see_value(reader))
    found = _with_outcomes(Valuation.objects.visible_to(reader)).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def again(valuation: Valuation) -> Valuation:
    """The same with its outcomes as they are now."""
    return _with_outcomes(Valuation.objects.filter(pk=valuation.pk)).get()


def outcome_of(reader: Any, reference: str) -> Outcome:
    """An outcome with its valuation, or a page that never says whether it exists."""
    rows = Outcome.objects.visible_to(reader).select_related("valuation__area").prefetch_related("assumptions")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def assumption_of(reader: Any, reference: str, what: str) -> Assumption:
    """One assumption of an outcome."""
    rows = Assumption.objects.visible_to(reader).select_related("outcome__valuation__area")
    found = rows.filter(outcome__reference=reference, what=what).first()
    if found is None:
        raise Http404
    return found


def versions(reader: Any, **of: Any) -> list[Version]:
    """What it came to after each change, the latest first."""
    rows = Version.objects.visible_to(reader).filter(**of).select_related("made_by")
    return list(rows.order_by("-number"))


def withdrawn(reader: Any, valuation: Valuation) -> list[Outcome]:
    """Outcomes that no longer count."""
    rows = Outcome.objects.visible_to(reader).filter(valuation=valuation).exclude(withdrawn_at=None)
    return list(rows.order_by("withdrawn_at", "id"))


def releases(reader: Any) -> list[PriceIndex]:
    """Releases of the index that were loaded, the newest first."""
    return list(PriceIndex.objects.visible_to(reader).select_related("added_by").order_by("-published_on"))


def may_value(reader: Any, area: Any) -> bool:
    """Whether the reader is offered what changes a valuation."""
    return rules.why_not_value(reader, area) is None


def may_begin(reader: Any) -> bool:
    """Whether the reader may begin one anywhere."""
    return rules.why_not_value_any(reader) is None


def may_load_index(reader: Any) -> bool:
    """Whether the reader may load a release of the index."""
    return rules.why_not_load_index(reader) is None


def who_values(reader: Any, area: Any) -> None:
    """Refuse whoever may not change values here, before they have typed anything."""
    refuse(rules.why_not_value(reader, area))


def who_begins(reader: Any) -> None:
    """The same, for whoever values nowhere."""
    refuse(rules.why_not_value_any(reader))


def who_loads_index(reader: Any) -> None:
    """The same, for the index."""
    refuse(rules.why_not_load_index(reader))


def who_sees(reader: Any) -> None:
    """Refuse whoever reads no value."""
    refuse(rules.why_not_see_value(reader))


def areas_to_value(reader: Any) -> list[Any]:
    """Districts in which the reader may value."""
    return [each for each in districts() if rules.why_not_value(reader, each) is None]


def values_everywhere(reader: Any) -> bool:
    """Whether the reader may value for the whole authority."""
    return holds_whole(reader, WRITES)


def price_years(first: int = 1990) -> list[tuple[str, str]]:
    """Financial years to choose from, the latest first; the index may not have them all."""
    return [(str(year), year_words(year)) for year in range(financial_year(clock.today()) + 1, first - 1, -1)]


def costs_to_choose() -> list[tuple[str, str]]:
    """Unit costs to choose from, with what each is."""
    return [(cost.code, f"{cost.code} {cost.words}") for cost in shipped.unit_costs().values() if not cost.not_offered]


def codes_of(outcomes: Iterable[Any]) -> list[str]:
    """Codes that count already."""
    return [each.code for each in outcomes if each.code]
