"""Reads of a meeting while it runs, and of its minutes: the reader first, always through visible_to."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404

from hearth.casework.panels.items.queries import item_of
from hearth.casework.panels.models import (
    DeclaredInterest,
    ListEntry,
    PanelAction,
    PanelAttendance,
    PanelDecision,
    PanelItem,
    PanelMeeting,
    PanelMember,
    Status,
)
from hearth.casework.panels.rules import kind_of
from hearth.casework.panels.running import rules
from hearth.casework.panels.running.escalating import Escalation, escalation_of
from hearth.casework.panels.unmet import words as unmet
from hearth.casework.panels.unmet.models import ThemeState
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, offered, pack
from hearth.foundation.core.paging import Page, page_of

ANSWERED = (ThemeState.ANSWERED, ThemeState.CLOSED)
CHASED = 50  # actions that the page of a panel shows


@dataclass(frozen=True)
class Came:
    """Something that came of a decision afterwards: when, what, who said it, and in which words. It is no part of the minutes."""

    at: dt.datetime
    what: str
    who: str
    words: str


@dataclass
class Heard:
    """One item with what was said, decided and is to be done about it, as far as the reader may read it."""

    item: PanelItem
    interests: list[DeclaredInterest] = field(default_factory=list)
    decisions: list[PanelDecision] = field(default_factory=list)
    actions: list[PanelAction] = field(default_factory=list)
    escalation: Escalation | None = None  # of its theme of unmet need, where it was decided to escalate that

    @property
    def standing(self) -> list[PanelDecision]:
        """Decisions that were not taken back."""
        return [each for each in self.decisions if each.withdrawn_at is None]

    @property
    def since(self) -> list[Came]:
        """What came of it since, the first first: answers to needs and to an escalated theme, and actions that are done."""
        themes = [(self.missed(each), each.unmet_need.theme) for each in self.standing if each.unmet_need is not None]
        themes += [(self.item.title, self.item.theme)] if self.escalation is not None else []
        answered: dict[Any, Came] = {}
        for what, theme in themes:
            if theme is not None and theme.answered_at is not None and theme.state in ANSWERED:
                came = Came(theme.answered_at, f"Answered: {what}", _named(theme.answered_by), theme.answer)
                answered.setdefault(theme.pk, came)
        done = [
            Came(act.done_at, f"Done: {act.what}", _named(act.done_by), act.done_words)
            for act in self.actions
            if act.done_at is not None
        ]
        return sorted([*answered.values(), *done], key=lambda one: one.at)

    @property
    def waits(self) -> list[tuple[str, Any]]:
        """Needs that could not be met and have no answer yet: which, and the need."""
        found = [(self.missed(each), each.unmet_need) for each in self.standing if each.unmet_need is not None]
        return [(words, need) for words, need in found if not need.is_answered]

    def missed(self, decision: PanelDecision) -> str:
        """What could not be offered, in words."""
        return unmet.label("need", decision.unmet_need.need) if decision.unmet_need is not None else ""


def _named(user: Any) -> str:
    return f"{user.full_name}, {user.organisation.name}" if user is not None else ""


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be there: whom, for which sector, and in whose place."""

    user: Any
    sector: str
    instead_of: str = ""
    is_member: bool = True  # or was told of something on the list


@dataclass(frozen=True)
class Quorum:
    """How many sectors are there, and how many it needs."""

    there: int
    wanted: int

    @property
    def is_there(self) -> bool:
        """Whether it may decide."""
        return self.there >= self.wanted


def heard_at(reader: Any, meeting: PanelMeeting) -> list[Heard]:
    """Everything on a meeting's list that the reader may read, with what came of each: a fixed number of queries."""
    rows = PanelItem.objects.visible_to(reader).filter(meeting=meeting).exclude(status=Status.WITHDRAWN)
    items = list(
        rows.select_related(
            "family",
            "case",
            "panel__area",
            "meeting__panel",
            "proposed_by__organisation",
            "theme__area",
            "theme__answered_by__organisation",
        ).order_by("number")
    )
    return told_of(reader, items)


