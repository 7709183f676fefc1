"""A large invented authority is made of copies: other people, other references, led as their lists say, and again the same from its seed."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from hearth.foundation.core import clock
from hearth.foundation.core.text import fold
from hearth.invented import authority
from hearth.invented.tests.told_again import digest_of, said
from tests.database import beside

TOLD, FAMILIES = len(authority.ENDINGS), len(authority.ENDINGS) + 2
Said = dict[str, Counter[str]]


@pytest.fixture(scope="module")
def noon() -> dt.datetime:
    """The moment from which every history here is counted back."""
    return clock.now() - dt.timedelta(minutes=1)


@pytest.fixture(scope="module")
def make(noon: dt.datetime) -> Callable[..., Said]:
    """Invent an authority in the database that is in use, and give what it says."""

    def invent(seed: int, families: int = FAMILIES) -> Said:
        with pytest.MonkeyPatch.context() as patch, clock.frozen(noon):
            patch.setattr(authority, "TOLD", TOLD)
            authority.load(families=families, seed=seed, progress=lambda _: None)
        return said()

    return invent


@pytest.fixture(scope="module")
def first(own_database: Any, make: Callable[..., Said]) -> Said:
    """What the first one says: more families than are told, in a database of their own."""
    return make(7)


@pytest.fixture(scope="module")
def large(first: Said) -> Any:
    """The rows of a statement as the owner of the first one reads them."""

    def rows(statement: str) -> list[Any]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    return rows


@pytest.fixture
def elsewhere(first: Said, django_db_blocker: Any) -> Iterator[None]:
    """Another database, as empty as the first one was."""
    with django_db_blocker.unblock(), beside("again", settings.TEST_CLUSTER, settings.GIVEN):
        yield


def test_there_are_as_many_as_were_asked_for_and_each_case_is_listed_by_whoever_leads_it(large: Any) -> None:
    ((families,),) = large("select count(*) from people_family")
    assert families >= FAMILIES
    leads = large("select u.full_name, c.lead_folded_name from cases_case c join accounts_user u on u.id = c.lead_id")
    assert len(leads) > 2
    assert all(fold(name) == folded for name, folded in leads)
    assert large("select reference from cases_case group by 1 having count(*) > 1") == []
    assert large("select value from people_identifier where kind = 'nhs' group by 1 having count(*) > 1") == []


def test_the_same_seed_gives_the_same_people_families_and_days_again(
    first: Said, elsewhere: None, make: Callable[..., Said]
) -> None:
    again = make(7)
    unlike = {
        table: (rows - again[table], again[table] - rows) for table, rows in first.items() if rows != again[table]
    }
    assert unlike == {}
    assert digest_of(again) == digest_of(first)


def test_another_seed_gives_others(first: Said, elsewhere: None, make: Callable[..., Said]) -> None:
    other = make(8, families=6)
    for people in ("people.Person", "front_door.RequestPerson"):
        assert other[people].total() > 2
        assert not other[people] & first[people], people
    assert digest_of(other) != digest_of(first)
