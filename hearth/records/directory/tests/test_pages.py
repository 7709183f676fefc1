"""The directory's pages: providers keep their own entries, stewards approve side by side, strangers are refused."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.foundation.core import clock
from hearth.foundation.core.reader import read_as
from hearth.records.directory import queries
from hearth.records.directory.entries import EMPTY, entry_of, with_parts
from hearth.records.directory.finding.queries import Looked, search
from hearth.records.directory.forms import as_typed
from hearth.records.directory.models import ListedOrganisation, Service
from hearth.records.directory.tests.conftest import PLACE, SESSION


def typed_of(service: Service | None, **told: Any) -> dict[str, Any]:
    """What the page of an entry holds, as a browser sends it, with some of it typed over."""
    entry = entry_of(with_parts(Service.objects.all()).get(pk=service.pk)) if service else EMPTY
    boxes = as_typed(entry, service.version if service else 0)
    for name, value in boxes.items():
        if isinstance(value, dt.time):
            boxes[name] = value.isoformat("minutes")
    return {name: "" if value is None else value for name, value in (boxes | told).items()}


def send(client: Any, view: str, /, *args: Any, **typed: Any) -> Any:
    return client.post(reverse(view, args=args), typed)


def page(response: Any) -> str:
    return response.content.decode()


def test_a_provider_sends_a_change_and_a_steward_approves_it_seen_side_by_side(
    charity: Any, offered: Any, cast: Any, as_client: Any
) -> None:
    service = offered(charity)
    provider, steward = as_client(cast.provider), as_client(cast.development_officer)
    opened = page(provider.get(reverse("change_service", args=[service.reference])))
    assert "9:30am" in opened and "BB11 1AA" in opened and "Send it to a steward" in opened
    sent = send(provider, "change_service", service.reference, **typed_of(service, fees="£2", cost="paid", days_2="SA"))
    assert sent.status_code == 302, page(sent)
    shown = page(provider.get(sent["Location"]))
    assert "Take it back" in shown and "Approve it" not in shown
    beside = page(steward.get(sent["Location"]))
    assert "£2" in beside and "Free" in beside and "Saturday" in beside and "What stays as it is" in beside
    reference = sent["Location"].rstrip("/").rpartition("/")[2]
    assert send(provider, "approve_service_change", reference, version=1).status_code == 403
    approved = send(steward, "approve_service_change", reference, version=1)
    assert approved.status_code == 302
    read_as(None)
    service.refresh_from_db()
    assert (service.fees, service.is_free, service.confirmed_by_name) == ("£2", False, cast.provider.full_name)
    assert service.schedules.count() == 2 and service.at_locations.get().location.latitude == 53.789
    assert "Approved" in page(provider.get(reverse("service_changes"), {"show": "decided"}))


def test_opening_and_sending_an_entry_as_it_is_changes_nothing(
    charity: Any, offered: Any, cast: Any, as_client: Any
) -> None:
    more = [PLACE, PLACE | {"name": "The Hall", "postcode": "BB11 2BB"}]
    sessions = [SESSION | {"days": [day]} for day in ("MO", "TU", "WE", "TH", "FR")] + [SESSION | {"days": ["2TU"]}]
    service = offered(charity, places=more, sessions=sessions, fees="", contact_name="Mei", phone="01632 960001")
    before = entry_of(with_parts(Service.objects.all()).get(pk=service.pk))
    sent = send(as_client(cast.commissioner), "change_service", service.reference, **typed_of(service))
    assert sent.status_code == 302, page(sent)
    read_as(None)
    assert entry_of(with_parts(Service.objects.all()).get(pk=service.pk)) == before


def point_of(service: Service) -> tuple[str, float | None, float | None]:
    read_as(None)
    location = service.at_locations.get().location
    return location.postcode, location.latitude, location.longitude


def test_a_place_is_put_on_the_map_by_its_postcode_or_its_neighbours_and_nobody_types_coordinates(
    charity: Any, offered: Any, cast: Any, as_client: Any
) -> None:
    offered(charity, name="Known", places=[PLACE | {"postcode": "BB10 2ZZ", "latitude": 53.7, "longitude": -2.2}])
    service = offered(charity)
    provider, steward = as_client(cast.provider), as_client(cast.development_officer)
    form = page(provider.get(reverse("change_service", args=[service.reference])))
    assert "By it the finder says how far away it is" in form and "latitude" not in form.lower()
    for typed, held in (("bb102zz", "BB10 2ZZ"), ("BB10 2AA", "BB10 2AA")):
        read_as(None)
        service.refresh_from_db()
        sent = send(provider, "change_service", service.reference, **typed_of(service, postcode=typed))
        assert sent.status_code == 302, page(sent)
        assert "We do not know where" not in page(provider.get(sent["Location"]))
        reference, version = sent["Location"].rstrip("/").rpartition("/")[2], service.version
        assert send(steward, "approve_service_change", reference, version=version).status_code == 302
        assert point_of(service) == (held, 53.7, -2.2)


def test_a_postcode_that_we_do_not_know_is_told_plainly_and_kept(
    charity: Any, offered: Any, cast: Any, as_client: Any
) -> None:
    offered(charity, name="Same town", places=[PLACE | {"postcode": "BB10 4AA"}])
    service, provider = offered(charity), as_client(cast.provider)
    sent = send(provider, "change_service", service.reference, **typed_of(service, postcode="bb102zz"))
    told = "We do not know where BB10 2ZZ is yet. It is kept as typed: families who look near BB10 find it, with no distance."
    assert told in page(provider.get(sent["Location"]))
    read_as(None)
    approved = send(
        as_client(cast.commissioner), "change_service", service.reference, **typed_of(service, postcode="bb102zz")
    )
    assert approved.status_code == 403, "one change waits already"
    reference = sent["Location"].rstrip("/").rpartition("/")[2]
    send(as_client(cast.commissioner), "approve_service_change", reference, version=service.version)
    assert point_of(service) == ("BB10 2ZZ", None, None)
    assert told in page(provider.get(reverse("service_entry", args=[service.reference])))
    assert "We do not know where" not in page(
        as_client(cast.practitioner).get(reverse("service_entry", args=[service.reference]))
    )
    read_as(None)
    (found,) = [each for each in search(None, Looked("messy", near="BB10 4AA")).page.rows if each.service == service]
    assert found.metres is None and found.same_outward


def test_a_steward_lists_an_organisation_and_adds_its_first_entry(cast: Any, as_client: Any) -> None:
    client = as_client(cast.commissioner)
    agency = str(cast.provider.organisation_id)
    sent = send(
        client, "list_organisation", agency=agency, name="Lantern", description="Helps.", website="lantern.example.org"
    )
    assert sent.status_code == 302
    listed = ListedOrganisation.objects.get()
    assert listed.website == "https://lantern.example.org"
    typed = typed_of(
        None, organisation=str(listed.id), name="<i>Pantry</i>", description="Food.", needs=["food_and_essentials"]
    )
    sent = send(client, "add_service", **typed)
    assert sent.status_code == 302, page(sent)
    assert "&lt;i&gt;Pantry&lt;/i&gt;" in page(client.get(sent["Location"]))


def test_confirming_and_saying_places_are_one_page_each(charity: Any, offered: Any, cast: Any, as_client: Any) -> None:
    with clock.frozen(clock.now() - dt.timedelta(days=700)):
        service = offered(charity)
    client = as_client(cast.provider)
    assert "Stale" in page(client.get(reverse("directory"))) and "Songs" in page(
        client.get(reverse("confirm_service", args=[service.reference]))
    )
    assert send(client, "confirm_service", service.reference).status_code == 302
    assert send(client, "say_places", service.reference, places="waiting", waiting_weeks="6").status_code == 302
    shown = page(client.get(reverse("service_entry", args=[service.reference])))
    assert "A waiting list, 6 weeks" in shown and "Stale from" in shown and cast.provider.full_name in shown


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"name": ""}, "Enter what the service is called"),
        ({"needs": []}, "Tick what it helps with"),
        ({"url": "not an address"}, "Enter a web address"),
        ({"url": "javascript:alert(1)"}, "Enter a web address"),
        ({"email": "me"}, "Enter an e-mail address"),
        ({"postcode": "here"}, "Enter a whole postcode"),
        ({"minimum_age": "9", "maximum_age": "3"}, "must not be above the oldest"),
        ({"minimum_age": "400"}, "120"),
        ({"opens_1": "25:00"}, "Enter a time"),
        ({"opens_1": "11:00", "closes_1": "10:00"}, "must end after it begins"),
        ({"days_2": "", "opens_2": "10:00"}, "Choose the day of this time"),
        ({"version": "x"}, "out of date"),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_typed_is_lost(
    told: dict[str, Any], sentence: str, charity: Any, offered: Any, cast: Any, as_client: Any
) -> None:
    service = offered(charity)
    typed = typed_of(service, accreditations="Kitemark") | told
    sent = send(as_client(cast.provider), "change_service", service.reference, **typed)
    assert sent.status_code == 422 and sentence in page(sent) and "Kitemark" in page(sent)


def test_whoever_saw_an_older_entry_reads_both(charity: Any, offered: Any, cast: Any, as_client: Any) -> None:
    service = offered(charity)
    typed = typed_of(service, name="Mine")
    assert (
        send(
            as_client(cast.commissioner), "change_service", service.reference, **typed_of(service, name="Theirs")
        ).status_code
        == 302
    )
    sent = send(as_client(cast.provider), "change_service", service.reference, **typed)
    assert sent.status_code == 409 and "Theirs" in page(sent) and "Mine" in page(sent)


@pytest.mark.parametrize(
    ("who", "mine", "others"),
    [
        ("provider", 200, 403),
        ("charity_manager", 200, 403),
        ("commissioner", 200, 200),
        ("senior_development_officer", 200, 200),
        ("manager", 403, 403),
        ("charity_worker", 403, 403),
        ("practitioner", 403, 403),
        ("elected_member", 403, 403),
    ],
)
def test_entries_are_changed_by_those_who_keep_them(
    who: str, mine: int, others: int, charity: Any, school: Any, offered: Any, cast: Any, as_client: Any
) -> None:
    client = as_client(getattr(cast, who))
    for service, status in ((offered(charity), mine), (offered(school), others)):
        assert client.get(reverse("service_entry", args=[service.reference])).status_code == 200, "everybody reads it"
        for name in ("change_service", "confirm_service", "say_places"):
            assert client.get(reverse(name, args=[service.reference])).status_code == status, (name, service)
            typed = typed_of(service) if name == "change_service" else {"places": "full"}
            assert send(client, name, service.reference, **typed).status_code == (302 if status == 200 else 403), name


def test_a_change_is_seen_and_decided_by_nobody_else(charity: Any, offered: Any, cast: Any, as_client: Any) -> None:
    service = offered(charity)
    sent = send(as_client(cast.provider), "change_service", service.reference, **typed_of(service, fees="£2"))
    reference = sent["Location"].rstrip("/").rpartition("/")[2]
    names = ("service_change", "approve_service_change", "decline_service_change", "take_back_service_change")
    for who in ("practitioner", "manager", "other_manager", "elected_member", "administrator"):
        client = as_client(getattr(cast, who))
        for name in names:
            assert client.get(reverse(name, args=[reference])).status_code == 404, (who, name)
            assert send(client, name, reference, version=1, why="No.").status_code == 404, (who, name)
    assert as_client(cast.practitioner).get(reverse("directory")).status_code == 403
    assert "No change waits" not in page(as_client(cast.charity_manager).get(reverse("service_changes")))
    assert Client().get(reverse("service_change", args=[reference])).status_code == 302
    declined = send(as_client(cast.commissioner), "decline_service_change", reference, why="")
    assert declined.status_code == 422
    assert send(as_client(cast.commissioner), "decline_service_change", reference, why="Say when.").status_code == 302
    assert "Say when." in page(as_client(cast.provider).get(reverse("service_change", args=[reference])))


def test_the_list_narrows_and_costs_the_same_for_one_and_for_thirty(
    charity: Any, offered: Any, cast: Any, as_client: Any
) -> None:
    client = as_client(cast.commissioner)

    def cost(name: str, *args: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert (
                client.get(reverse(name, args=args), {"words": "stay", "page": "-1", "show": "nonsense"}).status_code
                == 200
            )
        return len(found)

    service = offered(charity)
    pages = (
        ("directory",),
        ("service_entry", service.reference),
        ("change_service", service.reference),
        ("service_changes",),
    )
    one = [cost(*each) for each in pages for _ in (1, 2)][1::2]
    for number in range(30):
        offered(charity, name=f"Stay {number}")
    assert [cost(*each) for each in pages] == one
    assert "There is no entry here" in page(client.get(reverse("directory"), {"words": "zzz"}))
    assert "There is no entry here" in page(client.get(reverse("directory"), {"show": "due"}))


def test_a_steward_changes_how_an_organisation_is_listed_and_nobody_else(
    charity: Any, school: Any, offered: Any, cast: Any, as_client: Any
) -> None:
    offered(charity)
    steward, told = (
        as_client(cast.commissioner),
        {"name": "Lantern", "description": "Helps.", "website": "lantern.example.org"},
    )
    listed = page(steward.get(reverse("listed_organisations")))
    assert charity.name in listed and str(charity.id) in listed
    seen = queries.organisation_as_typed(charity)["seen"]
    typed = told | {"seen": seen, "agency": str(charity.agency_id)}
    for who in ("provider", "charity_manager", "practitioner", "elected_member"):
        client = as_client(getattr(cast, who))
        assert client.get(reverse("listed_organisations")).status_code == 403, who
        assert send(client, "change_organisation", charity.id, **typed).status_code == 403, who
    taken = send(steward, "change_organisation", charity.id, **(typed | {"agency": str(school.agency_id)}))
    assert taken.status_code == 422, "another organisation's agency is not offered"
    assert send(steward, "change_organisation", charity.id, **typed).status_code == 302
    read_as(None)
    charity.refresh_from_db()
    assert (charity.name, charity.website) == ("Lantern", "https://lantern.example.org")
    assert Service.objects.get().search_text.startswith(" stay and play lantern "), (
        "its entries are found by the new name"
    )
    again = send(steward, "change_organisation", charity.id, **(typed | {"name": "Other"}))
    assert again.status_code == 409 and "Lantern" in page(again)
