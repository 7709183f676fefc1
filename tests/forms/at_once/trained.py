"""Courses: two who book, take, give up, cancel or change at once, where the second sees what the first did."""

from typing import Any

from hearth.foundation.core.seen import seen_in
from hearth.oversight.quality.workforce.competence.actions import withdraw_training
from hearth.oversight.quality.workforce.courses import actions
from hearth.oversight.quality.workforce.courses.queries import booking_of
from hearth.oversight.quality.workforce.models import CourseRun, SupervisionNote
from hearth.oversight.quality.workforce.supervision import actions as supervision
from tests.forms.at_once import Two, row
from tests.security.hostile.trained import AT, LEARNS, SUPERVISED, SUPERVISES

LEADS, LEARNERS = ("quality_lead", "quality_lead"), (LEARNS, LEARNS)
RUN = ("course", "organiser")
SUPERVISED_TWICE, NOTE = (SUPERVISED, SUPERVISED), ("met_on", "reflection", "agreed", "case_reference")
COLUMNS = ("title", "about", "competence", "valid_months", "retired_on")


def _placed(which: str) -> Any:
    def load(town: Any) -> tuple[CourseRun, Any]:
        run, person = row(which, *RUN)(town), getattr(town.cast, LEARNS)
        return run, booking_of(person, run, person.reference)

    return load


def _describe(words: str) -> Any:
    return lambda by, c: actions.change_course(
        by=by,
        course=c,
        title=c.title,
        about=words,
        competence=c.competence,
        valid_months=c.valid_months,
        seen=seen_in(c, COLUMNS),
    )


def _move(place: str) -> Any:
    names = ("held_on", "starts_at", "ends_at", "place", "seats", "trainer")
    return lambda by, r: actions.change_course_run(
        by=by, run=r, held_on=r.held_on, seats=r.seats, seen=seen_in(r, names), **AT | {"place": place}
    )


def _note(town: Any) -> tuple[Any, Any]:
    found = row("supervised", "worker", "supervisor")(town)
    return found, SupervisionNote.objects.get(supervision=found, number=1)


def _rewrite(words: str) -> Any:
    return lambda by, o: supervision.change_supervision_note(
        by=by,
        supervision=o[0],
        note=o[1],
        met_on=o[1].met_on,
        reflection=words,
        agreed=o[1].agreed,
        seen=seen_in(o[1], NOTE),
    )


TABLE = [
    Two("workforce.change_course", row("course_planned"), _describe("One"), _describe("Another"), "conflict", who=LEADS),
    Two("workforce.change_course_run", row("run_open", *RUN), _move("One"), _move("Another"), "conflict", who=LEADS),
    Two("workforce.book_course", row("run_open", *RUN), lambda by, r: actions.book_course(by=by, run=r, person=by),
        comes="workforce.booked_already", who=LEADS),
    Two("workforce.take_offered_seat", _placed("run_offered"),
        lambda by, o: actions.take_offered_seat(by=by, run=o[0], booking=o[1]), comes="workforce.not_offered", who=LEARNERS),
    Two("workforce.cancel_booking", _placed("run_open"), lambda by, o: actions.cancel_booking(by=by, run=o[0], booking=o[1]),
        comes="workforce.not_booked", who=LEARNERS),
    Two("workforce.cancel_course_run", row("run_open", *RUN), lambda by, r: actions.cancel_course_run(by=by, run=r, why="x"),
        comes="workforce.cancelled", who=LEADS),
    Two("workforce.change_supervision_note", _note, _rewrite("One"), _rewrite("Another"), "conflict", who=(SUPERVISES, SUPERVISES)),
    Two("workforce.agree_supervision_note", _note,
        lambda by, o: supervision.agree_supervision_note(by=by, supervision=o[0], note=o[1]), comes="workforce.agreed_already",
        who=SUPERVISED_TWICE),
    Two("workforce.end_supervision", row("supervised", "worker", "supervisor"),
        lambda by, s: supervision.end_supervision(by=by, supervision=s), comes="workforce.supervision_ended", who=SUPERVISED_TWICE),
    Two("workforce.withdraw_training", row("learnt_elsewhere"), lambda by, t: withdraw_training(by=by, training=t, why="x"),
        comes="workforce.taken_back", who=LEADS),
]  # fmt: skip
