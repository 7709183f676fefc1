"""Courses of an invented authority: held with certificates, full with a line, a seat that is offered; and what people learnt elsewhere."""

import datetime as dt
import random
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.quality.training.actions import raise_training_need
from hearth.oversight.quality.workforce.attendance.actions import record_attendance
from hearth.oversight.quality.workforce.competence.actions import record_training
from hearth.oversight.quality.workforce.courses import actions
from hearth.oversight.quality.workforce.courses.queries import booking_of
from hearth.oversight.quality.workforce.models import CourseRun
from hearth.oversight.quality.workforce.needs.actions import answer_need
from hearth.oversight.quality.workforce.needs.queries import need_with
from hearth.oversight.quality.workforce.supervision.actions import (
    agree_supervision_note,
    start_supervision,
    write_supervision_note,
)

# Title, what it is about, competence, months for which its certificate lasts.
COURSES = (
    ("Safeguarding children together", "A day with police, health, schools and social care. Bring a case that stays with you, without names.",
     "safeguarding", 36),
    ("Assessing the whole family", "How fathers, brothers and grandparents come into an assessment. Half a day, and a second one a month on.",
     "whole_family_assessment", None),
    ("Hearing the child", "What a day is like for a child, in their words: games, drawings, and what to write down.", "childs_voice", 36),
    ("Reflective supervision", "For whoever supervises: how to ask, and how to leave a silence.", "supervising", 60),
    ("An hour on the neighbourhood", "Who does what within a mile. It gives no certificate.", "", None),
)  # fmt: skip
MORNING, DAY = (dt.time(9, 30), dt.time(12, 30)), (dt.time(9, 30), dt.time(16))
STAFF = (
    "practitioner", "colleague", "other_practitioner", "health_visitor", "police_officer", "charity_worker", "family_worker",
    "other_family_worker", "front_door_officer", "other_front_door_officer", "manager", "charity_manager", "panel_chair",
)  # fmt: skip
HELD_AGO, BOOKED_AGO = 160, 175  # days
ELSEWHERE = (
    ("safeguarding", 1060),
    ("information_sharing", 700),
    ("information_sharing", 300),
    ("safeguarding", 1130),
)  # days ago


def tell_training(cast: dict[str, Any], areas: list[Any]) -> None:
    """Put courses on, hold one that was, fill one, and leave others to be booked."""
    lead, officer = cast["quality_lead"], cast["development_officer"]
    with acting_as(lead):
        courses = [
            actions.add_course(by=lead, title=title, about=about, competence=competence, valid_months=months)
            for title, about, competence, months in COURSES
        ]
    _held(cast, courses[0], areas[0])
    with acting_as(lead):
        full = _run(lead, courses[0], 12, DAY, "Town hall, room 2", 3, officer, areas[0])
        _run(lead, courses[0], 47, DAY, "Library", 20, officer, areas[-1])
        _run(lead, courses[1], 19, MORNING, "Civic centre", 12, lead, areas[0])
        _run(lead, courses[2], 26, MORNING, "From afar: the link comes by e-mail", 30, lead, None)
        _run(lead, courses[3], 33, DAY, "Town hall, room 1", 10, lead, None)
        _run(lead, courses[4], 8, (dt.time(12), dt.time(13)), "Children’s centre", 40, officer, areas[0])
    for who in ("front_door_officer", "charity_worker", "other_practitioner", "practitioner", "colleague"):
        with acting_as(cast[who]):
            actions.book_course(by=cast[who], run=full, person=cast[who])
    given_up = cast["other_practitioner"]
    with acting_as(given_up):
        actions.cancel_booking(by=given_up, run=full, booking=booking_of(given_up, full, given_up.reference))
    with acting_as(officer):
        actions.offer_seats(by=officer, run=full)
    _elsewhere(cast)
    _needed(cast, courses, areas)
    _supervised(cast)


