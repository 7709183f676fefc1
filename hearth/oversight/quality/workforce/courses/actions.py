"""Writes: put on a course, run it, book, offer a freed seat, give up, cancel. A run is held first, and its bookings take turns."""

import datetime as dt
from typing import Any

from django.db import connection

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.pack import pack
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean
from hearth.oversight.quality.workforce.courses import queries, rules
from hearth.oversight.quality.workforce.models import BookingState, Course, CourseBooking, CourseRun, RunState
from hearth.oversight.quality.workforce.telling import tell


def take_turns(run: CourseRun) -> None:
    """Of two who book the last seat at once, the second sees what the first did."""
    run.hold()
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('course run ' || %s, 0))", [str(run.pk)])


@action
def add_course(*, by: Any, title: str, about: str, competence: str = "", valid_months: int | None = None) -> Course:
    """Put on a course."""
    refuse(rules.why_not_write_course(by, competence, valid_months))
    course = Course(
        reference=drawn_reference("TC"), title=clean(title).strip(), about=clean(about).strip(), competence=competence,
        valid_months=valid_months, put_on_by=by,
    )  # fmt: skip
    course.save(force_insert=True)
    record("workforce.course_added", subject=course, competence=competence)
    return course


@action
def change_course(
    *, by: Any, course: Course, title: str, about: str, competence: str = "", valid_months: int | None = None, retired: bool = False,
    seen: str | None = None,
) -> Course:  # fmt: skip
    """Change what a course says, or offer it no more. Certificates that were given stay as they were given."""
    course.hold()
    refuse(rules.why_not_write_course(by, competence, valid_months))
    typed = {
        "title": clean(title).strip(), "about": clean(about).strip(), "competence": competence, "valid_months": valid_months,
        "retired_on": (course.retired_on or clock.today()) if retired else None,
    }  # fmt: skip
    write_seen(course, seen, typed, dict.fromkeys(("competence", "valid_months", "retired_on"), _words))
    course.save(update_fields=list(typed))
    record("workforce.course_changed", subject=course, competence=competence, retired=retired)
    return course


def _words(value: Any) -> str:
    return str(value or "Nothing")


@action
def add_course_run(
    *, by: Any, course: Course, held_on: dt.date, starts_at: dt.time, ends_at: dt.time, place: str, seats: int, organiser: Any,
    area: Any = None, trainer: str = "",
) -> CourseRun:  # fmt: skip
    """Plan a run of a course."""
    course.hold()
    refuse(rules.why_not_run(by, course, held_on, organiser))
    run = CourseRun(
        reference=drawn_reference("CR"), course=course, held_on=held_on, starts_at=starts_at, ends_at=ends_at, place=clean(place).strip(),
        seats=seats, organiser=organiser, area=area, trainer=clean(trainer).strip(),
    )  # fmt: skip
    run.save(force_insert=True)
    record("workforce.run_added", subject=run, held_on=held_on, seats=seats)
    tell(by, organiser, "course_to_organise", run, run.pk)
    return run


@action
def change_course_run(
    *, by: Any, run: CourseRun, held_on: dt.date, starts_at: dt.time, ends_at: dt.time, place: str, seats: int, trainer: str = "",
    seen: str | None = None,
) -> CourseRun:  # fmt: skip
    """Another day, hour, place or number of seats: whoever is booked or waits is told; and seats that are new go to those in line."""
    take_turns(run)
    refuse(rules.why_not_change_run(by, run, seats, queries.places_of([run])[run.pk].taken, held_on))
    typed = {
        "held_on": held_on, "starts_at": starts_at, "ends_at": ends_at, "place": clean(place).strip(), "seats": seats,
        "trainer": clean(trainer).strip(),
    }  # fmt: skip
    changed = write_seen(run, seen, typed, dict.fromkeys(("held_on", "starts_at", "ends_at", "seats"), _words))
    run.save(update_fields=list(typed))
    record("workforce.run_changed", subject=run, held_on=held_on, seats=seats)
    if {"held_on", "starts_at", "ends_at", "place"} & set(changed):
        for booking in _open(by, run):
            tell(by, booking.person, "course_changed", run, f"{booking.pk} {clock.now()}")
    offer_seats(by=by, run=run)
    return run


