"""A query that is put together once says what the queryset says, for whoever asks it, and is counted and planned as one."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.db.models import CharField, DateField, F, UUIDField
from django.test.utils import CaptureQueriesContext

from hearth.casework.cases.actions import open_case
from hearth.casework.cases.models import Case
from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.queries import with_what_they_hold
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.statements import Given, Statement
from hearth.records.people.actions import open_family

pytestmark = pytest.mark.django_db
NAMES = ("O'Hara %s", '50% "Net" \\ $1', "Smith")


def _families(cast: Any, area: Any) -> None:
    for name in NAMES:
        open_case(by=cast.family_worker, family=open_family(by=cast.family_worker, name=name, area=area))


def _named(name: Any) -> Any:
    cases = Case.objects.filter(family__name=name, stage="request").annotate(called=F("family__name"))
    return cases.order_by("reference").values_list("reference", "called", "opened_on", named=True)


def test_it_gives_what_the_queryset_gives_whatever_is_in_a_value(cast: Any, area: Any) -> None:
    with acting_as(cast.family_worker):
        _families(cast, area)
        stage = Case.objects.values_list("stage", flat=True).first()
        statement = Statement(_named(Given("name", CharField())).exclude(stage="closed"))
        anything = Statement(Case.objects.values_list("family__name").filter(family__name=Given("name", CharField())))
        for name in NAMES:
            assert statement.rows(name=name) == list(_named(name)), stage
            assert [tuple(row) for row in anything.rows(name=name, nothing_asks_for="this")] == [(name,)]


def test_what_is_always_the_same_is_part_of_its_text(cast: Any, area: Any) -> None:
    """A value that is part of the text is found by an index made for it, and no mark in it is taken for a value."""
    with acting_as(cast.family_worker):
        _families(cast, area)
        for name in NAMES:
            always = Statement(
                Case.objects.filter(family__name=name, opened_on__lte=Given("today", DateField())).values_list("stage")
            )
            assert always.names == ["today"]
            assert len(always.rows(today=dt.date(2999, 1, 1))) == 1
            assert always.rows(today=dt.date(1999, 1, 1)) == []


def test_a_value_is_given_once_however_often_it_stands_there(cast: Any) -> None:
    who = Given("who", UUIDField())
    twice = Statement(
        User.objects.filter(pk=who).exclude(pk=Given("other", UUIDField())).filter(pk=who).values_list("pk")
    )
    assert twice.names == ["who", "other"]
    assert [row.pk for row in twice.rows(who=cast.manager.pk, other=cast.practitioner.pk)] == [cast.manager.pk]
    assert twice.rows(who=cast.manager.pk, other=cast.manager.pk) == []


def test_it_is_read_as_whoever_reads(cast: Any, area: Any) -> None:
    """The plan is kept; what a reader may see is not."""
    statement = Statement(Case.objects.values_list("reference"))
    with acting_as(cast.family_worker):
        _families(cast, area)
    for who, count in {"manager": 3, "other_manager": 0, "county_manager": 3, "practitioner": 0}.items():
        for _ in range(7):  # after five, PostgreSQL may keep one plan for everybody
            with acting_as(getattr(cast, who)):
                assert len(statement.rows()) == count, who
    assert statement.rows() == []  # nobody reads


def test_it_is_counted_and_kept_planned(cast: Any) -> None:
    statement = Statement(User.objects.filter(pk=Given("who", UUIDField())).values_list("full_name"))
    manager = cast.manager
    with CaptureQueriesContext(connection) as asked:
        for _ in range(3):
            assert statement.rows(who=manager.pk)[0].full_name == manager.full_name
    assert len(asked) == 3 and "accounts_user" in asked.captured_queries[0]["sql"]
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_prepared_statements where statement = %s", [statement.sql])
        assert cursor.fetchone() == (1,)


def test_somebody_is_read_with_what_they_hold_in_one_query(cast: Any) -> None:
    for who in ("county_manager", "family_worker", "practitioner"):
        person = getattr(cast, who)
        plainly = User.objects.get(pk=person.pk)
        with_what_they_hold(person.pk)
        with CaptureQueriesContext(connection) as asked:
            found = with_what_they_hold(person.pk)
            assert found is not None and found == plainly
            held = found.appointments_now()
            assert found.organisation_name and [(each.area, each.team) for each in held]
        assert len(asked) == 1
        assert {each.pk for each in held} == {each.pk for each in plainly.appointments_now()}
        columns = [field.attname for field in User._meta.concrete_fields]
        assert {name: getattr(found, name) for name in columns} == {name: getattr(plainly, name) for name in columns}


def test_whoever_holds_nothing_any_more_is_still_found_and_may_nothing(cast: Any) -> None:
    person = cast.practitioner
    assert with_what_they_hold(person.pk).appointments_now()
    with clock.frozen(dt.date(2001, 1, 1)):  # before it began
        found = with_what_they_hold(person.pk)
    assert found == person and found is not None and found.appointments_now() == []
    assert with_what_they_hold("00000000-0000-0000-0000-000000000000") is None
