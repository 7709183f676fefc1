"""Entries: stewards write them, providers keep their own, everybody reads them, and what is old is shown as old."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import read_as
from hearth.foundation.core.refusals import Conflict, Refused
from hearth.records.directory import queries
from hearth.records.directory.actions import (
    DIRECTORY,
    chase_providers,
    confirm_service,
    list_organisation,
    say_places,
    write_service,
)
from hearth.records.directory.entries import entry_of, months_after, with_parts
from hearth.records.directory.models import Location, Schedule, Service, ServiceAtLocation, ServiceTerm
from hearth.records.directory.queries import Point, Wanted
from hearth.records.directory.tests.conftest import ENTRY, PLACE, SESSION


def said(service: Service) -> dict[str, Any]:
    return entry_of(with_parts(Service.objects.all()).get(pk=service.pk))


def names(found: Any) -> list[str]:
    return [service.name for service in found]


def test_an_entry_says_what_was_written(charity: Any, offered: Any) -> None:
    service = offered(charity)
    now = said(service)
    assert now["places"][0].pop("id")
    assert {name: now[name] for name in ENTRY} | {"places": []} == ENTRY | {"places": []}
    assert now["places"] == [{name: value for name, value in PLACE.items() if name != "id"}]
    assert (service.confirmed_on, service.is_stale) == (clock.today(), False)
    assert service.stale_on == months_after(clock.today(), pack().directory.stale_months)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2026, 8, 31), 6, dt.date(2027, 2, 28)),
        (dt.date(2026, 11, 29), 1, dt.date(2026, 12, 29)),
        (dt.date(2026, 12, 5), 12, dt.date(2027, 12, 5)),
    ],
)
def test_months_end_where_they_end(day: dt.date, months: int, then: dt.date) -> None:
    assert months_after(day, months) == then


def test_everybody_reads_it_signed_in_or_not(charity: Any, offered: Any, cast: Any, as_: Any) -> None:
    service = offered(charity)
    read_as(None)
    assert names(queries.find_services(None, Wanted())) == ["Stay and play"]
    with as_(cast.elected_member):
        assert queries.service_of(cast.elected_member, service.reference).name == "Stay and play"


@pytest.mark.parametrize("who", ["provider", "charity_manager", "practitioner", "elected_member", "administrator"])
def test_only_a_steward_publishes(who: str, charity: Any, offered: Any, cast: Any, as_: Any) -> None:
    service, by = offered(charity), getattr(cast, who)
    with as_(by):
        with pytest.raises(Refused):
            write_service(by=by, organisation=charity, service=service, entry=ENTRY | {"name": "Mine"}, version=1)
        with pytest.raises(Refused):
            list_organisation(by=by, name="Mine", description="Mine")
        with pytest.raises(ProgrammingError), transaction.atomic():
            Service(organisation=charity, name="Mine").save(force_insert=True)


@pytest.mark.parametrize("who", ["other_manager", "provider", "manager"])
def test_the_database_lets_nobody_rewrite_an_entry_of_anothers(
    who: str, school: Any, offered: Any, cast: Any, as_: Any
) -> None:
    service, by = offered(school), getattr(cast, who)
    with as_(by), connection.cursor() as cursor:
        for column in ("name = 'Mine'", "stale_on = '2099-01-01'", "places = 'full'"):
            cursor.execute(f"update directory_service set {column} where id = %s", [service.pk])  # noqa: S608
            assert cursor.rowcount == 0
        cursor.execute("update directory_location set name = 'Mine'")
        assert cursor.rowcount == 0
        for table in ("serviceatlocation", "schedule", "serviceterm"):
            cursor.execute(f"delete from directory_{table}")  # noqa: S608
            assert cursor.rowcount == 0
        for action in (confirm_service, say_places):
            told = {"places": "full"} if action is say_places else {}
            with pytest.raises(Refused) as refused:
                action(by=by, service=service, **told)
            assert refused.value.refusal.code == "directory.not_yours"


def test_the_database_lets_a_provider_confirm_and_no_more(charity: Any, offered: Any, cast: Any, as_: Any) -> None:
    service = offered(charity)
    for change in (
        "name = 'Mine'",
        "url = 'https://evil.example'",
        "status = 'defunct'",
        "feed_id = null, version = 7",
    ):
        with as_(cast.provider), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"update directory_service set {change} where id = %s", [service.pk])  # noqa: S608
    later = clock.now() + dt.timedelta(days=100)
    with clock.frozen(later), as_(cast.provider):
        confirm_service(by=cast.provider, service=service)
        say_places(by=cast.provider, service=service, places="waiting", waiting_weeks=6)
    service.refresh_from_db()
    assert (service.confirmed_on, service.confirmed_by) == (later.date(), cast.provider)
    assert (service.places, service.waiting_weeks, service.places_as_at) == ("waiting", 6, later.date())


def test_who_confirmed_it_is_seen_in_the_history_by_those_who_keep_it(
    charity: Any, offered: Any, cast: Any, as_: Any
) -> None:
    offered(charity)
    for who, seen in {
        "provider": True,
        "development_officer": True,
        "practitioner": False,
        "elected_member": False,
    }.items():
        with as_(getattr(cast, who)), connection.cursor() as cursor:
            cursor.execute("select count(*) from directory_serviceevent")
            assert (cursor.fetchone()[0] > 0) is seen, who


def test_a_location_that_another_service_shares_is_not_changed_for_it(
    charity: Any, offered: Any, cast: Any, as_: Any
) -> None:
    first, second = offered(charity), offered(charity, name="Another", places=[])
    with as_(cast.commissioner):
        shared = Location.objects.get()
        ServiceAtLocation(service=second, location=shared).save(force_insert=True)
        entry = said(second)
        entry["places"][0]["name"] = "Taken over"
        write_service(by=cast.commissioner, organisation=charity, service=second, entry=entry, version=1)
    assert said(first)["places"][0]["name"] == "The Old Library"
    assert said(second)["places"][0]["name"] == "Taken over"


def test_writing_again_changes_only_what_differs(charity: Any, offered: Any, cast: Any, as_: Any) -> None:
    service = offered(charity)
    kinds = (Location, ServiceAtLocation, Schedule, ServiceTerm)

    def rows() -> list[Any]:
        return [sorted(model.objects.values_list("id", flat=True)) for model in kinds]

    before = rows()
    with as_(cast.commissioner):
        write_service(by=cast.commissioner, organisation=charity, service=service, entry=said(service), version=1)
        assert rows() == before
        entry = said(service) | {"needs": ["parenting"], "sessions": [SESSION | {"days": ["SA"]}]}
        written = write_service(by=cast.commissioner, organisation=charity, service=service, entry=entry, version=2)
    assert said(written)["needs"] == ["parenting"] and said(written)["sessions"][0]["days"] == ["SA"]
    assert rows()[0] == before[0]


def test_two_stewards_do_not_write_over_each_other(charity: Any, offered: Any, cast: Any, as_: Any) -> None:
    service = offered(charity)
    with as_(cast.development_officer), pytest.raises(Conflict):
        write_service(
            by=cast.development_officer, organisation=charity, service=service, entry=ENTRY | {"name": "B"}, version=0
        )


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"name": " \u202e"}, "directory.name"),
        ({"description": ""}, "directory.description"),
        ({"needs": ["world_peace"]}, "directory.codes"),
        ({"status": "open"}, "directory.codes"),
        ({"minimum_age": 9, "maximum_age": 3}, "directory.ages"),
        ({"maximum_age": 400}, "directory.ages"),
        ({"url": "javascript:alert(1)"}, "directory.contact"),
        ({"email": "nobody"}, "directory.contact"),
        ({"sessions": [SESSION | {"days": []}]}, "directory.sessions"),
        ({"sessions": [SESSION | {"closes_at": "09:00"}]}, "directory.sessions"),
    ],
)
def test_what_cannot_be_is_refused(told: dict[str, Any], code: str, charity: Any, offered: Any) -> None:
    with pytest.raises(Refused) as refused:
        offered(charity, **told)
    assert refused.value.refusal.code == code


def test_entries_are_found_by_words_need_age_day_and_place(charity: Any, offered: Any) -> None:
    offered(charity)
    far = PLACE | {"latitude": 54.5, "longitude": -1.3, "postcode": "TS18 1AA", "city": "Stockton"}
    offered(charity, name="Café for parents", description="Tea.", needs=["parenting"], minimum_age=18, maximum_age=None, places=[far], languages=[],
            sessions=[SESSION | {"days": ["SA"], "opens_at": "14:00", "closes_at": "16:00"}], is_free=False)  # fmt: skip
    here = Point(53.79, -2.24)
    for wanted, found in (
        (Wanted(words="cafe par"), ["Café for parents"]),
        (Wanted(words="lantern messy"), ["Stay and play"]),
        (Wanted(words="stockton"), ["Café for parents"]),
        (Wanted(words="%"), ["Café for parents", "Stay and play"]),
        (Wanted(words="ess"), []),
        (Wanted(needs=("parenting", "school")), ["Café for parents"]),
        (Wanted(circumstances=("new_to_area",), needs=("parenting",)), ["Café for parents"]),
        (Wanted(age=4), ["Stay and play"]),
        (Wanted(days=("SA",)), ["Café for parents"]),
        (Wanted(days=("TU",), opens_from=dt.time(9), closes_by=dt.time(12)), ["Stay and play"]),
        (Wanted(languages=("ur",)), ["Stay and play"]),
        (Wanted(free=True), ["Stay and play"]),
        (Wanted(accessibility=("hearing_loop",)), []),
        (Wanted(near=here), ["Stay and play", "Café for parents"]),
        (Wanted(near=here, within_metres=500), ["Stay and play"]),
    ):
        assert names(queries.find_services(None, wanted)) == found, wanted


def test_a_postcode_is_where_its_neighbours_are(charity: Any, offered: Any) -> None:
    offered(charity)
    assert queries.point_of("bb111aa") == Point(53.789, -2.24)
    assert queries.point_of("BB11 1ZZ") == queries.point_of("BB11 9ZZ") == Point(53.789, -2.24)
    assert queries.point_of("BB1 1AA") is None, "another town's"
    assert queries.point_of("ZZ9 9ZZ") is None and queries.point_of("nonsense") is None


def test_stale_entries_are_shown_as_such_and_sink(charity: Any, offered: Any) -> None:
    old = clock.now() - dt.timedelta(days=800)
    with clock.frozen(old):
        offered(charity, name="A first by name")
    offered(charity)
    found = list(queries.find_services(None, Wanted()))
    assert [(service.name, service.is_stale) for service in found] == [
        ("Stay and play", False),
        ("A first by name", True),
    ]


def test_providers_are_chased_before_it_goes_stale_and_again(
    charity: Any, school: Any, offered: Any, cast: Any
) -> None:
    directory = pack().directory
    service = offered(charity)
    offered(school)  # nobody there keeps entries
    soon = service.stale_on - dt.timedelta(days=directory.chase_days_before)
    for day, people in (
        (soon - dt.timedelta(days=1), 0),
        (soon, 2),  # the provider and their manager
        (soon, 0),
        (soon + dt.timedelta(days=directory.chase_again_days), 2),
    ):
        with clock.frozen(day):
            assert chase_providers(by=DIRECTORY) == people, day
    read_as(None)
    service.refresh_from_db()
    assert service.chased_on == soon + dt.timedelta(days=directory.chase_again_days)


def test_whoever_confirmed_is_not_chased(charity: Any, offered: Any, cast: Any, as_: Any) -> None:
    service = offered(charity)
    with clock.frozen(service.stale_on), as_(cast.provider):
        confirm_service(by=cast.provider, service=service)
        assert chase_providers(by=DIRECTORY) == 0


def test_words_are_found_by_the_index_under_the_row_policy(charity: Any, offered: Any) -> None:
    offered(charity)
    rows = queries.with_words(Service.objects.visible_to(None), "stay play").order_by().values("id")
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        assert "directory_search" in rows.explain()
