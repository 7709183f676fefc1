"""Who holds a meeting on the log, reviews risks in it and ends it; and the sentence when not."""

from typing import Any

from hearth.foundation.core.refusals import Refusal
from hearth.oversight.governance.risks.models import Risk, RiskAssessment, RiskMeeting
from hearth.oversight.governance.risks.rules import why_not_edit, why_not_keep_in


def why_not_hold(user: Any, meeting: RiskMeeting) -> Refusal | None:
    """Holding it: whoever keeps the log there, until it has ended."""
    if meeting.ended_at is not None:
        return Refusal("risks.meeting_ended", "This meeting has ended, and its minutes stand. Hold the next one.")
    return why_not_keep_in(user, meeting.area)


def why_not_start(user: Any, area: Any, held: RiskMeeting | None) -> Refusal | None:
    """Starting: one at a time in a place."""
    refusal = why_not_keep_in(user, area)
    if refusal is None and held is not None:
        return Refusal("risks.meeting_held", "A meeting is being held there already. Go on with it, or end it first.")
    return refusal


def why_not_review(user: Any, meeting: RiskMeeting, risk: Risk) -> Refusal | None:
    """Reviewing: each risk of the place once in a meeting."""
    refusal = why_not_hold(user, meeting) or why_not_edit(user, risk)
    if refusal is not None:
        return refusal
    if not is_of(meeting, risk):
        return Refusal(
            "risks.another_place", "This risk is not of the place that the meeting is of. Open it from the log."
        )
    if RiskAssessment.objects.filter(meeting=meeting, risk=risk).exists():
        return Refusal("risks.reviewed_already", "This risk was reviewed in this meeting already. Go on to the next.")
    return None


def is_of(meeting: RiskMeeting, risk: Risk) -> bool:
    """Whether a meeting goes through a risk: the whole authority's through all, a locality's through its districts', a district's through its own."""
    if meeting.area_id is None:
        return True
    return risk.area is not None and meeting.area_id in (risk.area_id, risk.area.parent_id)


def why_not_end(user: Any, meeting: RiskMeeting, left: int) -> Refusal | None:
    """Ending: when it is said who was there, and each open risk was gone through."""
    refusal = why_not_hold(user, meeting)
    if refusal is not None:
        return refusal
    if not meeting.present.strip():
        return Refusal("risks.nobody_there_said", "Say who was there first.")
    if left:
        return Refusal(
            "risks.not_all_reviewed", f"{left} of the open risks were not gone through. Review each, or close it."
        )
    return None


def why_not_attended(present: str) -> Refusal | None:
    """Somebody was there."""
    return None if present.strip() else Refusal("risks.nobody_there_said", "Say who was there.")
