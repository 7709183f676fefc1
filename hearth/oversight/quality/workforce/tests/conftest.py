"""A course with a run of two seats, planned by the workforce lead and organised by a development officer."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.oversight.quality.workforce.courses import actions, queries
from hearth.oversight.quality.workforce.models import Course, CourseBooking, CourseRun

AT = {"starts_at": dt.time(9, 30), "ends_at": dt.time(16)}


@contextmanager
def refused(code: str) -> Iterator[None]:
    """It is refused, and by this rule."""
    with pytest.raises(Refused) as told:
        yield
    assert told.value.refusal.code == code


def in_(days: int) -> dt.date:
    """So many days from today."""
    return clock.today() + dt.timedelta(days=days)


@pytest.fixture
def course(cast: Any) -> Course:
    """Safeguarding, renewed after three years."""
    lead = cast.quality_lead
    with acting_as(lead):
        return actions.add_course(
            by=lead, title="Safeguarding together", about="A day.", competence="safeguarding", valid_months=36
        )


@pytest.fixture
def planned(cast: Any, course: Course) -> Callable[..., CourseRun]:
    """A run of it, in ten days, with two seats."""

    def do(days: int = 10, seats: int = 2, **more: Any) -> CourseRun:
        lead = cast.quality_lead
        with acting_as(lead):
            said = {"held_on": in_(days), "place": "Town hall", "organiser": cast.development_officer, **AT} | more
            return actions.add_course_run(by=lead, course=course, seats=seats, **said)

    return do


def book(by: Any, run: CourseRun, person: Any = None) -> CourseBooking:
    """Somebody books, for themselves or for another."""
    with acting_as(by):
        return actions.book_course(by=by, run=queries.run_of(by, run.reference), person=person or by)


def place(reader: Any, run: CourseRun, person: Any = None) -> CourseBooking:
    """Somebody's place, as a reader has it."""
    with acting_as(reader):
        return queries.booking_of(reader, queries.run_of(reader, run.reference), (person or reader).reference)


def give_up(by: Any, run: CourseRun, person: Any = None) -> None:
    """Somebody gives a place up."""
    with acting_as(by):
        found = queries.run_of(by, run.reference)
        actions.cancel_booking(by=by, run=found, booking=queries.booking_of(by, found, (person or by).reference))


def standing(reader: Any, run: CourseRun) -> dict[str, str]:
    """Who stands how with a run, as a reader sees it."""
    with acting_as(reader):
        return {each.person.full_name: each.state for each in queries.bookings_of(reader, run)}
