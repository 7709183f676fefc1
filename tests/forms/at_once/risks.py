"""The risk log: changed, followed, escalated, answered, closed; and a meeting on it."""

from typing import Any

from hearth.foundation.core.seen import seen_in
from hearth.oversight.governance.risks import actions
from hearth.oversight.governance.risks.meetings import actions as meetings
from tests.forms.at_once import Two, row

OFFICERS, LEADS = ("development_officer", "development_officer"), ("strategic_lead", "strategic_lead")
RISK, MEETING = ("area", "owner"), ("area", "started_by")
ATTENDED = ("present", "apologies", "words")


def _change(words: str) -> Any:
    def change(by: Any, risk: Any) -> Any:
        typed = {name: getattr(risk, name) for name in actions.SAID} | {"controls": words, "only_roles": ()}
        return actions.change_risk(by=by, risk=risk, seen=seen_in(risk, actions.SAID), **typed)

    return change


def _attend(words: str) -> Any:
    return lambda by, meeting: meetings.record_risk_attendance(
        by=by, meeting=meeting, present=words, seen=seen_in(meeting, ATTENDED)
    )


def _both(town: Any) -> tuple[Any, Any]:
    return row("risk_meeting", *MEETING)(town), row("risk_open", *RISK)(town)


TABLE = [
    Two("risks.change_risk", row("risk_open", *RISK), _change("One"), _change("Another"), "conflict", who=OFFICERS),
    Two("risks.review_risk", _both, lambda by, o: meetings.review_risk(by=by, meeting=o[0], risk=o[1], likelihood=2, impact=2),
        comes="risks.reviewed_already", who=OFFICERS),
    Two("risks.record_risk_attendance", row("risk_meeting", *MEETING), _attend("One"), _attend("Another"), "conflict", who=OFFICERS),
    Two("risks.end_risk_meeting", row("risk_meeting_full", *MEETING), lambda by, m: meetings.end_risk_meeting(by=by, meeting=m),
        comes="risks.meeting_ended", who=LEADS),
    Two("risks.finish_action_point", row("risk_point", "risk__area", "risk__owner", "owner"),
        lambda by, p: actions.finish_action_point(by=by, point=p, words="x"), comes="risks.action_done", who=OFFICERS),
    Two("risks.answer_escalation", row("risk_escalation", "risk__area", "risk__owner", "asked_by"),
        lambda by, e: actions.answer_escalation(by=by, escalation=e, answer="x"), comes="risks.answered_already", who=LEADS),
    Two("risks.escalate_risk", row("risk_open", *RISK), lambda by, r: actions.escalate_risk(by=by, risk=r, level="programme_board", asked="x"),
        comes="risks.escalated_already", who=OFFICERS),
    Two("risks.close_risk", row("risk_followed", *RISK), lambda by, r: actions.close_risk(by=by, risk=r, why="x"), comes="risks.closed",
        who=OFFICERS),
]  # fmt: skip
