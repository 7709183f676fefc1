"""Sums that were kept at night serve for a day; not for another pack, not once somebody is restricted, and nobody else writes them."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from hearth.desk.counts.tests.test_assessed import family_with_case
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.oversight.performance import keeping
from hearth.oversight.performance.counting import counted
from hearth.oversight.performance.models import MeasuredSum
from hearth.oversight.performance.quarters import Quarter
from hearth.records.documents.tests.conftest import worker  # noqa: F401
from hearth.records.people.restrictions.actions import place_restriction

NIGHT = dt.datetime(2026, 11, 2, 2, 10, tzinfo=clock.LONDON)
NOON = NIGHT + dt.timedelta(hours=10)
QUARTER = Quarter(dt.date(2026, 7, 1))
OPENED = ("cases_opened", "", "first")


def opened(reader: Any, at: dt.datetime = NOON) -> int:
    with clock.frozen(at), acting_as(reader):
        found = counted(reader, pack().measures.measures, QUARTER, QUARTER)
        return sum(found.months[month][OPENED] for month in QUARTER.months)


@pytest.fixture
def night(
    worker: None,  # noqa: F811
    cast: Any,
    area: Any,
) -> None:
    """Two cases opened in a quarter, and the night on which they were counted; a third was written down since."""
    for name in ("Abbot", "Baxter"):
        with clock.frozen(dt.date(2026, 8, 3)):
            family_with_case(cast, area, name)
    with clock.frozen(NIGHT):
        keeping.keep_measures()
        keeping.keep_measures()
    with clock.frozen(dt.date(2026, 9, 7)):
        family_with_case(cast, area, "Carter")


def test_they_are_read_in_place_of_counting_until_the_next_night(night: Any, cast: Any) -> None:
    assert opened(cast.board_member) == 2, "as it was at night"
    assert opened(cast.board_member, NIGHT + keeping.FRESH + dt.timedelta(minutes=1)) == 3, "too old: counted now"
    with clock.frozen(NOON), acting_as(cast.board_member):
        assert counted(cast.board_member, pack().measures.measures, QUARTER, QUARTER).as_at == NIGHT


def test_they_do_not_serve_another_pack(night: Any, cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pack().measures.__dict__, "mistakes", ("moved_away",))
    assert opened(cast.board_member) == 3


def test_they_do_not_serve_once_a_quarter_has_ended(
    worker: None,  # noqa: F811
    cast: Any,
    area: Any,
) -> None:
    with clock.frozen(dt.datetime(2026, 9, 30, 23, tzinfo=clock.LONDON)):
        keeping.keep_measures()
    with clock.frozen(dt.date(2026, 9, 30)):
        family_with_case(cast, area, "Abbot")
    assert opened(cast.board_member, dt.datetime(2026, 10, 1, 9, tzinfo=clock.LONDON)) == 1


def test_whoever_is_restricted_is_out_of_every_figure_at_once(
    worker: None,  # noqa: F811
    cast: Any,
    area: Any,
) -> None:
    with clock.frozen(dt.date(2026, 8, 3)):
        cases = [family_with_case(cast, area, name) for name in ("Abbot", "Baxter")]
    with clock.frozen(NIGHT):
        keeping.keep_measures()
    assert opened(cast.board_member) == 2
    with clock.frozen(NOON), acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=cases[0].family.reference, reason="A refuge.")
    assert opened(cast.board_member) == 1


def test_nobody_but_the_night_writes_them_and_whoever_sees_no_counts_reads_none(night: Any, cast: Any) -> None:
    with acting_as(cast.family_worker):
        assert not MeasuredSum.objects.exists()
    with acting_as(cast.board_member):
        with pytest.raises(ProgrammingError), transaction.atomic():
            MeasuredSum(source="requests", counted=9, asked="x").save(force_insert=True)
        with pytest.raises(ProgrammingError), transaction.atomic():
            MeasuredSum.objects.all().delete()
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select hearth_keep_measures(current_date, current_date, '{}', '{}', '{}', now(), 'x')")
