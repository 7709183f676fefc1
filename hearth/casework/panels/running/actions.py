"""Write down who is there and what is decided; put off; approve the minutes."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hearth.casework.cases.due import set_due
from hearth.casework.cases.models import Case
from hearth.casework.cases.steps.naming import everybody_of, named_in
from hearth.casework.panels.after.actions import follow_up
from hearth.casework.panels.items.actions import DUE
from hearth.casework.panels.items.carrying import hear_at, waits_again
from hearth.casework.panels.meetings.actions import tell_of_list
from hearth.casework.panels.models import (
    DeclaredInterest,
    PanelAction,
    PanelAttendance,
    PanelDecision,
    PanelItem,
    PanelMeeting,
    Status,
)
from hearth.casework.panels.running import rules
from hearth.casework.panels.running.consequences import (
    Missed,
    escalate_too,
    missed_facts,
    not_missed,
    theme_to_escalate,
)
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.text import clean
from hearth.foundation.messages.actions import send


def _held(by: Any, item: PanelItem) -> None:
    """The meeting and the item, held: minutes are not approved while somebody writes."""
    refuse(rules.why_not_run(by, item.meeting))
    item.meeting.hold()
    item.hold()


def _named(item: PanelItem, *texts: str) -> list[Any]:
    return named_in(everybody_of(item.family), *texts) if item.family is not None else []


@action
def record_panel_attendance(*, by: Any, meeting: PanelMeeting, there: Mapping[Any, str]) -> None:
    """Write down who is there, each with the sector they stand for; whoever was written before and is not named was not."""
    refuse(rules.why_not_run(by, meeting))
    meeting.hold()
    refuse(rules.why_not_run(by, meeting))
    rows = {row.user_id: row for row in PanelAttendance.objects.filter(meeting=meeting)}
    for user, sector in there.items():
        row = rows.get(user.id) or PanelAttendance(meeting=meeting, user=user)
        row.sector, row.was_there, row.recorded_by = sector, True, by
        row.save(force_insert=row._state.adding)
    gone = PanelAttendance.objects.filter(meeting=meeting).exclude(user__in=[user.id for user in there])
    gone.update(was_there=False, recorded_by=by)
    record("panels.attendance_recorded", subject=meeting, people=len(there))


@action
def declare_interest(*, by: Any, item: PanelItem, user: Any, words: str, leaves: bool) -> DeclaredInterest:
    """Write down that somebody has an interest of their own in an item; said again, it is as said last."""
    words = clean(words).strip()
    refuse(rules.why_not_declare(by, item, user, words))
    _held(by, item)
    row = DeclaredInterest.objects.filter(item=item, user=user).first() or DeclaredInterest(item=item, user=user)
    row.words, row.leaves, row.people, row.recorded_by = words, leaves, _named(item, words), by
    row.save(force_insert=row._state.adding)
    record("panels.interest_declared", family=item.family_id, subject=item, who=user.reference, leaves=leaves)
    return row


@action
def decide_panel_item(
    *,
    by: Any,
    item: PanelItem,
    kind: str,
    words: str,
    reasons: str,
    cost: Decimal | None = None,
    budget: str = "",
    lead: Any = None,
    what: str = "",
    owner: Any = None,
    due_on: dt.date | None = None,
    missed: Missed | None = None,
) -> PanelDecision:
    """Write down one decision about an item, as facts; and the action that follows from it, where there is one.

    What could not be offered (`missed`) is written down as an unmet need in the same breath; a theme of unmet need that is to be escalated
    is escalated, where whoever writes it down may.
    """
    words, reasons, budget = clean(words).strip(), clean(reasons).strip(), clean(budget).strip()[:200]
    refuse(rules.why_not_decide(by, item, kind, words, reasons))
    theme = theme_to_escalate(by, item, kind)  # held before the meeting, as whoever brings it to another does
    _held(by, item)
    missed = (missed or Missed()) if kind == rules.COULD_NOT else None
    refuse(rules.why_not_decide(by, item, kind, words, reasons) or rules.why_not_these_facts(kind, cost, budget, lead))
    refuse(rules.why_not_missed(item, kind, missed.need if missed else ""))
    refuse(rules.why_not_these_words(by, theme, words, reasons))
    facts = missed_facts(by, item, missed, words) if missed else {"words": words}
    decision = PanelDecision(
        item=item, meeting=item.meeting, kind=kind, reasons=reasons, themes=item.themes, recorded_by=by,
        cost=cost if kind in rules.COSTS else None, budget=budget if kind in rules.COSTS else "",
        lead=lead if kind == "lead_practitioner" else None, people=_named(item, facts["words"], reasons),
        decided_at=clock.now(), **facts,
    )  # fmt: skip
    decision.save(force_insert=True)
    if theme is not None:
        escalate_too(by, theme, words, reasons)
    if what.strip() and due_on is not None:
        _act(by, item, what, owner, due_on)
    _heard(item)
    record("panels.item_decided", family=item.family_id, subject=item, kind=kind, cost=cost)
    return decision


def _heard(item: PanelItem) -> None:
    if item.status == Status.HEARD:
        return
    item.status, item.heard_at = Status.HEARD, clock.now()
    item.save(update_fields=["status", "heard_at"])
    if item.case_id is not None:
        set_due(case=Case.objects.get(pk=item.case_id), kind=DUE, done=True)


@action
def add_panel_action(*, by: Any, item: PanelItem, what: str, owner: Any, due_on: dt.date) -> PanelAction:
    """Write down something that somebody will do by a day."""
    refuse(rules.why_not_act(by, item, what, owner, due_on))
    _held(by, item)
    act = _act(by, item, what, owner, due_on)
    record("panels.action_added", family=item.family_id, subject=act, due=due_on)
    return act


def _act(by: Any, item: PanelItem, what: str, owner: Any, due_on: dt.date) -> PanelAction:
    what = clean(what).strip()[:300]
    refuse(rules.why_not_act(by, item, what, owner, due_on))
    act = PanelAction(
        reference=drawn_reference("PA"), item=item, meeting=item.meeting, family=item.family, what=what, owner=owner,
        due_on=due_on, people=_named(item, what), recorded_by=by,
    )  # fmt: skip
    act.save(force_insert=True)
    return act


@action
def take_back_decision(*, by: Any, decision: PanelDecision, why: str) -> PanelDecision:
    """Take back what was written by mistake. It is kept, and is not decided; an item with nothing decided waits again."""
    refuse(rules.why_not_take_back(by, decision))
    item = decision.item
    _held(by, item)
    decision.hold()
    refuse(rules.why_not_take_back(by, decision))
    why = clean(why).strip()[:200]
    if not why:
        refuse(Refusal("panels.no_reason", "Say why it is taken back."))
    decision.withdrawn_at, decision.withdrawn_by, decision.withdrawn_why = clock.now(), by, why
    decision.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    not_missed(by, decision)
    record("panels.decision_taken_back", family=item.family_id, subject=item)
    if not PanelDecision.objects.filter(item=item, withdrawn_at=None).exists():
        item.status, item.heard_at = Status.PROPOSED, None
        item.save(update_fields=["status", "heard_at"])
        waits_again(item)
    return decision


@action
def put_off_item(*, by: Any, item: PanelItem, to: PanelMeeting) -> PanelItem:
    """Hear it at a later meeting. What was opened to members for this one closes; they have it on the next list."""
    refuse(rules.why_not_put_off(by, item, to))
    _held(by, item)
    to.hold()
    refuse(rules.why_not_put_off(by, item, to))
    before = item.meeting
    told = hear_at(by=by, item=item, to=to)
    record("panels.item_put_off", family=item.family_id, subject=item, from_meeting=before.reference, to=to.reference)
    for user in told:
        tell_of_list(by=by, to=user, meeting=to, about=str(item.id))
    return item


@action
def approve_minutes(*, by: Any, meeting: PanelMeeting) -> PanelMeeting:
    """The chair approves the minutes: they stay as they are. Each who is to do something is told, and each who brought something."""
    heard = list(PanelItem.objects.visible_to(by).filter(meeting=meeting).select_related("proposed_by"))
    refuse(rules.why_not_approve(by, meeting, heard))
    meeting.hold()
    refuse(rules.why_not_approve(by, meeting, heard))
    meeting.minutes_approved_at, meeting.minutes_approved_by = clock.now(), by
    meeting.save(update_fields=["minutes_approved_at", "minutes_approved_by"])
    record("panels.minutes_approved", subject=meeting, items=len(heard))
    for act in PanelAction.objects.filter(meeting=meeting, done_at=None).select_related("owner"):
        send(by=by, to=act.owner, template="panel_action", link="/panel-actions/", key=f"panel_action {act.id}")
    for item in heard:
        if item.status == Status.HEARD:
            link = f"/panel-items/{item.reference}/"
            send(by=by, to=item.proposed_by, template="panel_answer", link=link, key=f"panel_answer {item.id}")
    follow_up(meeting, heard)
    return meeting


@action
def finish_panel_action(*, by: Any, act: PanelAction, done_words: str = "") -> PanelAction:
    """Say that an action is done, and what came of it."""
    refuse(rules.why_not_finish(by, act))
    act.hold()
    refuse(rules.why_not_finish(by, act))
    act.done_words = clean(done_words).strip()
    if not act.done_words:
        refuse(Refusal("panels.done_words", "Write what came of it."))
    act.done_at, act.done_by = clock.now(), by
    act.save(update_fields=["done_at", "done_by", "done_words"])
    record("panels.action_finished", family=act.family_id, subject=act)
    return act
