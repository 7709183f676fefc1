"""What each page of courses shows: put together from queries and rules, for the views."""

from typing import Any

from hearth.foundation.core.pack import label_of, pack
from hearth.oversight.quality.workforce.courses import queries, rules
from hearth.oversight.quality.workforce.models import BookingState, Course, CourseBooking, CourseRun, RunState
from hearth.oversight.quality.workforce.reach import LEADS

COLOURS = {
    "planned": "blue", "held": "green", "cancelled": "grey", "booked": "green", "waiting": "yellow", "offered": "purple",
    "attended": "green", "absent": "red",
}  # fmt: skip


def teaches(code: str) -> str:
    """What a competence is called."""
    return label_of(pack().workforce.competences, code) if code else "No certificate"


def overview(reader: Any, area: str, competence: str, page: Any) -> dict[str, Any]:
    """Runs to come, one's own bookings, and what is offered."""
    found = queries.coming(reader, area, competence, page)
    return {
        "runs": found,
        "places": queries.places_of(found.rows),
        "own": queries.own_bookings(reader),
        "offered": queries.offered(reader),
        "leads": reader.may(LEADS),
        "teaches": teaches,
        "colours": COLOURS,
    }


def course_of(reader: Any, course: Course) -> dict[str, Any]:
    """One course."""
    runs = queries.runs_of(reader, course)
    return {
        "course": course,
        "runs": runs,
        "places": queries.places_of(runs),
        "leads": reader.may(LEADS),
        "teaches": teaches,
        "colours": COLOURS,
    }


def run_of(reader: Any, run: CourseRun) -> dict[str, Any]:
    """One run, as its reader may see it."""
    rows = queries.bookings_of(reader, run)
    own = next((each for each in rows if each.person_id == reader.id), None)
    looks_after, people = rules.runs_it(reader, run), queries.looked_after(reader)
    return fullness(run) | {
        "own": own,
        "rows": rows if looks_after else [each for each in rows if each is not own],
        "runs_it": looks_after,
        "may_book": rules.why_not_book(reader, run, reader, False, own is not None) is None,
        "may_book_others": bool(people) and run.state == RunState.PLANNED and not run.has_begun,
        "may_record": rules.why_not_record_attendance(reader, run, rows, ()) is None,
        "theirs": {each.pk for each in people},
        "teaches": teaches,
        "colours": COLOURS,
    }


def fullness(run: CourseRun) -> dict[str, Any]:
    """A run, and how full it is."""
    places = queries.places_of([run])[run.pk]
    return {"run": run, "places": places, "left": places.left(run)}


def said_of_booking(booking: CourseBooking) -> str:
    """What came of it: the last seat may have gone while the page was open."""
    if booking.state == BookingState.BOOKED:
        return "A seat is booked."
    return "Every seat is taken, so they are on the waiting list. Whoever is first in line is offered the next seat that is given up."