def _run(by: Any, course: Any, days: int, hours: Any, place: str, seats: int, organiser: Any, area: Any) -> CourseRun:
    day = clock.today() + dt.timedelta(days=days)
    while not clock.is_working_day(day):
        day += dt.timedelta(days=1)
    return actions.add_course_run(
        by=by, course=course, held_on=day, starts_at=hours[0], ends_at=hours[1], place=place, seats=seats, organiser=organiser, area=area,
        trainer="Dr Ama Boateng" if course.competence == "safeguarding" else "",
    )  # fmt: skip


def _held(cast: dict[str, Any], course: Any, area: Any) -> None:
    lead, officer = cast["quality_lead"], cast["development_officer"]
    there = ("manager", "health_visitor", "other_family_worker", "panel_chair")
    with clock.frozen(clock.now() - dt.timedelta(days=BOOKED_AGO)):
        with acting_as(lead):
            run = _run(lead, course, BOOKED_AGO - HELD_AGO, DAY, "Town hall, room 2", 12, officer, area)
        for who in (*there, "police_officer"):
            with acting_as(cast[who]):
                actions.book_course(by=cast[who], run=run, person=cast[who])
    with clock.frozen(run.held_on + dt.timedelta(days=1)), acting_as(officer):
        record_attendance(by=officer, run=run, attended={cast[who].id for who in there})


def _needed(cast: dict[str, Any], courses: list[Any], areas: list[Any]) -> None:
    """What audits found that people need to learn: one that a course answers, and one that nothing does yet."""
    lead = cast["quality_lead"]
    with acting_as(lead):
        asked = raise_training_need(
            by=lead,
            title="Asking fathers",
            why="In most audits nobody says who the father is, or that he was asked.",
            area=areas[0],
        )
        raise_training_need(
            by=lead,
            title="Saying when an outcome is reached",
            why="Half of what was audited has no measure.",
            area=None,
        )
        answer_need(by=lead, need=need_with(lead, asked.pk), course=courses[1])


def _supervised(cast: dict[str, Any]) -> None:
    """Two who meet, with one note that both agreed and one that waits; and a manager with hers, where nothing is written yet."""
    worker, manager, head = cast["family_worker"], cast["manager"], cast["county_manager"]
    with clock.frozen(clock.now() - dt.timedelta(days=60)), acting_as(manager):
        pair = start_supervision(by=manager, worker=worker, every_weeks=4)
    with clock.frozen(clock.now() - dt.timedelta(days=32)):
        note = _note(
            worker,
            pair,
            "I ring late when I am afraid of an answer. We talked about what I am afraid of.",
            "Joanne rings before noon.",
        )
        with acting_as(manager):
            agree_supervision_note(by=manager, supervision=pair, note=note)
    with clock.frozen(clock.now() - dt.timedelta(days=4)):
        _note(
            manager,
            pair,
            "Ringing before noon works. Whose worry is it that I carry home?",
            "Yvonne asks about the group on Mondays.",
        )
    with clock.frozen(clock.now() - dt.timedelta(days=45)), acting_as(head):
        start_supervision(by=head, worker=manager, every_weeks=6)


def _note(by: Any, pair: Any, reflection: str, agreed: str) -> Any:
    with acting_as(by):
        return write_supervision_note(
            by=by, supervision=pair, met_on=clock.today(), reflection=reflection, agreed=agreed
        )


def _elsewhere(cast: dict[str, Any]) -> None:
    """What people brought with them: some of it runs out soon, some has."""
    lead, dice = cast["quality_lead"], random.Random("trained")
    with acting_as(lead):
        for number, who in enumerate(STAFF):
            competence, ago = ELSEWHERE[number % len(ELSEWHERE)]
            record_training(
                by=lead, person=cast[who], competence=competence, title="Before they came here: certificate seen",
                trained_on=clock.today() - dt.timedelta(days=ago + dice.randint(-9, 9)),
            )  # fmt: skip
