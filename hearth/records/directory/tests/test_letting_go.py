"""Counts of searches are kept as long as the practice pack says, and no longer; nobody else can let them go, nor sooner."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.records.directory import jobs
from hearth.records.directory.finding.counting import count_search
from hearth.records.directory.finding.letting_go import TIDYING, let_go_of_old_counts
from hearth.records.documents.tests.conftest import worker  # noqa: F401

YEARS = 3


@pytest.fixture
def months(worker: None, cast: Any) -> list[dt.date]:  # noqa: F811
    """Searches of this month, of the last that is kept, and of two that have passed their time."""
    first = clock.today().replace(day=1)
    found = [first, first.replace(year=first.year - YEARS), _before(first.replace(year=first.year - YEARS))]
    found.append(first.replace(year=first.year - YEARS - 4))
    with acting_as(cast.commissioner):
        for month in found:
            with clock.frozen(dt.datetime(month.year, month.month, 15, 12, tzinfo=clock.LONDON)):
                count_search(["housing"], "burnley", "nothing", by_worker=False)
    return found


def _before(month: dt.date) -> dt.date:
    return (month - dt.timedelta(days=1)).replace(day=1)


def _left(cast: Any) -> list[str]:
    with acting_as(cast.commissioner), connection.cursor() as cursor:
        cursor.execute(
            "select code from hearth_search_counts(%s, '1990-01-01', '') where split = 'month' order by 1 desc",
            [cast.commissioner.id],
        )
        return [code for (code,) in cursor.fetchall()]


def test_what_has_passed_its_time_goes_at_night_and_the_rest_stays(
    months: list[dt.date], cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    assert pack().retention.rule("finder_count").years == YEARS
    assert _left(cast) == [month.isoformat() for month in months]
    jobs.let_go_of_counts(0)
    assert _left(cast) == [month.isoformat() for month in months[:2]]
    assert let_go_of_old_counts() == 0, "once"


def test_nothing_of_the_last_year_goes_whatever_is_asked(months: list[dt.date], cast: Any) -> None:
    with acting_as(TIDYING), connections["default"].cursor() as cursor:
        cursor.execute("select hearth_let_go_of_old_finder_counts(-5)")
    assert _left(cast) == [months[0].isoformat()]


@pytest.mark.parametrize("who", ["administrator", "commissioner", "information_governance"])
def test_nobody_who_signs_in_lets_any_go(who: str, months: list[dt.date], cast: Any) -> None:
    by = getattr(cast, who)
    for statement in ("select hearth_let_go_of_old_finder_counts(1)", "delete from directory_findercount"):
        with acting_as(by), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(statement)
    assert len(_left(cast)) == len(months)