def told_of(reader: Any, items: Sequence[PanelItem]) -> list[Heard]:
    """The same of items in hand."""
    found = {item.id: Heard(item) for item in items}
    prefetch_related_objects([item.theme for item in items if item.theme is not None], "actions")
    about: dict[str, Any] = {"item__in": list(found)}
    for interest in DeclaredInterest.objects.visible_to(reader).filter(**about).select_related("user__organisation"):
        found[interest.item_id].interests.append(interest)
    decisions = PanelDecision.objects.visible_to(reader).filter(**about).order_by("decided_at", "id")
    # The need is read apart: whoever may not read it still reads the decision.
    for decision in decisions.select_related(
        "lead__organisation", "recorded_by", "unmet_need__theme__answered_by__organisation", "unmet_need__recorded_by"
    ):
        found[decision.item_id].decisions.append(decision)
        if decision.kind == rules.ESCALATE and decision.withdrawn_at is None:
            heard = found[decision.item_id]
            heard.escalation = escalation_of(reader, heard.item)
    actions = PanelAction.objects.visible_to(reader).filter(**about).order_by("due_on", "created_at")
    for act in actions.select_related("owner__organisation", "done_by__organisation"):
        found[act.item_id].actions.append(act)
    return list(found.values())


def chosen(heard: list[Heard], number: str | None) -> Heard | None:
    """The item that is on screen: the one asked for, else the first that waits, else the first."""
    wanted = next((each for each in heard if str(each.item.number) == number), None)
    waiting = next((each for each in heard if each.item.status == Status.PROPOSED), None)
    return wanted or waiting or (heard[0] if heard else None)


def beside(heard: list[Heard], current: Heard | None) -> tuple[Heard | None, Heard | None]:
    """The items before and after the one on screen."""
    if current is None:
        return None, None
    place = heard.index(current)
    return (heard[place - 1] if place else None), (heard[place + 1] if place + 1 < len(heard) else None)


def attendance_of(reader: Any, meeting: PanelMeeting) -> list[PanelAttendance]:
    """Who was there, by name."""
    rows = PanelAttendance.objects.visible_to(reader).filter(meeting=meeting, was_there=True)
    return list(rows.select_related("user__organisation").order_by("user__full_name"))


def candidates(reader: Any, meeting: PanelMeeting) -> list[Candidate]:
    """Who may be there: members, deputies, and those who were told of something on the list."""
    found: dict[Any, Candidate] = {}
    seats = PanelMember.objects.visible_to(reader).filter(panel=meeting.panel, ended_at=None)
    for seat in seats.select_related("user__organisation", "deputy__organisation").order_by("user__full_name"):
        found[seat.user_id] = Candidate(seat.user, seat.sector)
        if seat.deputy is not None:
            found.setdefault(seat.deputy_id, Candidate(seat.deputy, seat.sector, seat.user.full_name))
    told = ListEntry.objects.visible_to(reader).filter(meeting=meeting, as_member=False, ended_at=None)
    for entry in told.select_related("user__organisation").order_by("user__full_name"):
        found.setdefault(entry.user_id, Candidate(entry.user, entry.user.organisation.sector, is_member=False))
    return list(found.values())


def absent(present: Iterable[PanelAttendance], reader: Any, meeting: PanelMeeting) -> list[PanelMember]:
    """Members who were not there, nor their deputy."""
    there = {row.user_id for row in present}
    seats = PanelMember.objects.visible_to(reader).filter(panel=meeting.panel, ended_at=None)
    rows = seats.select_related("user__organisation").order_by("user__full_name")
    return [seat for seat in rows if seat.user_id not in there and seat.deputy_id not in there]


def quorum_of(meeting: PanelMeeting, present: Iterable[PanelAttendance]) -> Quorum:
    """How many of its kind's sectors are there."""
    kind = kind_of(meeting.panel)
    return Quorum(len({row.sector for row in present} & set(kind.sectors)), kind.quorum)


