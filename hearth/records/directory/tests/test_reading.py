"""Another authority's directory: read page by page and what changed since, bad entries set aside, and once however often."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from hearth.foundation.core.refusals import Refused
from hearth.records.directory import queries
from hearth.records.directory.models import (
    DirectoryFeed,
    DirectoryRun,
    ListedOrganisation,
    Location,
    QuarantinedEntry,
    Schedule,
    Service,
    ServiceTerm,
)
from hearth.records.directory.queries import Wanted
from hearth.records.directory.reading import actions, fetching, loops
from hearth.records.directory.tests.elsewhere import Elsewhere, entry, key
from hearth.records.directory.tests.schema import standards


@pytest.fixture
def elsewhere(monkeypatch: Any) -> Iterator[Elsewhere]:
    """Another authority's directory with three services, two a page."""
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(fetching.time, "sleep", lambda seconds: None)
    made = Elsewhere()
    made.held = [entry("Playgroup"), entry("Choir"), entry("Café")]
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def read(cast: Any) -> Any:
    """`read(elsewhere)` reads it as the commissioner, at once."""

    def do(where: Any, everything: bool = False) -> DirectoryRun:
        address = where.address if isinstance(where, Elsewhere) else str(where)
        return loops.read_now(cast.commissioner, name="Sefton", address=address, everything=everything)

    return do


def counts(run: DirectoryRun) -> tuple[str, int, int, int, int]:
    return run.state, run.added, run.changed, run.unchanged, run.quarantined


def history() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_stat_get_xact_tuples_inserted(c.oid) from pg_class c where relname = 'directory_serviceevent'"
        )
        return int(cursor.fetchone()[0])


def test_every_page_is_read_and_said_again_as_it_was_told(elsewhere: Elsewhere, read: Any) -> None:
    run = read(elsewhere)
    assert counts(run) == ("done", 3, 0, 0, 0) and run.expected == 3
    service = Service.objects.get(pk=key("Choir"))
    assert (service.confirmed_by_name, service.phone, service.is_free, service.minimum_age) == (
        "Sefton",
        "0151 496 0000",
        True,
        2,
    )
    said = Client().get(f"/api/open-referral/services/{key('Choir')}").json()
    told = entry("Choir")
    for name in (
        "id",
        "name",
        "description",
        "status",
        "assured_date",
        "last_modified",
        "minimum_age",
        "cost_options",
        "contacts",
    ):
        assert said[name] == told[name], name
    location, theirs = said["service_at_locations"][0]["location"], told["service_at_locations"][0]["location"]
    assert location["id"] == theirs["id"] and location["latitude"] == 53.4
    assert location["addresses"] == [theirs["addresses"][0] | {"postal_code": "l20 1aa"}]
    assert said["schedules"][0]["byday"] == "MO,WE" and said["schedules"][0]["closes_at"] == "12:00:00"
    assert said["attributes"][0]["taxonomy_term"]["taxonomy"] == "Service types"
    found = queries.find_services(None, Wanted(words="bootle choir", days=("WE",)))
    assert [each.name for each in found] == ["Choir"]
    assert Location.objects.filter(postcode="L20 1AA").count() == 3


def test_read_twice_it_changes_nothing_and_asks_for_no_entry_again(elsewhere: Elsewhere, read: Any) -> None:
    read(elsewhere)
    kinds = (Service, Location, Schedule, ServiceTerm, ListedOrganisation)
    before = [list(kind.objects.order_by("id").values()) for kind in kinds]
    written, elsewhere.asked[:] = history(), []
    run = read(elsewhere)
    assert counts(run) == ("done", 0, 0, 3, 0)
    assert [list(kind.objects.order_by("id").values()) for kind in kinds] == before and history() == written
    assert not [path for path in elsewhere.asked if "/services/" in path]
    assert "modified_after=2026-05-01" in elsewhere.asked[0]
    elsewhere.asked.clear()
    run = read(elsewhere, everything=True)
    assert counts(run) == ("done", 0, 0, 3, 0) and "modified_after" not in elsewhere.asked[0]
    assert history() == written


def test_only_what_changed_since_is_written(elsewhere: Elsewhere, read: Any) -> None:
    read(elsewhere)
    elsewhere.held[1] = entry("Choir", description="Louder.", last_modified="2026-06-01T10:00:00Z", schedules=[])
    elsewhere.held.append(entry("Chess", last_modified="2026-06-02T10:00:00Z"))
    run = read(elsewhere)
    assert (run.added, run.changed) == (1, 1)
    service = Service.objects.get(pk=key("Choir"))
    assert (service.description, service.version, service.schedules.count()) == ("Louder.", 2, 0)


