"""Booking: open to the staff of every organisation, for oneself and for one's own people; a full run has a line, and nobody sits twice."""

from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.messages.models import Message
from hearth.oversight.quality.workforce import night
from hearth.oversight.quality.workforce.courses import actions, queries
from hearth.oversight.quality.workforce.models import CourseBooking
from hearth.oversight.quality.workforce.tests.conftest import AT, book, give_up, in_, place, refused, standing


def test_people_of_every_organisation_book_themselves_until_it_is_full_and_then_wait_in_their_order(
    cast: Any, planned: Any
) -> None:
    run = planned()
    assert [book(getattr(cast, who), run).state for who in ("health_visitor", "charity_worker")] == ["booked"] * 2
    assert [book(getattr(cast, who), run).state for who in ("police_officer", "practitioner")] == ["waiting"] * 2
    with acting_as(cast.quality_lead):
        assert [each.place_in_line for each in queries.bookings_of(cast.quality_lead, run)] == [1, 2, 3, 4]
    with refused("workforce.booked_already"):
        book(cast.health_visitor, run)


def test_when_a_seat_is_given_up_the_first_in_line_is_offered_it_and_takes_it(cast: Any, planned: Any) -> None:
    run = planned(seats=1)
    for who in ("health_visitor", "police_officer", "practitioner"):
        book(getattr(cast, who), run)
    give_up(cast.health_visitor, run)
    assert night.offer_in_name_of(run.pk, cast.development_officer.pk) == 1
    offered = place(cast.police_officer, run)
    assert (offered.state, offered.offered_until) == ("offered", clock.add_working_days(clock.today(), 3))
    assert place(cast.practitioner, run).state == "waiting"
    assert night.offer_in_name_of(run.pk, cast.development_officer.pk) == 0, "a seat is offered once"
    with acting_as(cast.practitioner), refused("workforce.not_offered"):
        actions.take_offered_seat(by=cast.practitioner, run=run, booking=place(cast.practitioner, run))
    with acting_as(cast.police_officer):
        actions.take_offered_seat(by=cast.police_officer, run=run, booking=offered)
    assert place(cast.police_officer, run).state == "booked"


def test_whoever_comes_later_does_not_pass_those_in_line(cast: Any, planned: Any) -> None:
    run = planned(seats=1)
    book(cast.health_visitor, run)
    book(cast.police_officer, run)
    give_up(cast.health_visitor, run)
    assert book(cast.practitioner, run).state == "waiting"


def test_a_manager_books_their_own_people_and_nobody_elses(cast: Any, planned: Any) -> None:
    run = planned(seats=9)
    assert book(cast.manager, run, cast.family_worker).booked_by == cast.manager
    assert book(cast.charity_manager, run, cast.charity_worker).state == "booked"
    for by, person in (
        ("manager", "other_front_door_officer"),  # of another district
        ("manager", "health_visitor"),  # of another organisation
        ("charity_manager", "family_worker"),
        ("colleague", "practitioner"),  # beside one another, and neither looks after the other
    ):
        with refused("workforce.not_yours"):
            book(getattr(cast, by), run, getattr(cast, person))
    with acting_as(cast.elected_member), refused("core.gone"):  # they do not even see that there is such a run
        actions.book_course(by=cast.elected_member, run=run, person=cast.elected_member)


def test_who_sees_who_is_booked(cast: Any, planned: Any) -> None:
    run = planned(seats=9)
    for who in ("family_worker", "health_visitor"):
        book(getattr(cast, who), run)
    both = {cast.family_worker.full_name: "booked", cast.health_visitor.full_name: "booked"}
    assert standing(cast.development_officer, run) == both, "who organises it"
    assert standing(cast.quality_lead, run) == both
    assert set(standing(cast.manager, run)) == {cast.family_worker.full_name}
    assert set(standing(cast.health_visitor, run)) == {cast.health_visitor.full_name}
    for who in ("practitioner", "other_manager", "charity_manager", "elected_member", "administrator"):
        reader = getattr(cast, who)
        assert standing(reader, run) == {}, who
        with acting_as(reader):
            assert not CourseBooking.objects.exists(), "nor does the database show it"


def test_the_database_itself_holds_seats_and_order(cast: Any, planned: Any) -> None:
    run = planned(seats=1)
    book(cast.health_visitor, run)
    book(cast.police_officer, run)
    with acting_as(cast.police_officer), pytest.raises(IntegrityError, match="offered a seat first"):
        CourseBooking.objects.filter(person=cast.police_officer).update(state="booked")
    with acting_as(cast.practitioner), pytest.raises(IntegrityError, match="Every seat"):
        CourseBooking(
            run=run, person=cast.practitioner, organisation=cast.practitioner.organisation, place_in_line=9, state="booked",
            booked_by=cast.practitioner,
        ).save(force_insert=True)  # fmt: skip


def test_nobody_says_of_themselves_that_they_were_there(cast: Any, planned: Any) -> None:
    book(cast.health_visitor, planned())
    with acting_as(cast.health_visitor), pytest.raises(ProgrammingError, match="row-level security"):
        CourseBooking.objects.filter(person=cast.health_visitor).update(state="attended")


def test_a_run_that_is_moved_or_cancelled_is_told_to_whoever_is_on_it(cast: Any, planned: Any) -> None:
    run = planned(seats=1)
    book(cast.health_visitor, run)
    book(cast.police_officer, run)
    officer = cast.development_officer
    said = {"held_on": in_(11), "place": "Library", "trainer": "", **AT}
    with acting_as(officer):
        actions.change_course_run(by=officer, run=run, seats=2, **said)
    assert place(cast.police_officer, run).state == "offered", "a seat more goes to the line"
    with acting_as(officer), refused("workforce.no_reason"):
        actions.cancel_course_run(by=officer, run=run, why=" ")
    with acting_as(cast.manager), refused("workforce.not_organiser"):
        actions.cancel_course_run(by=cast.manager, run=run, why="Mine")
    with acting_as(officer):
        actions.cancel_course_run(by=officer, run=run, why="The trainer is ill")
    with refused("workforce.cancelled"):
        book(cast.practitioner, run)
    assert standing(officer, run) == {}
    with acting_as(officer):
        told = Message.objects.filter(made_by_id=officer.id, to_user_id=cast.health_visitor.id)
        assert set(told.values_list("template", flat=True)) == {"course_changed", "course_cancelled"}


def test_who_puts_on_courses(cast: Any, course: Any) -> None:
    for who in ("manager", "development_officer", "family_worker"):
        by = getattr(cast, who)
        with acting_as(by), refused("workforce.may_not_lead"):
            actions.add_course(by=by, title="Mine", about="Mine")
    lead = cast.quality_lead
    with acting_as(lead), refused("workforce.no_such_competence"):
        actions.add_course(by=lead, title="Other", about="Other", competence="juggling")
    with acting_as(lead), refused("workforce.no_certificate"):
        actions.add_course(by=lead, title="Other", about="Other", valid_months=3)
    with acting_as(lead):
        actions.change_course(
            by=lead, course=course, title="Safe", about="Now", competence="safeguarding", retired=True
        )
        assert course not in queries.offered(lead)
        with refused("workforce.retired"):
            actions.add_course_run(by=lead, course=course, seats=2, held_on=in_(3), place="Here", organiser=lead, **AT)
