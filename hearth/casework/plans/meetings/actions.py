"""Plan meetings, write what was said and decided, and cancel them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hearth.casework.cases.actions import hold as hold_case
from hearth.casework.cases.due import set_due
from hearth.casework.cases.models import Case
from hearth.casework.plans.actions import named, refuse_stale
from hearth.casework.plans.meetings import rules
from hearth.casework.plans.models import Attendance, Meeting
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean


def _keep_due(meeting: Meeting) -> None:
    set_due(
        case=meeting.case,
        kind="meeting",
        what="Meeting of the team around the family: hold it, then write the minutes",
        due_on=clock.in_london(meeting.planned_for).date(),
        owner=meeting.case.lead,
        source_id=meeting.id,
        done=meeting.state != Meeting.State.PLANNED,
    )


@action
def plan_meeting(
    *,
    by: Any,
    case: Case,
    kind: str,
    planned_for: dt.datetime,
    invited: Iterable[Any],
    place: str = "",
    purpose: str = "",
    family_led: bool = False,
) -> Meeting:
    """Plan a meeting and say who is asked to come."""
    hold_case(case)
    who = list(invited)
    refuse(rules.why_not_plan_meeting(by, case, kind, who))
    same = Meeting.objects.filter(case=case, kind=kind, planned_for=planned_for, state=Meeting.State.PLANNED).first()
    if same is not None:  # sent twice
        record("plans.meeting_planned_again", family=case.family_id, subject=case, meeting=same.number)
        return same
    meeting = Meeting(
        case=case,
        family=case.family,
        number=Meeting.objects.filter(case=case).count() + 1,
        kind=kind,
        changed_by=by,
        planned_for=planned_for,
        place=clean(place).strip(),
        purpose=clean(purpose).strip(),
        family_led=family_led,
    )
    meeting.save(force_insert=True)
    for person in who:
        Attendance(meeting=meeting, family=case.family, **named(person)).save(force_insert=True)
    _keep_due(meeting)
    record(
        "plans.meeting_planned",
        family=case.family_id,
        subject=case,
        meeting=meeting.number,
        kind=kind,
        invited=len(who),
    )
    return meeting


def _fresh(meeting: Meeting) -> None:
    hold_case(meeting.case)
    meeting.refresh_from_db(
        from_queryset=Meeting.objects.select_related("case__lead", "case__area", "family", "changed_by")
    )


@action
def change_meeting(
    *,
    by: Any,
    meeting: Meeting,
    kind: str,
    planned_for: dt.datetime,
    invited: Iterable[Any],
    seen_version: int,
    place: str = "",
    purpose: str = "",
    family_led: bool = False,
) -> Meeting:
    """Change when, where, or who is asked."""
    _fresh(meeting)
    who = list(invited)
    refuse(rules.why_not_change_meeting(by, meeting))
    refuse(rules.why_not_plan_meeting(by, meeting.case, kind, [each for each in who if not _asked(meeting, each)]))
    typed = {"kind": kind, "planned_for": planned_for, "place": clean(place).strip(), "purpose": clean(purpose).strip()}
    refuse_stale(meeting, seen_version, typed)
    for name, value in typed.items():
        setattr(meeting, name, value)
    meeting.family_led, meeting.changed_by, meeting.version = family_led, by, meeting.version + 1
    meeting.save()
    for person in (each for each in who if not _asked(meeting, each)):
        Attendance(meeting=meeting, family=meeting.family, **named(person)).save(force_insert=True)
    _keep_due(meeting)
    record("plans.meeting_changed", family=meeting.family_id, subject=meeting.case, meeting=meeting.number)
    return meeting


def _asked(meeting: Meeting, who: Any) -> bool:
    return meeting.attendances.filter(**named(who)).exists()


@action
def record_meeting(
    *,
    by: Any,
    meeting: Meeting,
    held_on: dt.date,
    attendance: Mapping[Attendance, str],
    minutes: str,
    seen_version: int,
    decisions: str = "",
    family_words: str = "",
    chair: str = "",
    also_came: Sequence[str] = (),
) -> Meeting:
    """Write who came, what was said and what was decided. Written again it is corrected; what stood before is kept."""
    _fresh(meeting)
    refuse(rules.why_not_record_meeting(by, meeting, held_on, attendance.values()))
    typed = {
        "minutes": clean(minutes).strip(),
        "decisions": clean(decisions).strip(),
        "family_words": clean(family_words).strip(),
        "chair": clean(chair).strip(),
        "held_on": held_on,
    }
    refuse_stale(meeting, seen_version, typed)
    for name, value in typed.items():
        setattr(meeting, name, value)
    meeting.state, meeting.changed_by, meeting.version = Meeting.State.HELD, by, meeting.version + 1
    meeting.save()
    _write_attendance(meeting, attendance, also_came)
    _keep_due(meeting)
    record("plans.meeting_held", family=meeting.family_id, subject=meeting.case, meeting=meeting.number, on=held_on)
    return meeting


def _write_attendance(meeting: Meeting, attendance: Mapping[Attendance, str], also_came: Sequence[str]) -> None:
    for row, came in attendance.items():
        Attendance.objects.filter(pk=row.pk, meeting=meeting).update(came=came)
    for name in filter(None, (clean(each).strip() for each in also_came)):
        if not _asked(meeting, name):
            Attendance(meeting=meeting, family=meeting.family, came=rules.came(), **named(name)).save(force_insert=True)


@action
def cancel_meeting(*, by: Any, meeting: Meeting, cancelled_why: str) -> Meeting:
    """Cancel a planned meeting, and say why."""
    _fresh(meeting)
    refuse(rules.why_not_change_meeting(by, meeting))
    meeting.state, meeting.cancelled_why, meeting.changed_by = Meeting.State.CANCELLED, clean(cancelled_why).strip(), by
    meeting.save()
    _keep_due(meeting)
    record("plans.meeting_cancelled", family=meeting.family_id, subject=meeting.case, meeting=meeting.number)
    return meeting
