"""What may be written while a panel meets, by whom, and when its minutes may be approved; and the sentence when they may not."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from hearth.casework.panels.models import (
    DeclaredInterest,
    PanelAction,
    PanelAttendance,
    PanelDecision,
    PanelItem,
    PanelMeeting,
    PanelMember,
    Status,
)
from hearth.casework.panels.numbering import taken_numbers
from hearth.casework.panels.rules import kind_of, runs
from hearth.casework.panels.unmet.models import Theme
from hearth.casework.panels.unmet.themes.rules import why_not_escalate
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import count, day
from hearth.records.people.unnamed import why_not_unnamed

COSTS = ("resource", "spot_purchase")  # decisions that say what they cost and who pays
COULD_NOT = "could_not_be_offered"  # writes down an unmet need
ESCALATE = "escalate"  # asks the next level about a theme of unmet need
OF_A_FAMILY = ("lead_practitioner", "spot_purchase", "step_up", "could_not_be_offered")  # of a theme they say nothing
MOST = Decimal("1000000")
NOT_YET = "panels.not_yet"


def why_not_run(user: Any, meeting: PanelMeeting) -> Refusal | None:
    """Running the meeting: its chair and its coordinator, from its day until the minutes are approved."""
    if not runs(user, meeting.panel):
        return Refusal("panels.may_not_run", "Only the chair and the coordinator prepare and run the meeting. Ask one.")
    if meeting.cancelled_at is not None:
        return Refusal("panels.cancelled", "This meeting is called off. Add another one.")
    if meeting.meets_on > clock.today():
        return Refusal(NOT_YET, f"This meeting is on {day(meeting.meets_on)}. What it decides is written then.")
    if meeting.minutes_approved_at is not None:
        return Refusal("panels.approved", "The minutes of this meeting are approved. They stay as they are.")
    return None


def why_not_open_screen(user: Any, meeting: PanelMeeting) -> Refusal | None:
    """Opening the screen and the view for the wall: as running it, and before its day too, to rehearse; nothing is written there then."""
    refusal = why_not_run(user, meeting)
    return None if refusal is not None and refusal.code == NOT_YET else refusal


def have_begun(meeting: PanelMeeting) -> bool:
    """Whether there are minutes: from the day of the meeting on, where it is not called off."""
    return meeting.cancelled_at is None and meeting.meets_on <= clock.today()


def sectors_there(meeting: PanelMeeting) -> int:
    """How many of the kind's sectors somebody stood for."""
    wanted = kind_of(meeting.panel).sectors
    rows = PanelAttendance.objects.filter(meeting=meeting, was_there=True, sector__in=wanted)
    return rows.values("sector").distinct().count()


def why_no_quorum(meeting: PanelMeeting) -> Refusal | None:
    """Whether enough sectors are there to decide."""
    there, wanted = sectors_there(meeting), kind_of(meeting.panel).quorum
    if there >= wanted:
        return None
    here = (
        f"Those who are here stand for {count(there, 'sector')}"
        if there
        else "It is not written down that anybody is here"
    )
    return Refusal(
        "panels.no_quorum",
        f"{here}, and the panel decides with {wanted}. Write down who is here, give advice, or put it off.",
    )


def why_not_hear(user: Any, item: PanelItem) -> Refusal | None:
    """Writing about an item: whoever runs the meeting, and did not leave the room for it."""
    refusal = why_not_run(user, item.meeting)
    if refusal is not None:
        return refusal
    if item.status == Status.WITHDRAWN:
        return Refusal("panels.not_waiting", f"{item.reference} was taken back.")
    if DeclaredInterest.objects.filter(item=item, user=user, leaves=True).exists():
        return Refusal("panels.left_the_room", "You left the room for this one. Somebody else writes it down.")
    return None


def why_not_declare(user: Any, item: PanelItem, person: Any, words: str) -> Refusal | None:
    """An interest of somebody who sits there, or is there; once, in words."""
    refusal = why_not_run(user, item.meeting)
    if refusal is None and not words.strip():
        return Refusal("panels.interest", "Say what the interest is.")
    seats = PanelMember.objects.now().filter(panel=item.panel, user=person).exists()
    there = PanelAttendance.objects.filter(meeting=item.meeting, user=person, was_there=True).exists()
    if refusal is None and not (seats or there):
        return Refusal("panels.is_not_here", f"{person.full_name} neither sits on the panel nor is here.")
    return refusal


def why_not_decide(user: Any, item: PanelItem, kind: str, words: str, reasons: str) -> Refusal | None:
    """A decision: of a kind that there is, in words, with its reasons; with a quorum, but for advice."""
    refusal = why_not_hear(user, item)
    found = find(pack().panels.decisions, kind)
    if refusal is None and (found is None or found.retired):
        return Refusal("panels.decision", "Choose what was decided.")
    if refusal is None and item.family_id is None and kind in OF_A_FAMILY:
        return Refusal(
            "panels.of_a_family", "That is decided about a family, and this is a theme. Choose what was decided."
        )
    if refusal is None and not (words.strip() and reasons.strip()):
        return Refusal("panels.decision_words", "Write what was decided, and why.")
    return refusal or (why_no_quorum(item.meeting) if kind != "advice" else None)


