"""A request beside what is known: people on record who may be the ones typed, their cases, earlier requests."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.urls import reverse

from hearth.casework.cases.models import Case
from hearth.casework.front_door.models import Channel, Request, RequestPerson, State
from hearth.casework.front_door.queries import answered, in_words, sent_of
from hearth.casework.front_door.triage import clocks, news, queries, rules
from hearth.casework.front_door.triage.models import PersonMatch
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.ui.filters import day, moment
from hearth.foundation.ui.partial_date import PartialDate
from hearth.intelligence.insight.involvement.queries import view_of_people
from hearth.records.people.models import Family, Person
from hearth.records.sharing.look_up.queries import Candidate, look_up, look_up_each, typed_of


@dataclass(frozen=True)
class Known:
    """Somebody on record who may be the one typed, in the words that this reader may have."""

    name: str
    reference: str = ""  # of the person; empty where the reader may not open them
    detail: str = ""
    url: str = ""
    reasons: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def side_by_side(reader: Any, request: Request, again: str = "") -> dict[str, Any]:
    """Everything the front door's page of a request shows. `again`: the place of somebody matched, to look for anew."""
    sent, side = sent_of(reader, request), queries.front_door_side(reader, request)
    return {
        "asked": request,
        "sent": sent,
        "side": side,
        "again": again,
        "candidates": _candidates(reader, request, sent.people, side.matches, again),
        "earlier": queries.earlier_requests(reader, request, sent.people),
        "case": Case.objects.visible_to(reader).filter(pk=request.case_id).first() if request.case_id else None,
        "family": Family.objects.visible_to(reader).filter(pk=request.family_id).first() if request.family_id else None,
        "clock": clocks.shown(request.state, request.due_on),
        "clock_rows": _clock_rows(request, sent.pauses),
        "late": clocks.is_late(request.due_on),
        "telling": _telling(request),
        "family_view": view_of_people(reader, matched(side.matches), "front door"),
        "may_decide": rules.why_not_triage(reader, request) is None,
        "can_be_asked": rules.can_be_asked(request),
        **queries.row_words(),
        **in_words(request),
    }


def _candidates(
    reader: Any, request: Request, people: Iterable[RequestPerson], matches: dict[Any, PersonMatch], again: str
) -> dict[Any, list[Known]]:
    """For whoever is not matched yet, while there is something to decide: people on record like them."""
    people = list(people)
    wanted = [p for p in people if request.is_undecided and (p.id not in matches or again == str(p.place))]
    typed = [typed_of(p.given_name, p.family_name, birth_of(p), request.postcode) for p in wanted]
    found: dict[Any, list[Candidate]] = {p.id: [] for p in people}
    found |= zip((p.id for p in wanted), look_up_each(reader, typed), strict=True)
    cases = _open_cases(reader, [each for candidates in found.values() for each in candidates])
    return {key: [_known(each, cases) for each in candidates] for key, candidates in found.items()}


def birth_of(person: RequestPerson) -> PartialDate | None:
    """A birth date as typed, as far as it was known."""
    born, precision = person.born_on, person.birth_precision
    if born is None or precision == "expected":
        return None
    if precision == "full":
        return PartialDate.of(born)
    return PartialDate(born.year, born.month if precision == "month" else None, estimated=precision == "estimated")


def _open_cases(reader: Any, candidates: Iterable[Candidate]) -> dict[str, str]:
    """The open case of each candidate's family, in words: one query."""
    families = {each.family_reference for each in candidates if each.may_open}
    rows = Case.objects.visible_to(reader).open().filter(family__reference__in=families)
    return {
        row["family__reference"]: f"Open case {row['reference']}"
        + (f", lead practitioner {row['lead__full_name']}" if row["lead__full_name"] else ", no lead practitioner yet")
        for row in rows.values("reference", "family__reference", "lead__full_name")
    }


def _known(candidate: Candidate, cases: dict[str, str]) -> Known:
    if not candidate.may_open:
        whom = ", ".join(
            part for part in (candidate.contact_name, candidate.contact_organisation, candidate.contact_phone) if part
        )
        place = f" in {candidate.area}" if candidate.area else ""
        return Known(f"Somebody like this is known{place}", lines=[f"Ring {whom}."])
    family = f"the {candidate.family_name} family ({candidate.family_reference})"
    return Known(
        candidate.name,
        candidate.reference,
        ", ".join(part for part in (candidate.birth, family) if part),
        reverse("family", args=[candidate.family_reference]),
        candidate.reasons,
        [cases[candidate.family_reference]] if candidate.family_reference in cases else [],
    )


def _clock_rows(request: Request, pauses: list[Any]) -> list[tuple[str, str]]:
    limits = pack().limits
    rows = [("Received", moment(request.received_at))]
    if request.clock_from_at != request.received_at:
        rows.append(("Reopened", moment(request.clock_from_at)))
    rows.append(("To decide", _limit(limits.receipt_to_decision)))
    for pause in pauses:
        reason = label_of(pack().front_door.pause_reasons, pause.reason)
        until = f"until {moment(pause.until_at)}" if pause.until_at else "still"
        rows.append(("Stopped", f"{reason}, {pause.begun_by.full_name}, {moment(pause.from_at)}, {until}"))
    if request.decided_at:
        rows.append(("Decided", moment(request.decided_at)))
        rows.append(("To tell", _limit(limits.decision_to_referrer_told)))
    if request.told_at:
        rows.append(("Told", moment(request.told_at)))
    if request.due_on:
        rows.append(("Last day", day(request.due_on)))
    return rows


def _limit(days: int) -> str:
    return f"{days} working {'day' if days == 1 else 'days'}"


def _telling(request: Request) -> str:
    """By when the referrer must be told, and what became of the message."""
    if request.state != State.DECIDED:
        return ""
    delivery = news.delivery_of_answer(request)
    if delivery is not None and delivery.sent:
        return "The message that there is an answer has gone. That is noted here within a minute."
    sent = f"The message that there is an answer: {delivery.words.lower()}." if delivery else _reach_them(request)
    return f"The referrer has not been told yet. Tell them by {day(request.due_on)}. {sent}"


def _reach_them(request: Request) -> str:
    """How to reach somebody who does not sign in: as they asked to be, and what they said would not be safe."""
    said = (
        [f"{question} {answer}." for question, answer in answered(request)] if request.channel == Channel.FAMILY else []
    )
    return " ".join(["They do not sign in: reach them yourself.", *said])


def matched(matches: dict[Any, PersonMatch]) -> list[Person]:
    """People on record who were matched, as far as the reader may open them."""
    return [match.person for match in matches.values() if match.person is not None]


def unmatched_of(reader: Any, request: Request) -> list[RequestPerson]:
    """People of whom nobody has said whether they are known."""
    people = list(RequestPerson.objects.visible_to(reader).filter(request=request).order_by("place"))
    return queries.unmatched(people, queries.matches_of(request))


def person_of(reader: Any, reference: str) -> Person | None:
    """The person on record whom an officer chose; one they may not open does not exist for them."""
    if not reference:
        return None
    person = Person.objects.visible_to(reader).filter(reference=reference).first()
    if person is None:
        raise Http404
    return person


def while_typing(reader: Any, given_name: str, family_name: str, born: Any, postcode: str) -> list[Known]:
    """People on record like the one being typed, as far as this reader may know."""
    found = look_up(reader, given_name, family_name, born, postcode)
    cases = _open_cases(reader, found) if any(each.may_open for each in found) else {}
    return [_known(each, cases) for each in found]
