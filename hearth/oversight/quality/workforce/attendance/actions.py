"""Writes: who was there, and the certificate that it gives."""

from collections.abc import Collection
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.oversight.quality.workforce.attendance import queries
from hearth.oversight.quality.workforce.competence.lasting import last_day
from hearth.oversight.quality.workforce.courses import rules
from hearth.oversight.quality.workforce.courses.actions import take_turns
from hearth.oversight.quality.workforce.models import BookingState, CourseBooking, CourseRun, RunState, TrainingRecord
from hearth.oversight.quality.workforce.telling import tell

CORRECTED = "Their attendance was corrected."


@action
def record_attendance(*, by: Any, run: CourseRun, attended: Collection[Any]) -> CourseRun:
    """Say who was there, by their keys. Whoever was gets the certificate; said again, it is as said last, and what was wrong is taken back."""
    take_turns(run)
    rows = queries.to_attend(by, run)
    refuse(rules.why_not_record_attendance(by, run, {each.person_id for each in rows}, attended))
    for booking in rows:
        _note(by, run, booking, booking.person_id in attended)
    for booking in queries.left_in_line(by, run):
        booking.state, booking.offered_until = BookingState.CANCELLED, None
        booking.save(update_fields=["state", "offered_until"])
    if run.state != RunState.HELD:
        run.state = RunState.HELD
        run.save(update_fields=["state"])
        for answer in queries.needs_answered(by, run):
            tell(by, answer.raised_by, "need_course_held", run, answer.pk)
    record("workforce.attendance_recorded", subject=run, attended=len(set(attended)), booked=len(rows))
    return run


def _note(by: Any, run: CourseRun, booking: CourseBooking, was_there: bool) -> None:
    state = BookingState.ATTENDED if was_there else BookingState.ABSENT
    if booking.state == state:
        return
    booking.state = state
    booking.save(update_fields=["state"])
    held = queries.certificate_of(by, booking)
    if was_there and held is None and run.course.competence:
        TrainingRecord(
            person_id=booking.person_id, organisation_id=booking.organisation_id, competence=run.course.competence, title=run.course.title,
            trained_on=run.held_on, until_on=last_day(run.held_on, run.course.valid_months), booking=booking, recorded_by=by,
        ).save(force_insert=True)  # fmt: skip
        tell(by, booking.person, "course_certificate", run, booking.pk)
    if not was_there and held is not None:
        held.withdrawn_at, held.withdrawn_why = clock.now(), CORRECTED
        held.save(update_fields=["withdrawn_at", "withdrawn_why"])
