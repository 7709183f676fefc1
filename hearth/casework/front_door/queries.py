"""Reads of requests, for whoever asked and for the front door."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, Min, OuterRef, Q, QuerySet, Value, When
from django.http import Http404
from django.urls import reverse

from hearth.casework.cases.queries import case_led_to
from hearth.casework.front_door.models import UNDECIDED, Channel, Request, RequestMessage, RequestPerson, State
from hearth.casework.front_door.triage.models import Pause, Telling
from hearth.casework.front_door.triage.rules import WAITING_FOR_REFERRER, sees_area, why_not_triage
from hearth.foundation.accounts.models import Area
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.text import fold
from hearth.foundation.ui.filters import listed, paragraphs
from hearth.foundation.ui.kept import drafts_at
from hearth.records.people.births import birth_words
from hearth.records.people.timeline import Entry


def request_of(reader: Any, reference: str) -> Request:
    """One request, or the page that never says whether it exists."""
    found = Request.objects.visible_to(reader).select_related("area", "made_by__organisation", "organisation")
    request = found.filter(reference=reference.upper()).first()
    if request is None:
        raise Http404
    return request


def own_request_of(reader: Any, reference: str) -> Request:
    """One request that the reader typed."""
    request = request_of(reader, reference)
    if request.made_by_id != reader.id:
        raise Http404
    return request


def sent_request_of(reader: Any, reference: str) -> Request:
    """One request that has been sent."""
    request = request_of(reader, reference)
    if request.state == State.STARTED:
        raise Http404
    return request


@dataclass(frozen=True)
class Sent:
    """A request as it is read: what was typed, who is named, what was written since."""

    request: Request
    people: list[RequestPerson]
    messages: list[RequestMessage]
    pauses: list[Pause]
    tellings: list[Telling]


def sent_of(reader: Any, request: Request) -> Sent:
    """Everything about a request that the referrer too may read, in four queries."""
    return Sent(
        request,
        list(RequestPerson.objects.visible_to(reader).filter(request=request).order_by("place")),
        list(
            RequestMessage.objects.filter(request=request)
            .select_related("written_by__organisation")
            .order_by("created_at")
        ),
        list(Pause.objects.filter(request=request).select_related("begun_by").order_by("from_at")),
        list(Telling.objects.filter(request=request).select_related("told_by").order_by("told_at")),
    )


def page_of_request(reader: Any, reference: str) -> dict[str, Any]:
    """What the page of one request shows, in words."""
    request = request_of(reader, reference)
    sent, mine = sent_of(reader, request), request.made_by_id == reader.id
    return {
        "sent": sent,
        "asked": request,
        "mine": mine,
        "asked_of_referrer": waits_for_referrer(sent),
        "question": next((each for each in reversed(sent.messages) if each.from_front_door), None),
        "may_triage": why_not_triage(reader, request) is None,
        "at_front_door": sees_area(reader, request.area),
        "outcome": outcome_label(request.outcome),
        "case": case_led_to(reader, request.case_id),
        **in_words(request),
    }


def waits_for_referrer(sent: Sent) -> bool:
    """Whether the front door waits for the referrer's answer."""
    return any(pause.until_at is None and pause.reason == WAITING_FOR_REFERRER for pause in sent.pauses)


def where(request: Request) -> str:
    """Where the family lives: the district is added where the address does not name it."""
    area = request.area.name if request.area else ""
    named = fold(area) in (fold(part) for part in re.split(r"[,\n]", request.address))
    return ", ".join(part for part in (request.address, request.postcode, "" if named else area) if part)


def interpreter_words(request: Request) -> str:
    """The language an interpreter is needed for, that none is, or that nobody said."""
    return request.interpreter_language or ("Not said" if request.interpreter is None else "Not needed")


def in_words(request: Request) -> dict[str, Any]:
    """The codes of a request in the pack's words."""
    form, sharing = pack().request_form, pack().sharing
    return {
        "signs": [label_of(form.exit_signs, code) for code in request.signs],
        "reasons": [label_of(form.reasons, code) for code in request.reasons],
        "needs": [label_of(form.needs, code) for code in request.needs],
        "relation": label_of(form.relations, request.asker_relation),
        "no_assessment_reason": label_of(form.no_assessment_reasons, request.no_assessment_reason),
        "consent_decider": label_of(sharing.who_decides, request.consent_decider),
        "consent_how": label_of(sharing.recorded_how, request.consent_how),
        "consent_categories": [label_of(sharing.categories, code) for code in request.consent_categories],
        "no_consent_reason": label_of(sharing.not_asked_reasons, request.no_consent_reason),
        "answers": [(question, paragraphs(answer)) for question, answer in answered(request)],
        "birth_words": birth_words,
        "where": where,
        "interpreter_words": interpreter_words,
        "questions": {"going_well": form.going_well_question, "hopes": form.hopes_question},
        "pause_label": lambda code: label_of(pack().front_door.pause_reasons, code),
    }


