"""Two people, each in a connection of their own, take the last seat in the same second."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

from hearth.conftest import Cast
from hearth.foundation.core.reader import acting_as
from hearth.oversight.quality.workforce.courses import actions
from hearth.oversight.quality.workforce.tests.conftest import AT, book, in_, standing


def test_of_two_people_who_take_the_last_seat_in_the_same_second_one_gets_it(own_database: Any) -> None:
    cast, together = Cast(), Barrier(2, timeout=60)
    lead, officer = cast.quality_lead, cast.development_officer
    with acting_as(lead):  # what is done here is saved for good, in a database of this file's own
        course = actions.add_course(by=lead, title="Safeguarding", about="A day.", competence="safeguarding")
        run = actions.add_course_run(
            by=lead, course=course, held_on=in_(9), place="Here", seats=1, organiser=officer, **AT
        )

    def take(person: Any) -> str:
        try:
            together.wait()
            return book(person, run).state
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        came = list(threads.map(take, (cast.health_visitor, cast.police_officer)))
    connections.close_all()
    assert sorted(came) == ["booked", "waiting"]
    assert sorted(standing(officer, run).values()) == ["booked", "waiting"]
