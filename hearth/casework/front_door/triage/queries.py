"""The queue, and everything the front door reads of a request."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.http import Http404

from hearth.casework.front_door.models import (
    ANSWERED,
    IN_DANGER,
    OPEN,
    UNDECIDED,
    WAITS,
    Channel,
    Request,
    RequestPerson,
    State,
)
from hearth.casework.front_door.queries import areas_to_ask_in, outcome_label, request_of
from hearth.casework.front_door.triage import rules
from hearth.casework.front_door.triage.clocks import shown
from hearth.casework.front_door.triage.models import Decision, Handover, Note, PersonMatch
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.paging import Page, UpTo, page_of
from hearth.records.people.reach import areas

ROW = (
    "reference",
    "state",
    "channel",
    "family_name",
    "area__name",
    "asker_name",
    "organisation__name",
    "reasons",
    "to_pass_on",
    "received_at",
    "due_on",
    "signs",
    "outcome",
    "version",
)
EARLIER = ("reference", "received_at", "state", "outcome", "asker_name", "organisation__name", "area__name")
STATES: dict[str, tuple[str, ...]] = {
    "undecided": (State.RECEIVED,),
    "paused": (State.PAUSED,),
    "to_tell": (State.DECIDED,),
    "answered": ANSWERED,
}


@dataclass(frozen=True)
class Sought:
    """What the queue is narrowed to. Empty means all; `state` a key of STATES, or "open", "danger", "late" or "to_pass_on"."""

    area: str = ""
    reason: str = ""
    channel: str = ""
    state: str = "open"


def sought(form: Any) -> Sought:
    """The queue as the filters ask; a filter that makes no sense is left out."""
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return Sought(
        area=said.get("area", ""),
        reason=said.get("reason", ""),
        channel=said.get("channel", ""),
        state=said.get("state") or "open",
    )


def row_words() -> dict[str, Any]:
    """What a row of the queue says in words."""
    form, door = pack().request_form, pack().front_door
    return {
        "reason_words": lambda codes: [label_of(form.reasons, code) for code in codes],
        "channel_words": dict(Channel.choices),
        "state_words": dict(State.choices),
        "shown": shown,
        "outcome_label": outcome_label,
        "breach_label": lambda code: label_of(door.breach_reasons, code),
        "level_label": lambda code: label_of(pack().levels.levels, code),
    }


def _of_my_areas(reader: Any) -> Any:
    return Request.objects.filter(area__one_of=areas(reader, "see_requests_in_area")).exclude(state=State.STARTED)


def requests(reader: Any, sought: Sought, *, order_by: str = "due_on", page: Any = 1) -> Page:
    """The queue: what is most late first, and among equals what has waited longest. Stopped clocks come last."""
    rows = _of_my_areas(reader)
    if sought.state in ("open", "to_pass_on"):
        rows = rows.filter(WAITS if sought.state == "open" else Q(to_pass_on=True))
    else:
        rows = rows.filter(state__in=STATES.get(sought.state, OPEN))
    if sought.state == "danger":
        rows = rows.filter(IN_DANGER)
    if sought.state == "late":
        rows = rows.filter(due_on__lt=clock.today())
    if sought.area:
        rows = rows.filter(area__code=sought.area)
    if sought.reason:
        rows = rows.filter(reasons__contains=[sought.reason])
    if sought.channel:
        rows = rows.filter(channel=sought.channel)
    if sought.state in ("answered", "to_pass_on") and order_by == "due_on":
        order_by = "-received_at"  # no clock runs: the newest first
    return page_of(rows.order_by(_first(order_by), "clock_from_at", "id").values(*ROW), page)


def _first(order_by: str) -> Any:
    """A stopped clock comes last either way; other columns are always there, and are sorted as their index is."""
    if order_by == "-due_on":
        return F("due_on").desc(nulls_last=True)
    return order_by


def counts(reader: Any) -> dict[str, int]:
    """How many wait, are late, are stopped, and are decided with the referrer, or the agency that helps, still to be told.

    Each is counted no further than `UpTo` does, all in one query. `late` counts every clock, the others one of the two.
    `week` is what runs out in the seven days from today.
    """
    rows = _of_my_areas(reader)
    today = clock.today()
    late, week = rows.filter(due_on__lt=today), rows.filter(due_on__range=(today, today + clock.WEEK))
    parts = {
        "late_to_decide": late.filter(state__in=UNDECIDED),
        "late_to_tell": late.filter(state=State.DECIDED),
        "week_to_decide": week.filter(state__in=UNDECIDED),
        "week_to_tell": week.filter(state=State.DECIDED),
        "danger": rows.filter(IN_DANGER),
        "undecided": rows.filter(state=State.RECEIVED),
        "paused": rows.filter(state=State.PAUSED),
        "to_tell": rows.filter(state=State.DECIDED),
        "to_pass_on": rows.filter(to_pass_on=True),
    }
    found = User.objects.filter(pk=reader.id).values(**{name: UpTo(part) for name, part in parts.items()}).get()
    return found | {"late": found["late_to_decide"] + found["late_to_tell"]}


def my_areas(reader: Any) -> list[tuple[str, str]]:
    """The areas whose requests the reader sees, for the filter: districts only."""
    held = areas_to_ask_in().filter(pk__one_of=areas(reader, "see_requests_in_area"))
    return [(area.code, area.name) for area in held]


def triage_of(reader: Any, reference: str) -> Request:
    """One request of the reader's areas, sent; the referrer of it has no business here."""
    request = request_of(reader, reference)
    if request.state == State.STARTED or not rules.sees_area(reader, request.area):
        raise Http404
    return request