LISTED = (
    "reference",
    "state",
    "channel",
    "family_name",
    "area__name",
    "asker_name",
    "made_by__full_name",
    "created_at",
    "received_at",
    "decided_at",
    "told_at",
    "outcome",
    "due_on",
    "signs",
    "answer_unread",
)


CALLED = ("family_name", "person-0-family_name", "asker_name")  # what a draft is known by, beside who is named first
FIRST = "person-0-given_name"
DATED = (
    "reference",
    "asker_name",
    "made_by__full_name",
    "organisation__name",
    "received_at",
    "decided_at",
    "outcome",
    "told_at",
    "worries",
)


def my_requests(reader: Any, page: Any = 1) -> Page:
    """What the reader asked for: half-finished first, what needs an answer from them, answers to read, then the newest."""
    first = Case(
        When(state=State.STARTED, then=Value(0)),
        When(state=State.PAUSED, then=Value(1)),
        When(answer_unread=True, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    rows = Request.objects.filter(made_by_id=reader.id).order_by(first, "-received_at", "-created_at", "id")
    found = page_of(rows.values(*LISTED, asked=_is_asked()), page)
    _name_begun(reader, found)
    return found


def _name_begun(reader: Any, page: Page) -> None:
    """A request that is not sent is called what its typing says, so that two half-finished ones can be told apart."""
    begun = {reverse("write_request", args=[r["reference"]]): r for r in page.rows if r["state"] == State.STARTED}
    for path, draft in drafts_at(reader, begun).items() if begun else ():
        begun[path]["family_name"] = _called(draft.data)[:120]


def _called(data: dict[str, list[str]]) -> str:
    """What a half-finished request is known by: a name, or else what it is about. Never the worry's own words, on a list."""
    out = tuple(f"person-{row}-" for row in data.get("taken_out", ()))
    said = {name: "" if name.startswith(out) else data.get(name, [""])[0].strip() for name in (*CALLED, FIRST)}
    name = ", ".join(filter(None, [next(filter(None, (said[each] for each in CALLED)), ""), said[FIRST]]))
    reasons = [label_of(pack().request_form.reasons, code) for code in data.get("reasons", [])]
    return name or (f"About: {listed(reasons).lower()}" if reasons else "")


def called(reader: Any, request: Request) -> str:
    """What a request that the reader began and has not sent is known by; empty where nothing that names it is typed."""
    path = reverse("write_request", args=[request.reference])
    draft = drafts_at(reader, [path]).get(path)
    return _called(draft.data)[:120] if draft else ""


def _is_asked() -> Exists:
    """Whether the front door waits for the referrer's answer."""
    return Exists(Pause.objects.filter(request=OuterRef("pk"), until_at=None, reason=WAITING_FOR_REFERRER))


def my_counts(reader: Any) -> dict[str, Any]:
    """How many requests the reader began and did not send, and on how many the front door waits for their answer: the reference of one."""
    return Request.objects.filter(made_by_id=reader.id, state__in=(State.STARTED, State.PAUSED)).aggregate(
        started=Count("id", filter=Q(state=State.STARTED)),
        asked=Count("id", filter=Q(_is_asked())),
        asked_about=Min("reference", filter=Q(_is_asked())),
    )


def my_unanswered(reader: Any) -> list[dict[str, Any]]:
    """What the reader asked for as a partner and the front door has not decided: the longest waiting ten."""
    rows = Request.objects.filter(made_by_id=reader.id, channel=Channel.PARTNER, state__in=UNDECIDED)
    return list[Any](rows.order_by("received_at", "id").values("reference", "family_name", "received_at")[:10])


def unread_answers(reader: Any) -> list[dict[str, Any]]:
    """What the reader asked for and the front door answered, and they have not opened since: the latest ten."""
    rows = Request.objects.filter(made_by_id=reader.id, answer_unread=True).order_by("-decided_at", "id")
    return list[Any](rows.values("reference", "family_name")[:10])


@dataclass(frozen=True)
class News:
    """An answer to, or a question about, a request of the reader's."""

    reference: str
    family_name: str
    words: str
    moment: dt.datetime


def news_for(reader: Any, since: dt.datetime) -> list[News]:
    """What the front door answered and asked since a moment, about what the reader asked for: two queries."""
    mine = Request.objects.filter(made_by_id=reader.id)
    answers: Any = mine.filter(decided_at__gt=since).order_by("-decided_at")
    asked = RequestMessage.objects.filter(request__in=mine, from_front_door=True, created_at__gt=since)
    questions: Any = asked.order_by("-created_at")
    return [
        *(
            News(ref, name, f"answered your request: {outcome_label(code)}", at)
            for ref, name, code, at in answers.values_list("reference", "family_name", "outcome", "decided_at")[:20]
        ),
        *(
            News(ref, name, "asks you something about your request", at)
            for ref, name, at in questions.values_list("request__reference", "request__family_name", "created_at")[:20]
        ),
    ]


def requests_of_organisation(reader: Any, page: Any = 1) -> Page:
    """What people of the reader's organisation asked for, for its managers: sent requests only."""
    rows = Request.objects.visible_to(reader).filter(organisation_id=reader.organisation_id)
    return page_of(
        rows.exclude(state=State.STARTED).order_by("-received_at", "id").values(*LISTED, asked=_is_asked()), page
    )


def areas_to_ask_in() -> QuerySet[Area]:
    """Every district, for the form."""
    codes = [district.code for district in pack().areas.districts]
    return Area.objects.filter(code__in=codes).order_by("name")


def area_choices() -> list[tuple[str, str]]:
    """Districts by code; one that has not opened says when it will."""
    today = clock.today()
    return [
        (
            area.code,
            area.name
            if not area.goes_live_on or area.goes_live_on <= today
            else f"{area.name} (opens {area.goes_live_on:%-d %B %Y})",
        )
        for area in areas_to_ask_in()
    ]


def area_called(code: str) -> Area | None:
    """The district with that code."""
    return areas_to_ask_in().filter(code=code).first()


def outcome_label(code: str) -> str:
    """A decision in words."""
    return label_of(pack().front_door.outcomes, code) if code else ""


def answered(request: Request) -> list[tuple[str, str]]:
    """The pack's own questions that were answered: the question, and the answer in words."""
    asker = pack().request_form.asker("partner" if request.channel == "step_down" else request.channel)
    questions = {question.code: question for question in asker.questions} if asker else {}
    rows = []
    for code, answer in request.answers.items():
        question = questions.get(code)
        options = question.options if question else ()
        words = (
            [label_of(options, each) for each in answer]
            if isinstance(answer, list)
            else [_in_words(options, str(answer))]
        )
        rows.append((question.label if question else code, ", ".join(words)))
    return rows


def _in_words(options: Any, answer: str) -> str:
    plain = {"yes": "Yes", "no": "No", "not_sure": "Not sure"}
    return label_of(options, answer) if options else plain.get(answer, answer)


def timeline_entries(reader: Any, family: Any) -> list[Entry]:
    """A family's requests as lines of its chronology: one query."""
    rows = Request.objects.visible_to(reader).filter(family=family, received_at__isnull=False)
    entries = []
    for row in rows.values(*DATED):
        url = reverse("view_request", args=[row["reference"]])
        who = row["asker_name"] or row["made_by__full_name"]
        by = ", ".join(part for part in (who, row["organisation__name"]) if part)
        if row["received_at"]:
            entries.append(Entry(row["received_at"], "Request", "Asked for help", by, url, row["worries"]))
        if row["decided_at"]:
            entries.append(
                Entry(row["decided_at"], "Request", f"Request decided: {outcome_label(row['outcome'])}", "", url)
            )
        if row["told_at"]:
            entries.append(Entry(row["told_at"], "Request", "Referrer told", "", url))
    return entries


@dataclass(frozen=True)
class Asked:
    """Why help was asked for, in short: for the first page of a family that has a case."""

    reference: str
    reasons: list[str]
    worries: str
    who: str
    phone: str
    received_at: dt.datetime


def why_asked(reader: Any, key: Any) -> Asked | None:
    """The request with that key, where the reader may see it: one query, or none."""
    if key is None:
        return None
    rows = Request.objects.visible_to(reader).select_related("made_by__organisation").exclude(received_at=None)
    found = rows.filter(pk=key).first()
    if found is None:
        return None
    made_by = found.made_by if found.channel == "partner" else None
    who = found.asker_name or (f"{made_by.full_name}, {made_by.organisation_name}" if made_by else "")
    reasons = [label_of(pack().request_form.reasons, code) for code in found.reasons]
    phone = found.asker_phone or (made_by.phone if made_by else "")
    return Asked(found.reference, reasons, found.worries, who, phone, found.received_at)  # type: ignore[arg-type]
