"""Start a meeting on the log, say who is there, review each risk, and end it."""

import datetime as dt
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean
from hearth.oversight.governance.risks.actions import assessed, point_added
from hearth.oversight.governance.risks.meetings import rules
from hearth.oversight.governance.risks.meetings.queries import held_in, to_go_through
from hearth.oversight.governance.risks.models import Risk, RiskAssessment, RiskMeeting


@action
def start_risk_meeting(*, by: Any, area: Any = None) -> RiskMeeting:
    """Start a meeting, today."""
    refuse(rules.why_not_start(by, area, held_in(by, area)))
    made = RiskMeeting(reference=drawn_reference("RM"), area=area, held_on=clock.today(), started_by=by)
    made.save(force_insert=True)
    record("risks.meeting_started", subject=made, area=area.code if area else "")
    return made


@action
def record_risk_attendance(
    *, by: Any, meeting: RiskMeeting, present: str, apologies: str = "", words: str = "", seen: str | None = None
) -> RiskMeeting:  # fmt: skip
    """Who is there, who could not come, and what is said of no one risk."""
    meeting.hold()
    refuse(rules.why_not_hold(by, meeting))
    typed = {"present": clean(present).strip(), "apologies": clean(apologies).strip(), "words": clean(words).strip()}
    refuse(rules.why_not_attended(typed["present"]))
    changed = write_seen(meeting, seen, typed)
    if changed:
        meeting.save(update_fields=changed)
    record("risks.attendance_recorded", subject=meeting, changed=changed)
    return meeting


@action
def review_risk(
    *, by: Any, meeting: RiskMeeting, risk: Risk, likelihood: int, impact: int, words: str = "", what: str = "", owner: Any = None,
    due_on: dt.date | None = None,
) -> RiskAssessment:  # fmt: skip
    """Go through one risk: how it stands today, what was said, and what somebody does about it."""
    meeting.hold()
    risk.hold()
    refuse(rules.why_not_review(by, meeting, risk))
    made = assessed(by, risk, likelihood, impact, meeting.held_on, words, meeting)
    if what.strip():
        refuse(None if due_on else Refusal("risks.action_day", "Enter a day from today to two years from now."))
        assert due_on is not None  # noqa: S101 - refused just now
        point_added(by, risk, what, owner, due_on, meeting)
    record("risks.risk_reviewed", subject=risk, meeting=meeting.reference, score=made.score)
    return made


@action
def end_risk_meeting(*, by: Any, meeting: RiskMeeting) -> RiskMeeting:
    """End it: its minutes stand from now on."""
    meeting.hold()
    reviewed = set(RiskAssessment.objects.filter(meeting=meeting).values_list("risk_id", flat=True))
    left = sum(each.pk not in reviewed for each in to_go_through(by, meeting))
    refuse(rules.why_not_end(by, meeting, left))
    meeting.ended_at, meeting.ended_by = clock.now(), by
    meeting.save(update_fields=["ended_at", "ended_by"])
    record("risks.meeting_ended", subject=meeting, reviewed=len(reviewed))
    return meeting
