"""Who a volunteer was goes when the pack says, with their references and checks; that somebody helped stays with the family."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from hearth.config.environment import database
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.oversight.quality.volunteers import actions
from hearth.oversight.quality.volunteers.helping import actions as helping
from hearth.oversight.quality.volunteers.helping import queries
from hearth.oversight.quality.volunteers.letting_go import TIDYING, let_go_of_volunteers
from hearth.oversight.quality.volunteers.models import Volunteer
from hearth.oversight.quality.volunteers.queries import volunteer_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def as_the_worker(django_db_setup: None) -> Iterator[None]:
    """Every connection of these tests is the worker's: only it may become `system:tidying`."""
    before = {name: connections.settings["default"][name] for name in ("USER", "PASSWORD")}
    worker = database(settings.TEST_ADDRESSES.worker)
    connections.close_all()
    connections.settings["default"].update({name: worker[name] for name in before})
    yield
    connections.close_all()
    connections.settings["default"].update(before)


def _ended(cast: Any, match: Any, days: int) -> Volunteer:
    by = cast.volunteer_coordinator
    with acting_as(by):
        helping.log_visit(by=by, match=queries.match_of(by, match.reference), visited_on=clock.today(), minutes=60)
        helping.end_help(
            by=by, match=queries.match_of(by, match.reference), ended_on=clock.today(), end_reason="volunteers_wish"
        )
        with clock.frozen(clock.today() - dt.timedelta(days=days)):
            return actions.end_volunteer(
                by=by, volunteer=volunteer_of(by, match.volunteer.reference), end_reason="moved"
            )


def _counted(cast: Any, volunteer: Volunteer) -> list[int]:
    names = (
        "volunteers_volunteerreference",
        "volunteers_volunteercheck",
        "volunteers_volunteertraining",
        "volunteers_volunteerinterview",
    )
    with acting_as(cast.volunteer_coordinator), connection.cursor() as cursor:
        found = []
        for name in names:
            cursor.execute(f"select count(*) from {name} where volunteer_id = %s", [volunteer.pk])  # noqa: S608 - one of four words above
            found.append(int(cursor.fetchone()[0]))
        cursor.execute("select count(*) from volunteers_volunteerevent where pgh_obj_id = %s", [volunteer.pk])
        return [*found, int(cursor.fetchone()[0])]


def test_who_they_were_goes_and_what_they_did_stays(cast: Any, helps: Any) -> None:
    rule = pack().retention.rule("volunteer")
    assert rule is not None
    match = helps(5)
    gone = _ended(cast, match, rule.years * 366 + 3)
    assert all(_counted(cast, gone)), "until then there is something to let go"
    assert (let_go_of_volunteers(), let_go_of_volunteers()) == (1, 0)
    assert _counted(cast, gone) == [0, 0, 0, 0, 0]
    with acting_as(cast.volunteer_coordinator):
        gone.refresh_from_db()
        assert (gone.full_name, gone.postcode, gone.born_on, gone.phone) == ("Somebody who volunteered", "", None, "")
    with acting_as(cast.family_worker):
        kept = queries.match_of(cast.family_worker, match.reference)
        assert (kept.called, sum(each.minutes for each in queries.visits_of(cast.family_worker, kept))) == ("Rosa", 60)


def test_who_ended_lately_stays_and_nobody_goes_within_a_year_whatever_is_asked(cast: Any, helps: Any) -> None:
    lately = _ended(cast, helps(5), 200)
    with acting_as(TIDYING), connection.cursor() as cursor:
        cursor.execute("select hearth_let_go_of_volunteers(-5)")
        assert cursor.fetchone() == (0,)
    assert all(_counted(cast, lately))
