"""Courses and training in every state: a run that is open, one with a seat offered, one that was; and what was learnt elsewhere."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.quality.workforce.attendance.actions import record_attendance
from hearth.oversight.quality.workforce.competence.actions import record_training
from hearth.oversight.quality.workforce.courses import actions
from hearth.oversight.quality.workforce.courses.queries import booking_of
from hearth.oversight.quality.workforce.needs.actions import answer_need
from hearth.oversight.quality.workforce.needs.queries import need_with
from hearth.oversight.quality.workforce.supervision.actions import (
    open_supervision,
    start_supervision,
    write_supervision_note,
)
from tests.security.hostile.filling import in_days
from tests.security.hostile.way import LEAD, Way

AT: dict[str, Any] = {"starts_at": dt.time(9), "ends_at": dt.time(12), "place": "Planned room"}
DAY = dt.timedelta(days=1)
LEARNS = "colleague"  # a teacher, who is no hostile reader
SUPERVISES, SUPERVISED, FIRST = "county_manager", "panel_chair", {"number": "one"}
THEIRS, TIMES = {"person": f"{LEARNS}.reference"}, {"starts_at": "9am", "ends_at": "12pm", "seats": "9"}
TRAINED = {
    "change_course": Way(LEAD, "course_planned", typed={"valid_months": "", "competence": "", "retired": ""}),
    "add_course_run": Way(LEAD, "course_planned", typed=TIMES | {"area": "", "organiser": "lead_email"}),
    "book_course": Way(LEAD, "run_open", typed={"person": "me"}),
    "change_course_run": Way(LEAD, "run_open", typed=TIMES),
    "record_attendance": Way(LEAD, "run_past"),
    "take_offered_seat": Way(LEARNS, "run_offered", THEIRS, on="course_run"),
    "cancel_booking": Way(LEARNS, "run_open", THEIRS),
    "answer_need": Way(LEAD, more={"key": "training_need.pk"}, typed={"course": "course_second.reference"}),
    "write_supervision_note": Way(SUPERVISES, "supervised", typed={"case_reference": ""} | in_days("next_on", 20)),
    "change_supervision_note": Way(SUPERVISED, "supervised", FIRST, typed={"case_reference": "", "agreed": "Another"}),
    "agree_supervision_note": Way(SUPERVISED, "supervised", FIRST, on="supervision"),
    "open_supervision": Way("senior_development_officer", "supervised"),
    "withdraw_training": Way(LEAD, LEARNS, {"key": "learnt_elsewhere.pk"}),
}


def _run(by: Any, course: Any, days: int, seats: int = 9) -> Any:
    return actions.add_course_run(
        by=by, course=course, held_on=clock.today() + days * DAY, seats=seats, organiser=by, **AT
    )


def plant(world: Any) -> None:
    """The lead puts on a course; a teacher is booked, offered a seat, and was there once."""
    lead, person, more = world.cast.quality_lead, getattr(world.cast, LEARNS), world.more
    more.lead_email = lead.email
    with clock.frozen(clock.now() - 20 * DAY):
        with acting_as(lead):
            more.course_planned = course = actions.add_course(
                by=lead, title="Planned course", about="Planned", competence="safeguarding", valid_months=36
            )
            more.run_past, more.run_held = _run(lead, course, 10), _run(lead, course, 11)
        for run in (more.run_past, more.run_held):
            with acting_as(person):
                actions.book_course(by=person, run=run, person=person)
    with acting_as(lead):
        record_attendance(by=lead, run=more.run_held, attended={person.id})
        more.course_second = actions.add_course(by=lead, title="Planned second", about="Planned")
        answer_need(by=lead, need=need_with(lead, more.training_need.pk), course=course)
        more.learnt_elsewhere = record_training(
            by=lead, person=person, competence="neglect", trained_on=clock.today(), title="Planned elsewhere"
        )
        more.run_open, more.run_offered = _run(lead, course, 30), _run(lead, course, 31, seats=1)
        actions.book_course(by=lead, run=more.run_offered, person=lead)
    for run in (more.run_open, more.run_offered):
        with acting_as(person):
            actions.book_course(by=person, run=run, person=person)
    with acting_as(lead):
        run = more.run_offered
        actions.change_course_run(by=lead, run=run, held_on=run.held_on, seats=9, **AT)
        assert booking_of(lead, run, person.reference).state == "offered"
    _supervise(world)


def _supervise(world: Any) -> None:
    """A head supervises a panel's chair, wrote a note, and another manager opened an earlier one's for a reason."""
    head, chair = getattr(world.cast, SUPERVISES), getattr(world.cast, SUPERVISED)
    with acting_as(head):
        world.more.supervised = pair = start_supervision(by=head, worker=chair, every_weeks=4)
        write_supervision_note(by=head, supervision=pair, met_on=clock.today(), reflection="Planned", agreed="Planned")
    officer = world.cast.senior_development_officer
    with acting_as(officer):
        open_supervision(by=officer, supervision=pair, why="Planned")
