"""The Autumn 2024 census loads whole, as it is: every pupil accounted for, faults of fields flagged, none dropped."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds import keeping, rates
from hearth.intelligence.feeds.layout import layouts
from hearth.intelligence.feeds.models import FeedSubject
from hearth.intelligence.feeds.tests.conftest import census


@pytest.fixture
def roll(send: Callable[..., Any], commit: Callable[[Any], Any]) -> Any:
    """The pupils on roll, committed."""
    return commit(send("school_roll", census("school_roll")))


def counts(load: Any, sql: str) -> list[tuple[Any, ...]]:
    """Ask the columnar file of a load."""
    return duckdb.sql(sql.format(rows=f"read_parquet('{keeping.admitted(load)}')")).fetchall()


def test_every_one_of_9088_pupils_is_accounted_for(cast: Any, roll: Any) -> None:
    assert (roll.state, roll.rows_in_file, roll.new, roll.set_aside) == ("committed", 9088, 9088, 0)
    assert roll.rows_held == 9088
    with acting_as(cast.analyst):
        assert FeedSubject.objects.filter(load=roll, scheme="upn").count() == 9088


def test_all_9088_upns_fail_their_check_and_are_flagged_not_refused(roll: Any) -> None:
    assert roll.flags["upn fails its check"] == 9088
    assert counts(roll, "select count(*) from {rows} where upn is not null") == [(9088,)]


def test_43_pupils_missed_a_tenth_or_more_six_exactly_and_none_half(cast: Any, roll: Any) -> None:
    with acting_as(cast.analyst):
        found = rates.absence_rates(cast.analyst, roll)
    rated = [row for row in found if row.rate is not None]
    assert len(found) == 9088
    assert len(rated) == 8984
    assert sum(row.persistent for row in rated) == 43
    assert sum(row.missed * 10 == row.possible for row in rated) == 6
    assert sum(row.severe for row in rated) == 0


def test_a_pupil_without_possible_sessions_gets_no_rate(cast: Any, roll: Any) -> None:
    with acting_as(cast.analyst):
        found = rates.absence_rates(cast.analyst, roll)
    without = [row for row in found if not row.possible]
    assert len(without) == 104
    assert all(row.rate is None and not row.persistent and not row.severe for row in without)


def test_every_free_school_meal_period_that_ends_before_it_starts_is_flagged(send: Callable[..., Any]) -> None:
    load = send("free_school_meals", census("free_school_meals"))
    wrong = counts(load, "select count(*) from {rows} where ends_on < starts_on")
    flagged = counts(
        load,
        "select count(*) from {rows} where list_contains(_flags, 'The period ends before it starts') and ends_on < starts_on",
    )
    assert load.rows_in_file == load.new == 25358
    assert wrong == flagged == [(6263,)]


def test_4114_permanent_4137_fixed_and_2122_lunchtime_exclusions_load(send: Callable[..., Any]) -> None:
    load = send("exclusions", census("exclusions"))
    found = dict(counts(load, "select category, count(*) from {rows} group by 1"))
    assert found == {"PERM": 4114, "FIXD": 4137, "LNCH": 2122}
    assert load.rows_in_file == load.new == 10373


def test_it_holds_no_addresses_so_no_household_is_made_from_it(roll: Any) -> None:
    for feed in ("school_roll", "exclusions", "free_school_meals"):
        assert not layouts()[feed].names_addresses
    columns = {name for (name, *_) in counts(roll, "describe select * from {rows}")}
    assert not columns & {"address", "postcode", "uprn"}
    # What the census calls `missingaddress` is no address, and is among the columns that are not kept.
    assert "missingaddress" in roll.not_kept
    assert len(roll.not_kept) == 50


def test_the_same_census_read_again_changes_nothing(send: Callable[..., Any], roll: Any) -> None:
    assert send("school_roll", census("school_roll")).pk == roll.pk
    again = send("school_roll", census("school_roll") + b"\n")
    assert (again.new, again.changed, again.same, again.gone) == (0, 0, 9088, 0)