def test_what_the_feed_no_longer_has_is_shown_as_ended_once_all_was_read(
    elsewhere: Elsewhere, read: Any, charity: Any, offered: Any
) -> None:
    ours = offered(charity)
    read(elsewhere)
    del elsewhere.held[0]
    read(elsewhere)
    assert Service.objects.get(pk=key("Playgroup")).status == "active"
    read(elsewhere, everything=True)
    assert Service.objects.get(pk=key("Playgroup")).status == "defunct"
    ours.refresh_from_db()
    assert ours.status == "active"
    elsewhere.held.clear()
    read(elsewhere, everything=True)
    assert Service.objects.get(pk=key("Choir")).status == "active", "a feed that gives nothing has lost its way"


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"name": ""}, "name is missing"),
        ({"name": 5}, "name is no text"),
        ({"status": "open"}, "status is none of"),
        ({"status": None}, "status is missing"),
        ({"url": "example/counselling"}, "url is no web address"),
        ({"email": False}, "email is no text"),
        ({"minimum_age": "two"}, "minimum_age is no number"),
        ({"minimum_age": 20}, "minimum_age is above maximum_age"),
        ({"assured_date": "soon"}, "assured_date is no date"),
        ({"organization": None}, "organization is missing"),
        ({"organization": {"id": "x", "name": "X"}}, "organization.id is no UUID"),
        ({"schedules": [{"id": key("s"), "byday": "SOMEDAY"}]}, "schedules[0].byday has no days"),
        ({"schedules": "never"}, "schedules is no list"),
        (
            {"service_at_locations": [{"id": key("a"), "location": {"location_type": "moon", "id": key("m")}}]},
            "location_type is none of",
        ),
        ({"contacts": [7]}, "contacts holds something"),
        ({"name": "x" * 300}, "name is longer than 200"),
    ],
)
def test_a_bad_entry_is_set_aside_with_what_is_wrong_and_the_rest_goes_on(
    told: dict[str, Any], fault: str, elsewhere: Elsewhere, read: Any, cast: Any, as_: Any
) -> None:
    elsewhere.held[1] |= told
    run = read(elsewhere)
    assert counts(run) == ("done", 2, 0, 0, 1)
    with as_(cast.commissioner):
        kept = QuarantinedEntry.objects.get(run=run)
    assert kept.external_id == key("Choir") and any(fault in each for each in kept.faults), kept.faults
    assert not Service.objects.filter(pk=key("Choir")).exists()
    elsewhere.held[1] = entry("Choir", last_modified="2026-07-01T10:00:00Z")
    assert read(elsewhere).added == 1


def test_a_feed_takes_over_nothing_that_is_not_its_own(
    elsewhere: Elsewhere, read: Any, charity: Any, offered: Any, cast: Any, as_: Any
) -> None:
    ours = offered(charity)
    at = ours.at_locations.get()
    place = {"id": str(at.location_id), "location_type": "physical", "name": "Mine"}
    term = {"id": str(ours.terms.first().term_id), "name": "Rude", "description": "Rude"}
    elsewhere.held = [
        entry("Taken", id=str(ours.id)),
        entry("Ours?", organization={"id": str(charity.id), "name": "Mine", "description": "Mine"}),
        entry("Shares", service_at_locations=[{"id": str(at.id), "location": place}],
              schedules=[{"id": str(ours.schedules.get().id), "byday": "SU"}]),
        entry("Relabels", attributes=[{"id": key("r"), "taxonomy_term": term}]),
    ]  # fmt: skip
    run = read(elsewhere)
    assert counts(run) == ("done", 2, 0, 0, 2)
    with as_(cast.commissioner):
        faults = sorted(each.faults[0] for each in QuarantinedEntry.objects.filter(run=run))
    assert "is that of “Stay and play”" in faults[0] and "listed already" in faults[1]
    fresh = Service.objects.get(pk=ours.pk)
    assert (fresh.name, fresh.feed, fresh.version) == ("Stay and play", None, 1)
    assert Location.objects.get(pk=at.location_id).name == "The Old Library"
    assert fresh.schedules.get().days == ["TU", "TH"] and fresh.terms.first().term.name != "Rude"
    assert ListedOrganisation.objects.get(pk=charity.pk).name == charity.name
    assert read(elsewhere).unchanged >= 2


def test_an_entry_that_cannot_be_fetched_is_asked_for_again_next_time(elsewhere: Elsewhere, read: Any) -> None:
    elsewhere.broken = {key("Choir")}
    run = read(elsewhere)
    assert counts(run) == ("done", 2, 0, 0, 1) and run.feed.changed_since is None
    elsewhere.broken = set()
    assert read(elsewhere).added == 1


def test_a_feed_that_knows_no_pages_is_read_once(elsewhere: Elsewhere, read: Any) -> None:
    elsewhere.pages = False
    assert counts(read(elsewhere)) == ("done", 3, 0, 0, 0)