@action
def cancel_course_run(*, by: Any, run: CourseRun, why: str) -> CourseRun:
    """Cancel a run: whoever is booked or waits is told, and their bookings go with it."""
    take_turns(run)
    refuse(rules.why_not_cancel_run(by, run, why))
    run.state, run.cancelled_why = RunState.CANCELLED, clean(why).strip()
    run.save(update_fields=["state", "cancelled_why"])
    booked = _open(by, run)
    for booking in booked:
        _move(booking, BookingState.CANCELLED)
        tell(by, booking.person, "course_cancelled", run, booking.pk)
    record("workforce.run_cancelled", subject=run, booked=len(booked))
    return run


def _open(by: Any, run: CourseRun) -> list[CourseBooking]:
    return [each for each in queries.bookings_of(by, run) if each.is_open]


def _move(booking: CourseBooking, state: str, until: dt.date | None = None) -> None:
    booking.state, booking.offered_until = state, until
    booking.save(update_fields=["state", "offered_until"])


@action
def book_course(*, by: Any, run: CourseRun, person: Any) -> CourseBooking:
    """A seat for oneself or for somebody whom one looks after; a place in the line, where there is none."""
    take_turns(run)
    theirs = queries.looks_after(by, person)
    refuse(rules.why_not_book(by, run, person, theirs, queries.is_booked(by, run, person)))
    places = queries.places_of([run])[run.pk]
    booking = CourseBooking(
        run=run, person=person, organisation_id=person.organisation_id, place_in_line=places.last + 1, booked_by=by,
        state=BookingState.BOOKED if places.left(run) else BookingState.WAITING,
    )  # fmt: skip
    booking.save(force_insert=True)
    record("workforce.booked", subject=run, state=booking.state, for_another=person.id != by.id)
    tell(by, person, "course_booked", run, booking.pk)
    return booking


@action
def take_offered_seat(*, by: Any, run: CourseRun, booking: CourseBooking) -> CourseBooking:
    """Take the seat that was offered."""
    take_turns(run)
    booking.hold()
    refuse(rules.why_not_take_seat(by, booking, queries.looks_after(by, booking.person)))
    _move(booking, BookingState.BOOKED)
    record("workforce.seat_taken", subject=run)
    tell(by, booking.person, "course_booked", run, f"{booking.pk} taken")
    return booking


@action
def cancel_booking(*, by: Any, run: CourseRun, booking: CourseBooking) -> CourseBooking:
    """Give a place up. Where that frees a seat, the first in line is offered it, in the name of whoever organises the run."""
    take_turns(run)
    booking.hold()
    refuse(rules.why_not_cancel_booking(by, booking, queries.looks_after(by, booking.person)))
    frees = booking.state != BookingState.WAITING
    _move(booking, BookingState.CANCELLED)
    record("workforce.booking_cancelled", subject=run, frees=frees, for_another=booking.person_id != by.id)
    tell(by, booking.person, "booking_cancelled", run, booking.pk)
    if frees:
        defer("workforce.offer_seats", run=run.pk, organiser=run.organiser_id)
    return booking


@action
def offer_seats(*, by: Any, run: CourseRun) -> int:
    """Seats of whoever left, and offers that nobody answered, go to those in line, the first first; how many were offered. Safe to run twice."""
    take_turns(run)
    refuse(rules.why_not_look_after(by, run))
    given = 0
    if run.state == RunState.PLANNED and not run.has_begun:
        rows = _open(by, run)
        for booking in rows:
            lapsed = booking.offered_until is not None and booking.offered_until < clock.today()
            if lapsed or not booking.person.is_active:
                _move(booking, BookingState.CANCELLED)
                tell(by, booking.person, "offer_lapsed", run, booking.pk)
        free = run.seats - queries.places_of([run])[run.pk].taken
        until = min(clock.add_working_days(clock.today(), pack().workforce.offer_days), run.held_on)
        for booking in [each for each in rows if each.state == BookingState.WAITING][: max(free, 0)]:
            _move(booking, BookingState.OFFERED, until)
            tell(by, booking.person, "course_seat_offered", run, booking.pk)
            given += 1
    record("workforce.seats_offered", subject=run, given=given)
    return given
