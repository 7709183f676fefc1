"""Reads of who may have been there: the reader first, always through visible_to."""

from typing import Any

from hearth.oversight.quality.workforce.models import BookingState, CourseBooking, CourseRun, NeedAnswer, TrainingRecord


def to_attend(reader: Any, run: CourseRun) -> list[CourseBooking]:
    """Whoever had a seat, by name."""
    seated = (BookingState.BOOKED, BookingState.ATTENDED, BookingState.ABSENT)
    rows = CourseBooking.objects.visible_to(reader).filter(run=run, state__in=seated)
    return list(rows.select_related("person", "organisation").order_by("person__full_name", "id"))


def left_in_line(reader: Any, run: CourseRun) -> list[CourseBooking]:
    """Whoever never had one."""
    rows = CourseBooking.objects.visible_to(reader).filter(
        run=run, state__in=(BookingState.WAITING, BookingState.OFFERED)
    )
    return list(rows.order_by("id"))


def certificate_of(reader: Any, booking: CourseBooking) -> TrainingRecord | None:
    """The certificate that a booking gave, as long as it stands."""
    return TrainingRecord.objects.visible_to(reader).standing().filter(booking=booking).first()


def needs_answered(reader: Any, run: CourseRun) -> list[NeedAnswer]:
    """What the course of a run answers, and who raised it."""
    rows = NeedAnswer.objects.visible_to(reader).filter(course_id=run.course_id)
    return list(rows.select_related("raised_by").order_by("created_at"))