@pytest.mark.parametrize("where", ["http://127.0.0.1:9/api", "/nowhere/at/all.json"])
def test_a_feed_that_does_not_answer_is_a_sentence(where: str, read: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(fetching.time, "sleep", lambda seconds: None)
    run = read(where)
    assert run.state == "failed" and where.rpartition("/")[0] in run.failure


def test_a_run_that_broke_off_is_read_again_from_the_beginning(
    elsewhere: Elsewhere, read: Any, cast: Any, monkeypatch: Any
) -> None:
    whole, told = actions.load_directory_entry, []

    def pulled(**words: Any) -> str:
        told.append(1)
        if len(told) == 2:
            raise KeyboardInterrupt
        return whole(**words)

    monkeypatch.setattr(actions, "load_directory_entry", pulled)
    with pytest.raises(KeyboardInterrupt):
        read(elsewhere)
    monkeypatch.setattr(actions, "load_directory_entry", whole)
    run = read(elsewhere)
    assert counts(run) == ("done", 2, 0, 1, 0)
    assert Service.objects.filter(feed=run.feed).count() == 3


@pytest.mark.parametrize("who", ["provider", "manager", "elected_member", "administrator"])
def test_only_a_steward_reads_one_in(
    who: str, cast: Any, as_: Any, as_client: Any, elsewhere: Elsewhere, read: Any
) -> None:
    run, by = read(elsewhere), getattr(cast, who)
    with as_(by):
        with pytest.raises(Refused):
            actions.start_directory_run(by=by, name="X", address="https://x.example")
        assert not DirectoryRun.objects.exists() and not QuarantinedEntry.objects.exists()
    client = as_client(by)
    for name, args in (("directory_runs", []), ("start_directory_run", []), ("directory_run", [run.reference])):
        assert client.get(reverse(name, args=args)).status_code in (403, 404)


def test_a_page_asks_only_what_the_setting_names(
    cast: Any, as_client: Any, settings: Any, elsewhere: Elsewhere
) -> None:
    client = as_client(cast.commissioner)
    settings.HEARTH_DIRECTORY_FEEDS = [("Sefton", elsewhere.address)]
    for feed in ("https://evil.example", "7", ""):
        assert client.post(reverse("start_directory_run"), {"feed": feed}).status_code == 422
    sent = client.post(reverse("start_directory_run"), {"feed": "0"})
    assert sent.status_code == 302 and DirectoryFeed.objects.get().address == elsewhere.address
    assert "It waits to begin" in client.get(sent["Location"]).content.decode()
    assert client.get(reverse("directory_runs")).status_code == 200


@pytest.mark.parametrize(
    "name", ["V3.0-UK-Default/service_full", "V3.0-UK-Warn/service_full", "V3.0-UK-Test/service_full"]
)
def test_the_standards_own_example_is_read(name: str, read: Any) -> None:
    run = read(standards() / "conformance" / "Mocks" / f"{name}.json")
    assert counts(run) == ("done", 1, 0, 0, 0)
    said = Client().get("/api/open-referral/services/ac148810-d857-441c-9679-408f346de14b").json()
    assert said["name"] == "Community Counselling" and said["organization"]["organization_identifiers"]


def test_the_standards_own_failures_are_set_aside(read: Any) -> None:
    run = read(standards() / "conformance" / "Mocks" / "V3.0-UK-Fail" / "service_list.json")
    assert run.state == "done" and run.added == 0 and run.quarantined > 2


def test_an_entry_of_1_0_is_read(read: Any, tmp_path: Path) -> None:
    older = {
        "id": "42", "name": "Toy library", "organization": {"id": key("org"), "name": "Sefton", "url": "https://sefton.example"},
        "eligibilitys": [{"id": "1", "minimum_age": 0, "maximum_age": 4}],
        "regular_schedules": [{"id": "2", "byday": "FR", "opens_at": "09:00:00", "closes_at": "10:00:00"}],
        "service_at_locations": [{"id": "3", "location": {"id": "4", "name": "Hut", "latitude": 53.1, "longitude": -2.1,
                                  "physical_addresses": [{"id": "5", "address_1": "1 Road", "city": "Bootle", "state_province": "Sefton",
                                                          "postal_code": "L20 1AA", "country": "GB"}]}}],
        "service_taxonomys": [{"id": "6", "taxonomy": {"id": "7", "name": "Toys", "vocabulary": "types"}}],
    }  # fmt: skip
    file = tmp_path / "older.json"
    file.write_text(json.dumps({"totalElements": 1, "content": [older]}))
    run = read(file)
    assert counts(run) == ("done", 1, 0, 0, 0)
    service = Service.objects.get()
    assert (service.name, service.status, service.maximum_age) == ("Toy library", "active", 4)
    assert service.schedules.get().days == ["FR"] and service.terms.get().term.name == "Toys"
    assert service.at_locations.get().location.postcode == "L20 1AA"
    assert counts(read(file)) == ("done", 0, 0, 1, 0)


def test_our_own_directory_is_read_by_another_like_it(
    charity: Any, offered: Any, read: Any, tmp_path: Path, cast: Any, as_: Any
) -> None:
    offered(charity)
    whole = Client().get("/api/open-referral/services", {"full": "true"}).json()
    file = tmp_path / "ours.json"
    told = json.dumps(whole)
    for row in (
        whole["contents"][0],
        whole["contents"][0]["organization"],
        whole["contents"][0]["service_at_locations"][0]["location"],
    ):
        told = told.replace(row["id"], key(row["id"]))
    file.write_text(told)
    run = read(file)
    assert counts(run) == ("done", 1, 0, 0, 0)
    twin = Service.objects.get(feed=run.feed)
    assert sorted(twin.terms.values_list("term__code", flat=True)) == ["new_to_area", "speech_and_play"]
