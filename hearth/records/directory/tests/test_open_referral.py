"""The open directory: as Open Referral UK's own schemas and test profiles ask, for everybody, counted, in a fixed number of queries."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearth.records.directory.actions import say_places
from hearth.records.directory.api import rate
from hearth.records.directory.models import Service, ServiceAtLocation, TaxonomyTerm
from hearth.records.directory.tests.conftest import PLACE, SESSION
from hearth.records.directory.tests.schema import faults, schema, standards, whole

BASE = "/api/open-referral"
BARE: dict[str, Any] = {
    "name": "Bare", "needs": [], "circumstances": [], "minimum_age": None, "maximum_age": None, "is_free": None, "url": "", "email": "",
    "languages": [], "places": [], "sessions": [],
}  # fmt: skip


def get(path: str, **asked: Any) -> Any:
    response = Client().get(f"{BASE}{path}", asked)
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return response.json()


def listed(path: str = "/services", **asked: Any) -> list[str]:
    return sorted(each.get("service", each)["name"] for each in get(path, **asked)["contents"])


@pytest.fixture
def three(charity: Any, school: Any, offered: Any, cast: Any, as_: Any) -> list[Service]:
    """An entry with all that an entry may say, one with hardly anything, and a Saturday café far away."""
    whole = offered(charity, fees="50p", phone="01632 960001", contact_name="Mei", contact_title="Lead", alert="Shut on Monday.",
                    who_for="Families of the town",
                    url="https://lantern.example.org/café’s", accreditations="Charter", way_in="drop-in", held="venue")  # fmt: skip
    with as_(cast.commissioner):
        say_places(by=cast.commissioner, service=whole, places="waiting", waiting_weeks=3)
    far = PLACE | {"latitude": 54.5, "longitude": -1.3, "postcode": "TS18 1AA", "county": "", "accessibility_words": ""}
    saturday = SESSION | {"days": ["1SA"], "opens_at": "14:00", "closes_at": "16:00"}
    return [whole, offered(school, **BARE), offered(school, name="Café", needs=["parenting"], minimum_age=18, maximum_age=99,
                                                    places=[far], sessions=[saturday])]  # fmt: skip


@pytest.mark.parametrize("profile", ["3.0", "1.0"])
def test_every_test_of_the_profile_passes(profile: str, three: Any) -> None:
    tests = json.loads((standards() / "conformance" / "TestProfiles" / f"HSDS-UK-{profile}.json").read_text())[
        "testGroups"
    ]
    ids: dict[str, list[str]] = {}
    base, seen = ("" if profile == "3.0" else "/1.0"), 0
    for test in (test for group in tests for test in group["tests"]):
        if "review_list" in test["schema"]:
            continue  # the profile asks the locations' address for reviews
        for key in ids[test["useIdFrom"].removesuffix("-id")] if "useIdFrom" in test else [""]:
            said = get(f"{base}{test['endpoint']}{key}")
            shape = (
                "V1.0-UK/service.json" if profile == "1.0" and key and "service" in test["schema"] else test["schema"]
            )
            assert faults(said, schema(shape)) == [], test["name"]
            if test.get("saveIds"):
                ids[test["endpoint"]] = [each["id"] for each in said[test["saveIdField"]]]
                assert len(ids[test["endpoint"]]) >= 2
            seen += 1
    assert seen > 8


def test_every_address_of_the_standards_own_openapi_document_answers_as_it_says(three: Any) -> None:
    document = json.loads((standards() / "schema" / "openapi.json").read_text())
    ids: dict[str, str] = {}
    for path, methods in sorted(document["paths"].items()):
        said = get(path.replace("{id}", ids.get(path.split("/")[1], "")))
        wanted = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        if "contents" in wanted.get("properties", {}):
            assert set(document["components"]["schemas"]["Page"]["properties"]) <= set(said)
            wanted = wanted["properties"]["contents"]["items"]
            ids[path.strip("/")] = said["contents"][0]["id"]
        for each in said.get("contents", [said]) if "$ref" in wanted else []:
            file = standards() / "schema" / wanted["$ref"].partition("/schema/")[2]
            assert faults(each, whole(file)) == [], path
    assert len(ids) == 4


def test_the_checker_finds_what_the_standards_failing_mocks_do_wrong() -> None:
    mocks = standards() / "conformance" / "Mocks" / "V3.0-UK-Fail"
    for mock, shape in (("service_full", "service"), ("service_list", "service_list"), ("api_details", "api_details"),
                        ("taxonomy_term", "taxonomy_term")):  # fmt: skip
        assert faults(json.loads((mocks / f"{mock}.json").read_text()), schema(f"V3.0-UK/{shape}.json")), mock
    good = json.loads((mocks.parent / "V3.0-UK-Default" / "service_full.json").read_text())
    assert faults(good, schema("V3.0-UK/service.json")) == []


def test_a_service_says_all_that_its_entry_says(three: list[Service]) -> None:
    whole = three[0]
    said = get(f"/services/{whole.id}")
    assert (said["fees"], said["minimum_age"], said["maximum_age"], said["alert"]) == ("50p", 0, 5, "Shut on Monday.")
    assert said["assured_date"] == whole.confirmed_on.isoformat() and said["wait_time"].startswith(
        "A waiting list, about 3 weeks"
    )
    (schedule,) = said["schedules"]
    assert (schedule["byday"], schedule["freq"], schedule["opens_at"]) == ("TU,TH", "WEEKLY", "09:30:00")
    (at,) = said["service_at_locations"]
    assert at["location"]["addresses"][0]["postal_code"] == "BB11 1AA"
    assert [each["description"] for each in at["location"]["accessibility"]] == ["Step-free", "Ring the bell."]
    assert said["contacts"][0]["phones"][0]["number"] == "01632 960001"
    assert {each["taxonomy_term"]["term"] for each in said["attributes"]} == {"speech_and_play", "new_to_area"}
    assert "commissioner" not in json.dumps(said).lower() and "Tomlinson" not in json.dumps(said)
    assert get(f"/services/{three[2].id}")["schedules"][0]["freq"] == "MONTHLY"
    assert get(f"/services/{whole.id}") == get(f"/services/{whole.id}"), "its parts have the same ids each time"


def test_pages_are_pages(three: Any) -> None:
    first, last, beyond = (get("/services", page=page, per_page=2) for page in (1, 2, 9))
    envelope = ("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty")
    assert [first[name] for name in envelope] == [3, 2, 1, 2, True, False, False]
    assert [last[name] for name in envelope] == [3, 2, 2, 1, False, True, False]
    assert [beyond[name] for name in envelope] == [3, 2, 9, 0, False, True, True]
    assert len({each["id"] for page in (first, last) for each in page["contents"]}) == 3
    nothing = get("/services", search="zzz")
    assert [nothing[name] for name in envelope] == [0, 0, 1, 0, True, True, True] and nothing["contents"] == []


def test_services_are_found_by_each_parameter(three: list[Service]) -> None:
    parenting = TaxonomyTerm.objects.get(code="parenting")
    needs = parenting.taxonomy_id
    for asked, found in (
        ({"search": "cafe"}, ["Café"]),
        ({"taxonomy_term_id": parenting.id}, ["Café"]),
        ({"taxonomy_id": needs}, ["Café", "Stay and play"]),
        ({"taxonomy_term_id": "nonsense"}, []),
        ({"minimum_age": 1}, ["Café"]),
        ({"minimum_age": "0"}, ["Café", "Stay and play"]),
        ({"maximum_age": "5"}, ["Stay and play"]),
        ({"day": "TU"}, ["Stay and play"]),
        ({"day": "Saturday"}, ["Café"]),
        ({"start_time": "13:00"}, ["Café"]),
        ({"end_time": "12:00:00"}, ["Stay and play"]),
        ({"day": "TU", "start_time": "10:00"}, []),
        ({"organization_id": three[0].organisation_id}, ["Stay and play"]),
        ({"modified_after": "2020-01-01"}, ["Bare", "Café", "Stay and play"]),
        ({"modified_after": "2099-01-01T00:00:00Z"}, []),
        ({"unheard_of": "1"}, ["Bare", "Café", "Stay and play"]),
    ):
        assert listed(**asked) == found, asked
    for asked, found in (
        ({"postcode": "BB11 1AA", "proximity": "500"}, ["Stay and play"]),
        ({"postcode": "BB11 1AA"}, ["Café", "Stay and play"]),
        ({"postcode": "ZZ1 1ZZ", "proximity": "500"}, []),
        ({"search": "cafe"}, ["Café"]),
    ):
        assert listed("/service_at_locations", **asked) == found, asked
    nearest = get("/service_at_locations", postcode="TS18 1AA")["contents"]
    assert [each["service"]["name"] for each in nearest] == ["Café", "Stay and play"]
    whole = get("/services", full="true", search="stay")["contents"][0]
    assert whole == get(f"/services/{three[0].id}")


def test_services_of_1_0_are_found_by_each_parameter(three: list[Service]) -> None:
    def found(**asked: Any) -> list[str]:
        return sorted(each["name"] for each in get("/1.0/services", **asked)["content"])

    assert found(text="cafe") == found(need="parenting") == found(minimum_age=18) == ["Café"]
    assert found(day=["TU"], start_time="09:00") == found(postcode="BB11 1AA", proximity=900) == ["Stay and play"]
    included = get("/1.0/services", include="service_at_locations", text="stay")["content"][0]
    assert included["service_at_locations"] and "contacts" not in included
    assert get("/1.0/reviews")["empty"] is True
    where = get("/1.0/locations")["content"][0]["id"]
    assert get(f"/1.0/locations/{where}")["service_at_locations"]
    assert get(f"/1.0/organizations/{three[1].organisation_id}")["services"]
    assert "Needs" in get("/1.0/vocabularies")["vocabularies"]


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "0"}, {"page": "-1"}, {"page": "x"}, {"page": "²"}, {"per_page": "1.5"}, {"minimum_age": "old"}, {"maximum_age": "-3"},
        {"day": "someday"}, {"day": "T"}, {"start_time": "25:00"}, {"modified_after": "soon"}, {"full": "maybe"},
        {"postcode": "here", "at": "1"}, {"proximity": "far", "at": "1"}, {"minimum_age": "nan"}, {"maximum_age": "9" * 40},
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_read_is_answered_with_a_sentence(asked: dict[str, str], db: None) -> None:
    path = "/service_at_locations" if asked.pop("at", "") else "/services"
    response = Client().get(f"{BASE}{path}", asked)
    assert response.status_code == 400 and next(iter(asked)) in response.json()["error"]


@pytest.mark.parametrize(
    "path",
    [
        "/services/nothing", "/services/00000000-0000-4000-8000-000000000000", "/taxonomies/x", "/taxonomy_terms/x", "/organizations",
        "/service_at_locations/x", "/nothing", "/1.0/services/x", "/1.0/taxonomies/x", "/1.0/locations/x", "/1.0/organizations/x",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found_in_json(path: str, db: None) -> None:
    response = Client().get(f"{BASE}{path}")
    assert response.status_code == 404 and response.json()["status"] == 404


def test_it_is_read_only_and_open_to_pages_of_others(db: None) -> None:
    for method in ("post", "put", "patch", "delete"):
        response = getattr(Client(enforce_csrf_checks=True), method)(f"{BASE}/services")
        assert response.status_code == 405 and "GET" in response.headers["Allow"]
    asked = Client().options(f"{BASE}/services")
    assert asked.status_code == 204 and asked.headers["Access-Control-Allow-Origin"] == "*"
    assert Client().head(f"{BASE}/services").status_code == 200
    assert Client().get(f"{BASE}/").json() == Client().get(BASE).json()
    for path in (
        "/services/",
        "//services",
        "//",
        "/1.0//services",
        "/1.0//",
    ):  # as roots and addresses are put together
        assert Client().get(f"{BASE}{path}").status_code == 200, path


def test_hostile_words_are_only_words(three: Any) -> None:
    for words in ("'; drop table directory_service; --", "\x00", "%%", "a" * 5000, "\u202e", "\ud7ff" * 9):
        assert Client().get(f"{BASE}/services", {"search": words}).status_code == 200
    assert Client().get(f"{BASE}/services?search=%FF&page=1").status_code == 200


def test_its_own_document_names_every_address(three: Any) -> None:
    details = get("/")
    assert details["version"] == "HSDS-UK-3.0" and details["openapi_url"].endswith(f"{BASE}/openapi.json")
    said = get("/openapi.json")
    assert len(said["paths"]) == 9
    for path in said["paths"]:
        if "{" not in path:
            assert Client().get(said["servers"][0]["url"].removeprefix("http://testserver") + path).status_code == 200
    for name in said["components"]["parameters"]:
        assert any(f"/{name}" in str(each) for path in said["paths"].values() for each in path["get"]["parameters"]), (
            name
        )


def test_one_address_cannot_flood_it(db: None, monkeypatch: Any) -> None:
    cache.clear()
    monkeypatch.setattr(rate, "MOST", 3)
    answers = [Client().get(f"{BASE}/services") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].headers["Retry-After"] == "60"
    assert Client(REMOTE_ADDR="203.0.113.9").get(f"{BASE}/services").status_code == 200


def test_a_page_costs_the_same_for_one_and_for_forty(charity: Any, offered: Any) -> None:
    def cost() -> dict[str, int]:
        at, found = ServiceAtLocation.objects.first(), {}
        for path in ("/services", "/services?full=true", f"/services/{at.service_id}", "/service_at_locations?postcode=BB111AA",
                     f"/service_at_locations/{at.id}", "/taxonomies", "/taxonomy_terms", "/1.0/services?include=contacts", "/1.0/locations",
                     f"/1.0/locations/{at.location_id}"):  # fmt: skip
            with CaptureQueriesContext(connection) as queries:
                get(path)
            found[path.split("/")[1] + str(len(path))] = len(queries)
        return found

    offered(charity)
    cost()
    one = cost()
    for number in range(40):
        offered(charity, name=f"Stay {number}")
    assert cost() == one