@dataclass(frozen=True)
class FrontDoorSide:
    """What the front door wrote about a request, and the referrer does not read."""

    notes: list[Note]
    decisions: list[Decision]
    handovers: list[Handover]
    matches: dict[Any, PersonMatch]

    @property
    def decision(self) -> Decision | None:
        """The decision in force."""
        return next((decision for decision in self.decisions if decision.reopened_at is None), None)


def front_door_side(reader: Any, request: Request) -> FrontDoorSide:
    """Notes, decisions, handovers and matches, in four queries."""
    return FrontDoorSide(
        list(Note.objects.filter(request=request).select_related("written_by").order_by("-created_at")),
        list(
            Decision.objects.filter(request=request)
            .select_related("decided_by", "reopened_by", "agency", "case")
            .order_by("-decided_at")
        ),
        list(
            Handover.objects.filter(request=request)
            .select_related("from_area", "to_area", "moved_by")
            .order_by("-created_at")
        ),
        matches_of(request),
    )


def matches_of(request: Request) -> dict[Any, PersonMatch]:
    """Who is who, by the id of the person as typed."""
    return {
        match.typed_id: match
        for match in PersonMatch.objects.filter(request=request).select_related("matched_by", "person")
    }


def typed_person_of(reader: Any, request: Request, key: Any) -> RequestPerson:
    """One person as typed on the request."""
    person = RequestPerson.objects.visible_to(reader).filter(request=request, pk=key).first()
    if person is None:
        raise Http404
    return person


def earlier_requests(reader: Any, request: Request, people: list[RequestPerson]) -> list[dict[str, Any]]:
    """Earlier requests of the reader's areas that name one of these people: same name, and no other birth date."""
    same = Q(folded_name=None)  # nobody, to begin with
    for person in people:
        if person.folded_name:
            born = ~Q(birth_precision="full") | Q(born_on=person.born_on) if person.birth_precision == "full" else Q()
            same |= Q(folded_name=person.folded_name) & born
    named = RequestPerson.objects.filter(same).values("request_id")
    rows = _of_my_areas(reader).filter(pk__in=named).exclude(pk=request.pk).order_by("-received_at")
    return list(rows.values(*EARLIER)[:20])


def unmatched(people: list[RequestPerson], matches: dict[Any, PersonMatch]) -> list[RequestPerson]:
    """People of whom nobody has said whether they are known."""
    return [person for person in people if person.id not in matches]