def later_meetings(reader: Any, item: PanelItem) -> list[PanelMeeting]:
    """Where an item can be put off to."""
    rows = PanelMeeting.objects.visible_to(reader).filter(panel=item.panel, cancelled_at=None)
    return list(rows.filter(meets_on__gt=item.meeting.meets_on, meets_on__gte=clock.today()).order_by("meets_on")[:6])


def decision_of(reader: Any, reference: str, number: int) -> PanelDecision:
    """One decision of an item, by its place among them."""
    item = item_of(reader, reference)
    found = list(PanelDecision.objects.visible_to(reader).filter(item=item).order_by("decided_at", "id"))
    if not 1 <= number <= len(found):
        raise Http404
    decision = found[number - 1]
    decision.item = item
    return decision


def own_actions(reader: Any, page: Any = 1) -> Page:
    """What panels asked the reader to do and is not done, the first due first: one query."""
    rows = PanelAction.objects.visible_to(reader).filter(owner=reader, done_at=None)
    # Never with its item: that may be closed to whoever is to do it, and the row would be lost with it.
    return page_of(rows.select_related("meeting__panel").order_by("due_on", "created_at", "id"), page)


def open_actions(reader: Any, panel: Any) -> list[PanelAction]:
    """What a panel asked of people and is not done, the first due first, for whoever chases it: of items that they may read. One query."""
    rows = PanelAction.objects.visible_to(reader).filter(meeting__panel=panel, done_at=None)
    return list(rows.select_related("owner__organisation", "meeting").order_by("due_on", "created_at", "id")[:CHASED])


def how_many_actions(reader: Any) -> int:
    """How many things panels asked the reader to do, and are not done: one query."""
    return len(days_of_actions(reader))


def days_of_actions(reader: Any) -> list[dt.date]:
    """By when panels asked each of them of the reader: one query."""
    rows = PanelAction.objects.visible_to(reader).filter(owner=reader, done_at=None)
    return list(rows.values_list("due_on", flat=True))


def action_of(reader: Any, reference: str) -> PanelAction:
    """One action, or a page that never says whether it exists."""
    rows = PanelAction.objects.visible_to(reader).filter(reference=reference)
    found = rows.select_related("meeting__panel", "owner").first()
    if found is None:
        raise Http404
    return found


def readable_items(reader: Any, actions: Iterable[PanelAction]) -> dict[Any, PanelItem]:
    """Those of the actions' items that the reader may open, with their families: one query."""
    keys = [act.item_id for act in actions]
    return PanelItem.objects.visible_to(reader).select_related("family").in_bulk(keys)


def decisions(*, of_family: bool = True) -> list[tuple[str, str]]:
    """What a panel can decide about a family, or about a theme."""
    found = offered(pack().panels.decisions)
    return found if of_family else [(code, words) for code, words in found if code not in rules.OF_A_FAMILY]


def decision_words(code: str) -> str:
    """A decision as the pack words it."""
    return label_of(pack().panels.decisions, code)


def may_run(reader: Any, meeting: PanelMeeting) -> bool:
    """Whether the reader is offered what chair and coordinator do in the meeting."""
    return rules.why_not_run(reader, meeting) is None


def may_open_screen(reader: Any, meeting: PanelMeeting) -> bool:
    """Whether the reader is offered the screen: on the day, or before it to rehearse."""
    return rules.why_not_open_screen(reader, meeting) is None


def why_not_approve_yet(reader: Any, meeting: PanelMeeting, heard: list[Heard]) -> str:
    """What stands in the way of approving; empty where nothing does."""
    refusal = rules.why_not_approve(reader, meeting, _all_of(reader, meeting))
    return refusal.sentence if refusal is not None else ""


def _all_of(reader: Any, meeting: PanelMeeting) -> list[PanelItem]:
    return list(PanelItem.objects.visible_to(reader).filter(meeting=meeting))
