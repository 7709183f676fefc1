"""Reads of unmet needs: the reader first, always through visible_to; into names only what the reader may open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from hearth.casework.cases.models import Case
from hearth.casework.cases.queries import case_led_to
from hearth.casework.front_door.models import Request
from hearth.casework.panels.unmet import figures, rules, shown, words
from hearth.casework.panels.unmet.models import ThemeState, UnmetNeed, UnmetWords
from hearth.casework.panels.unmet.reach import KeptApart, may_open_whose
from hearth.casework.panels.unmet.themes.rules import why_not_take_out
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import lower_first
from hearth.records.people.models import Family
from hearth.records.people.timeline import Entry

ENDED = (ThemeState.ANSWERED, ThemeState.CLOSED)


def need_of(reader: Any, reference: str) -> UnmetNeed:
    """The need, or a page that never says whether it exists. Whose it was is read apart, by those who may."""
    rows = UnmetNeed.objects.visible_to(reader).select_related(
        "area", "recorded_by__organisation", "theme__answered_by"
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def whose(reader: Any, need: UnmetNeed) -> dict[str, Any]:
    """What is read with the family alone: the words, and the case or request, as far as the reader may open them."""
    case = case_led_to(reader, need.case_id)
    key = need.request_id
    request = Request.objects.visible_to(reader).filter(pk=key).first() if key else None
    return {
        "words": list(
            UnmetWords.objects.visible_to(reader).filter(need=need).select_related("written_by").order_by("created_at")
        ),
        "case": case,
        "asked": request,
        "family": case.family if case else None,
    }


def needs_of_case(reader: Any, case: Case) -> list[UnmetNeed]:
    """What could not be offered in a case or at the request that led to it, the latest first: one query."""
    about = Q(case=case) | Q(request_id=case.request_id) if case.request_id else Q(case=case)
    return list(_standing(reader).filter(about))


def standing_needs(reader: Any, case: Case | None) -> list[UnmetNeed]:
    """What was recorded in a case and has no answer yet, as far as the reader may open it: one query, or none."""
    return [need for need in needs_of_case(reader, case) if not need.is_answered] if case is not None else []


def standing_of_request(reader: Any, request: Request) -> list[UnmetNeed]:
    """The same of a request: one query."""
    return [need for need in needs_of_request(reader, request) if not need.is_answered]


def needs_of_request(reader: Any, request: Request) -> list[UnmetNeed]:
    """What the front door could not offer for a request, the latest first: one query."""
    return list(_standing(reader).filter(request=request))


def _standing(reader: Any) -> QuerySet[UnmetNeed]:
    rows = UnmetNeed.objects.opened_to(reader).filter(withdrawn_at=None)
    return rows.select_related("theme", "recorded_by", "area", "case__area", "request").order_by(
        "-recorded_on", "-created_at", "id"
    )


@dataclass(frozen=True)
class Unmet:
    """What the pages of a case and of a request show, and whether one more may be recorded."""

    needs: Sequence[UnmetNeed]
    may_record: bool

    def words(self, kind: str, code: str) -> str:
        """A code of a need in words."""
        return words.label(kind, code)


def unmet_of_case(reader: Any, case: Case) -> Unmet:
    """For the page of a case, which stands below this room and is given it by name."""
    return Unmet(needs_of_case(reader, case), rules.why_not_record(reader, case) is None)


def unmet_of_request(reader: Any, request: Request) -> Unmet:
    """The same for the page of a request at the front door."""
    return Unmet(needs_of_request(reader, request), rules.why_not_record_of_request(reader, request) is None)


def timeline_entries(reader: Any, family: Family) -> list[Entry]:
    """What could not be offered, and the answer that came back: one query."""
    rows = UnmetNeed.objects.opened_to(reader).filter(Q(family=family) | Q(request__family=family), withdrawn_at=None)
    found = []
    for need in rows.select_related("recorded_by__organisation", "theme"):
        url, what = reverse("unmet_need", args=[need.reference]), lower_first(words.label("need", need.need))
        by = f"{need.recorded_by.full_name}, {need.recorded_by.organisation_name}"
        found.append(Entry(need.created_at, "Unmet need", f"Could not be offered: {what}", by, url))
        if need.is_answered and need.theme and need.theme.answered_at:
            found.append(Entry(need.theme.answered_at, "Unmet need", f"An answer came back: {what}", "", url))
    return found


def what_may(reader: Any, need: UnmetNeed) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    return {
        "withdraw": rules.why_not_withdraw(reader, need) is None,
        "take_out": why_not_take_out(reader, need.theme) is None,
        "read": need.answer_is_news and rules.why_not_read_answer(reader, need) is None,
    }


def unread_answers(reader: Any) -> list[dict[str, Any]]:
    """Needs that the reader recorded, or brought to a panel, with an answer they have still to read: the latest ten.

    With the family's name, where the reader may open it.
    """
    theirs = Q(met_by=reader) | Q(met_by=None, recorded_by=reader)
    rows = UnmetNeed.objects.filter(theirs, withdrawn_at=None, theme__state__in=ENDED)
    rows = rows.filter(Q(answer_read_at=None) | Q(answer_read_at__lt=F("theme__answered_at")))
    named = rows.annotate(opens=ExpressionWrapper(may_open_whose(reader), output_field=BooleanField()))
    found = named.order_by("-theme__answered_at", "id").values("reference", "need", "opens", "family__name")[:10]
    return [row | {"family": row["family__name"] if row["opens"] and row["family__name"] else ""} for row in found]


@dataclass(frozen=True)
class Opened:
    """The needs behind a figure: how many were counted (none: too few to show), how many the reader may open, and a page of those."""

    counted: int | None
    may_open: int
    page: Page


def counted_needs(reader: Any, wanted: figures.Wanted, page: Any) -> Opened:
    """Behind a figure: as many as were counted, and of them those whose family or request the reader may open."""
    found = shown.figures(reader, wanted)
    counted, wanted = found.total, found.wanted
    narrow = Q(recorded_on__gte=wanted.since, withdrawn_at=None)
    narrow &= Q(area__code=wanted.area) if wanted.area else Q()
    narrow &= Q(need=wanted.need) if wanted.need else Q()
    rows = UnmetNeed.objects.opened_to(reader).filter(narrow, source__in=["case", "request", "panel"])
    rows = rows.filter(~Q(pk__one_of=KeptApart())).select_related("area", "recorded_by", "theme")
    many = rows.count()
    listed = page_of(rows.order_by("-recorded_on", "-created_at", "id"), page)
    return Opened(counted, many if counted is None else min(many, counted), listed)


def who_records(reader: Any, *, case: Case | None = None, request: Request | None = None) -> None:
    """Refuse the page to whoever may not record, before they type."""
    if case is not None:
        refuse(rules.why_not_record(reader, case))
    if request is not None:
        refuse(rules.why_not_record_of_request(reader, request))
