"""Who may put on, book, give up, cancel and say who was there; and the sentence when they may not."""

from collections.abc import Collection
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refusal
from hearth.oversight.quality.workforce.models import BookingState, Course, CourseBooking, CourseRun, RunState
from hearth.oversight.quality.workforce.reach import LEADS, SEES

NOT_YOURS = Refusal(
    "workforce.not_yours", "You can book yourself and the people you look after. Ask their own manager to book them."
)
LOOK_AGAIN = "Open the run again to see how it stands."


def why_not_see(user: Any) -> Refusal | None:
    """Courses, and one's own training."""
    if user.may(SEES):
        return None
    return Refusal("workforce.may_not_see", "Your role does not include courses. Ask your manager.")


def why_not_lead(user: Any) -> Refusal | None:
    """Everything that only the workforce lead does."""
    if user.may(LEADS):
        return None
    return Refusal(
        "workforce.may_not_lead", "Only whoever leads the workforce puts on courses. Ask them to put this one on."
    )


def why_not_write_course(user: Any, competence: str, valid_months: int | None) -> Refusal | None:
    """Putting on a course, or changing what it says."""
    if refusal := why_not_lead(user):
        return refusal
    if competence and pack().workforce.competence(competence) is None:
        return Refusal("workforce.no_such_competence", "Choose what it teaches from the list.")
    if valid_months is not None and not competence:
        return Refusal(
            "workforce.no_certificate",
            "It gives no certificate, so that none can run out. Choose what it teaches, or leave the months empty.",
        )
    return None


def why_not_run(user: Any, course: Course, held_on: Any, organiser: Any) -> Refusal | None:
    """Planning a run of a course that is still offered, on a day to come."""
    if refusal := why_not_lead(user):
        return refusal
    if course.retired_on is not None:
        return Refusal("workforce.retired", "This course is not offered any more, so that it cannot be run.")
    if held_on < clock.today():
        return Refusal("workforce.day_has_passed", "The day must be today or later.")
    if not organiser.may(SEES):
        return Refusal(
            "workforce.cannot_organise",
            "Their role does not include courses, so that they cannot organise one. Choose somebody else.",
        )
    return None


def runs_it(user: Any, run: CourseRun) -> bool:
    """Whether somebody looks after a run: who organises it, or leads the workforce."""
    return bool(run.organiser_id == user.id or user.may(LEADS))


def why_not_look_after(user: Any, run: CourseRun) -> Refusal | None:
    """Anything done to a run as a whole."""
    if runs_it(user, run):
        return None
    return Refusal("workforce.not_organiser", "Only whoever organises this run does that. Ask them.")


def _why_not_planned(run: CourseRun) -> Refusal | None:
    if run.state == RunState.CANCELLED:
        return Refusal("workforce.cancelled", f"This run was cancelled. {LOOK_AGAIN}")
    if run.state == RunState.HELD:
        return Refusal("workforce.held", f"This run was held already. {LOOK_AGAIN}")
    return None


def why_not_change_run(user: Any, run: CourseRun, seats: int, taken: int, held_on: Any) -> Refusal | None:
    """Another day, hour, place or number of seats: never fewer than are taken."""
    if refusal := why_not_look_after(user, run) or _why_not_planned(run):
        return refusal
    if held_on < clock.today():
        return Refusal("workforce.day_has_passed", "The day must be today or later.")
    if seats < taken:
        return Refusal(
            "workforce.seats_taken",
            f"{taken} seats are taken already. Keep at least so many, or cancel bookings first.",
        )
    return None


def why_not_cancel_run(user: Any, run: CourseRun, why: str) -> Refusal | None:
    """Cancelling it, with why."""
    if refusal := why_not_look_after(user, run) or _why_not_planned(run):
        return refusal
    if not why.strip():
        return Refusal("workforce.no_reason", "Say why it is cancelled: everybody who is booked reads it.")
    return None


def why_not_book(user: Any, run: CourseRun, person: Any, theirs: bool, booked: bool) -> Refusal | None:
    """A seat for oneself or for somebody whom one looks after, before it begins, once."""
    if refusal := why_not_see(user) or _why_not_planned(run):
        return refusal
    if person.id != user.id and not theirs:
        return NOT_YOURS
    if not person.is_active:
        return Refusal("workforce.left", "This person’s account is closed, so that they cannot be booked.")
    if run.has_begun:
        return Refusal("workforce.begun", "This run has begun, so that nobody can be booked on it any more.")
    if booked:
        return Refusal(
            "workforce.booked_already", "They are booked on this run, or wait for it, already. Nothing was changed."
        )
    return None


def why_not_take_seat(user: Any, booking: CourseBooking, theirs: bool) -> Refusal | None:
    """Taking the seat that was offered, until its last day."""
    if booking.person_id != user.id and not theirs:
        return NOT_YOURS
    if booking.state != BookingState.OFFERED:
        return Refusal("workforce.not_offered", f"No seat is offered here any more. {LOOK_AGAIN}")
    if booking.offered_until is not None and booking.offered_until < clock.today():
        return Refusal(
            "workforce.offer_lapsed", "The days for answering have passed, and the seat goes to the next in line."
        )
    return None


def why_not_cancel_booking(user: Any, booking: CourseBooking, theirs: bool) -> Refusal | None:
    """Giving a place up: whoever holds it, whoever looks after them, or after the run."""
    if booking.person_id != user.id and not theirs and not runs_it(user, booking.run):
        return NOT_YOURS
    if not booking.is_open:
        return Refusal("workforce.not_booked", f"This booking was given up, or the run was held, already. {LOOK_AGAIN}")
    return None


def why_not_record_attendance(
    user: Any, run: CourseRun, people: Collection[Any], attended: Collection[Any]
) -> Refusal | None:
    """Saying who was there: whoever organises it, once it has begun; said again, it is as said last."""
    if refusal := why_not_look_after(user, run):
        return refusal
    if run.state == RunState.CANCELLED:
        return Refusal("workforce.cancelled", f"This run was cancelled. {LOOK_AGAIN}")
    if not run.has_begun:
        return Refusal("workforce.not_begun", "This run has not begun yet. Say who was there when it has.")
    if not people:
        return Refusal("workforce.nobody_booked", "Nobody was booked on this run, so that nobody can have been there.")
    if set(attended) - set(people):
        return Refusal("workforce.others", "Somebody was given up meanwhile. Open the page again.")
    return None
