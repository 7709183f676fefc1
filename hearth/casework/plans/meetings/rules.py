"""What may be done to a meeting, and the sentence when it may not."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from hearth.casework.cases import rules as case_rules
from hearth.casework.cases.models import Case
from hearth.casework.plans import rules
from hearth.casework.plans.models import Meeting
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal


def why_not_plan_meeting(user: Any, case: Case, kind: str, invited: Iterable[Any]) -> Refusal | None:
    """Planning a meeting: of a kind the pack knows, with people of the team, the family or anybody by name."""
    refusal = case_rules.why_not_write(user, case)
    if refusal is None and find(pack().plans.meeting_kinds, kind) is None:
        return Refusal("plans.meeting_kind", "Choose what kind of meeting it is.")
    return refusal or next(filter(None, (rules.why_not_ask(case, who) for who in invited)), None)


def why_not_change_meeting(user: Any, meeting: Meeting) -> Refusal | None:
    """Changing when or where: while it is planned."""
    refusal = case_rules.why_not_write(user, meeting.case)
    if refusal is None and meeting.state != Meeting.State.PLANNED:
        return Refusal("plans.meeting_over", "This meeting was held or cancelled. Plan another one.")
    return refusal


def why_not_record_meeting(user: Any, meeting: Meeting, held_on: dt.date, attendance: Iterable[str]) -> Refusal | None:
    """Writing minutes: of a meeting that was not cancelled, on a day that has come, in the pack's words."""
    refusal = case_rules.why_not_write(user, meeting.case)
    if refusal is None and meeting.state == Meeting.State.CANCELLED:
        return Refusal("plans.meeting_cancelled", "This meeting was cancelled. Plan another one.")
    if refusal is None and held_on > clock.today():
        return Refusal("plans.meeting_in_future", "The day of the meeting must be today or in the past.")
    known = {each.code for each in pack().plans.attendances}
    if refusal is None and not set(attendance) <= {*known, ""}:
        return Refusal("plans.attendance", "Choose for each person whether they came.")
    return refusal


def came() -> str:
    """The pack's word for somebody who was there: the first of its list."""
    return pack().plans.attendances[0].code
