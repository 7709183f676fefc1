"""Panels: who sits on them, when they meet."""

import datetime as dt
from typing import Any

from hearth.casework.cases.steps.rules import StepBasis
from hearth.casework.panels import actions as panels
from hearth.casework.panels.items import actions as items
from hearth.casework.panels.meetings import actions as meetings
from hearth.casework.panels.models import PanelDecision, PanelMeeting, PanelMember
from hearth.casework.panels.questions import actions as questions
from hearth.casework.panels.running import actions as running
from hearth.foundation.core import clock
from tests.forms.at_once import Two, row

RUN_IT, SET_UP = ("panel_coordinator", "panel_chair"), ("development_officer", "development_officer")
MEETING = row("third_meeting", "panel__area")
QUESTION = row("question", "panel", "asked_by")
LED = ("family_worker", "family_worker")
ITEM = ("family", "case__area", "panel__area", "meeting__panel__area")


def _seat(town: Any) -> Any:
    """The place of the member who was planted."""
    rows = PanelMember.objects.select_related("panel__area", "user__organisation")
    return rows.get(panel=town.find("panel"), user=town.cast.county_manager)


def _move(by: Any, meeting: Any, days: int) -> Any:
    to = clock.add_working_days(meeting.meets_on, days)
    return panels.move_panel_meeting(
        by=by, meeting=meeting, meets_on=to, starts_at=dt.time(9), ends_at=dt.time(11), place="Elsewhere"
    )


def _decision(town: Any) -> Any:
    """The decision of the item that was heard."""
    rows = PanelDecision.objects.select_related("item__meeting__panel__area", "item__family")
    return rows.get(item=town.find("heard_item"))


def _propose(by: Any, case: Any) -> Any:
    meeting = (
        PanelMeeting.objects.to_come().select_related("panel__area").filter(panel__name="The panel").latest("meets_on")
    )
    basis = StepBasis("consent", "They agreed", agreed_on=clock.today())
    return items.propose_to_panel(
        by=by, case=case, meeting=meeting, ask="advice", themes=["housing"], words="The house is damp", basis=basis
    )


def _put_off(by: Any, item: Any) -> Any:
    later = PanelMeeting.objects.filter(panel=item.panel, meets_on__gt=clock.today(), cancelled_at=None)
    return running.put_off_item(by=by, item=item, to=later.earliest("meets_on"))


TABLE = [
    Two("items.propose_to_panel", row("working.case", "family", "area", "lead__organisation"), _propose,
        comes="panels.brought_already", who=LED),
    Two("meetings.send_panel_list", row("later_meeting", "panel__area"), lambda by, m: meetings.send_panel_list(by=by, meeting=m),
        comes="panels.nothing_to_send", who=RUN_IT),
    Two("items.withdraw_from_panel", row("item_unsent", *ITEM), lambda by, i: items.withdraw_from_panel(by=by, item=i, why="No need"),
        comes="panels.not_waiting", who=LED),
    Two("running.take_back_decision", _decision, lambda by, d: running.take_back_decision(by=by, decision=d, why="Of another"),
        comes="panels.taken_back", who=RUN_IT),
    Two("running.put_off_item", row("item", *ITEM), _put_off, comes="panels.not_yet", who=RUN_IT),
    Two("running.finish_panel_action", row("panel_action", "meeting__panel"),
        lambda by, a: running.finish_panel_action(by=by, act=a, done_words="Done"), comes="panels.action_done",
        who=("county_manager", "county_manager")),
    Two("running.approve_minutes", row("approvable_meeting", "panel__area"), lambda by, m: running.approve_minutes(by=by, meeting=m),
        comes="panels.approved", who=("panel_chair", "panel_chair")),
    Two("questions.answer_question", QUESTION, lambda by, q: questions.answer_question(by=by, question=q, answer="Ring us"),
        comes="panels.question_answered", who=RUN_IT),
    Two("questions.take_back_question", QUESTION, lambda by, q: questions.take_back_question(by=by, question=q, why="It names them"),
        comes="core.gone", who=RUN_IT),  # those who were asked read it no more
    Two("panels.end_panel", row("idle_panel", "area"), lambda by, p: panels.end_panel(by=by, panel=p, why="Merged"),
        comes="panels.ended", who=SET_UP),
    Two("panels.change_panel_member", _seat, lambda by, m: panels.change_panel_member(by=by, member=m),
        comes="done", who=RUN_IT),
    Two("panels.end_panel_member", _seat, lambda by, m: panels.end_panel_member(by=by, member=m),
        comes="panels.sits_no_more", who=RUN_IT),
    Two("panels.move_panel_meeting", MEETING, lambda by, m: _move(by, m, 1), lambda by, m: _move(by, m, 2), "done", who=RUN_IT,
        kept=lambda town, came: came.result.moves == 2),
    Two("panels.cancel_panel_meeting", MEETING, lambda by, m: panels.cancel_panel_meeting(by=by, meeting=m, why="Snow"),
        comes="panels.cancelled", who=RUN_IT),
]  # fmt: skip