def why_not_these_facts(kind: str, cost: Decimal | None, budget: str, lead: Any) -> Refusal | None:
    """What goes with the kind: who leads; what it costs, and who pays."""
    if kind == "lead_practitioner" and (lead is None or not lead.is_active or not lead.may("work_case")):
        return Refusal("panels.lead", "Name the lead practitioner: somebody who signs in and works with families.")
    if kind in COSTS and (cost is None or not budget.strip()):
        return Refusal("panels.cost", "Say what it costs, nought where nothing, and which budget pays.")
    if cost is not None and not 0 <= cost <= MOST:
        return Refusal("panels.cost", "Enter what it costs in pounds, from 0 to 1,000,000.")
    return None


def why_not_missed(item: PanelItem, kind: str, need: str) -> Refusal | None:
    """What could not be offered is written down once for each need."""
    if kind != COULD_NOT:
        return None
    said = PanelDecision.objects.filter(
        item=item, withdrawn_at=None, unmet_need__need=need, unmet_need__withdrawn_at=None
    )
    if said.exists():
        return Refusal("panels.missed_already", "It is written down already that this could not be offered.")
    return None


def why_not_escalate_too(user: Any, theme: Theme) -> Refusal | None:
    """Escalating a theme with the decision: whoever works it, while its sub-group has it. A level that is asked speaks for itself."""
    if not theme.is_worked:
        return Refusal("panels.with_a_level", f"{theme.title} is not with its sub-group now.")
    return why_not_escalate(user, theme)


def why_not_these_words(user: Any, theme: Theme | None, words: str, reasons: str) -> Refusal | None:
    """What goes to those who are asked names nobody: they may open no family."""
    return why_not_unnamed(user, words, reasons) if theme is not None else None


def why_not_act(user: Any, item: PanelItem, what: str, owner: Any, due_on: dt.date) -> Refusal | None:
    """An action: something, by somebody who signs in, by a day to come."""
    refusal = why_not_hear(user, item)
    if refusal is None and (not what.strip() or owner is None or not owner.is_active):
        return Refusal("panels.action", "Write what is to be done, and who does it.")
    if refusal is None and due_on < item.meeting.meets_on:
        return Refusal("panels.action_day", "The day must not be before the meeting.")
    return refusal


def why_not_take_back(user: Any, decision: PanelDecision) -> Refusal | None:
    """Taking back what was written by mistake: before the minutes are approved."""
    refusal = why_not_hear(user, decision.item)
    if refusal is None and decision.withdrawn_at is not None:
        return Refusal("panels.taken_back", "This was taken back already.")
    return refusal


def why_not_put_off(user: Any, item: PanelItem, to: PanelMeeting) -> Refusal | None:
    """Putting an item off: to a later meeting of the same panel, while nothing is decided about it."""
    refusal = why_not_run(user, item.meeting)
    if refusal is None and item.status != Status.PROPOSED:
        return Refusal("panels.not_waiting", f"{item.reference} is {item.get_status_display().lower()} already.")
    if refusal is None and (
        to.panel_id != item.panel_id or to.meets_on <= item.meeting.meets_on or to.cancelled_at is not None
    ):
        return Refusal("panels.later_meeting", "Choose a later meeting of this panel.")
    return refusal


def why_not_approve(user: Any, meeting: PanelMeeting, heard: Iterable[PanelItem]) -> Refusal | None:
    """Approving the minutes: the chair, once each item was heard or put off, and as long as they may read all of it."""
    refusal = why_not_run(user, meeting)
    if refusal is not None:
        return refusal
    if not PanelMember.objects.now().filter(panel=meeting.panel, user=user, is_chair=True).exists():
        return Refusal("panels.chair_approves", "The chair approves the minutes. Ask them to.")
    if not PanelAttendance.objects.filter(meeting=meeting, was_there=True).exists():
        return Refusal("panels.nobody_there", "Write down first who was there.")
    if waiting := len(taken_numbers(meeting, waiting=True)):
        return Refusal(
            "panels.not_all_heard",
            f"{count(waiting, 'item of the list was', 'items of the list were')} neither heard nor put off. Do that first.",
        )
    if len(taken_numbers(meeting)) > len(list(heard)):
        return Refusal(
            "panels.not_all_read",
            "Something on this list is closed to you, so that you cannot approve what was said of it. Ask the manager of the area.",
        )
    return None


def why_not_finish(user: Any, action: PanelAction) -> Refusal | None:
    """Saying that an action is done: its owner, or whoever runs the panel."""
    if action.done_at is not None:
        return Refusal("panels.action_done", "This is done already.")
    if action.owner_id == user.id or runs(user, action.meeting.panel):
        return None
    return Refusal("panels.action_of_another", "Whoever is to do it says that it is done.")
