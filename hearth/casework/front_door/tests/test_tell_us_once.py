"""Nothing that was typed is lost, and nothing that is known is typed again."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.front_door.actions import start_request
from hearth.casework.front_door.models import Request, RequestPerson
from hearth.casework.front_door.tests.conftest import asking
from hearth.casework.front_door.tests.test_pages import page, typed
from hearth.casework.front_door.typed import TypedPerson

FATHER = TypedPerson(role="parent", given_name="Dean", family_name="Holt", lives_elsewhere="Barrowford")
TWIN = TypedPerson(
    role="child", given_name="Ivy", family_name="Holt", born_on=dt.date(2019, 5, 1), birth_precision="month"
)


@pytest.fixture
def ask(cast: Any, area: Any) -> Any:
    """Send a request now: pages are opened by the real clock."""
    return asking(cast, area)


def begin(by: Any, as_: Any) -> Request:
    """Begin a request."""
    with as_(by):
        return start_request(by=by, key=uuid.uuid4(), channel="partner", signs=[])


def box(text: str, name: str) -> str:
    """What a box of the page holds."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', text)
    value = re.search(r'value="([^"]*)"', found[0]) if found else None
    return value[1] if value else ""


def test_somebody_of_whom_only_their_place_in_the_family_is_known_is_kept(as_client: Any, cast: Any, as_: Any) -> None:
    begun = begin(cast.practitioner, as_)
    sent = typed(**{"person-1-given_name": "", "person-1-family_name": "", "person-1-born-year": ""})
    sent["person-1-role"] = "parent"
    as_client(cast.practitioner).post(reverse("write_request", args=[begun.reference]), sent)
    with as_(cast.practitioner):
        nameless = RequestPerson.objects.get(request=begun, place=1)
        assert (nameless.full_name, nameless.role) == ("Name not given", "parent")


def test_half_finished_requests_are_told_apart_by_what_was_typed(as_client: Any, cast: Any, as_: Any) -> None:
    client = as_client(cast.practitioner)
    for family in ("Marsden", "O'Brien"):
        client.post(reverse("write_request", args=[begin(cast.practitioner, as_).reference]), {"family_name": family})
    text = page(client.get(reverse("my_requests")))
    assert "Marsden" in text and "O&#39;Brien" in text
    # From another device too; and never to a colleague of the same school.
    assert "Marsden" in page(as_client(cast.practitioner).get(reverse("my_requests")))
    assert "Marsden" not in page(as_client(cast.colleague).get(reverse("my_requests")))


def test_a_second_request_for_a_family_begins_with_what_the_first_said(
    ask: Any, as_client: Any, cast: Any, as_: Any
) -> None:
    earlier = ask(consent_on=None, people=(FATHER, TWIN), family_phone="01632 960777", interpreter_language="Polish")
    client = as_client(cast.practitioner)
    first = client.post(
        reverse("ask_for_help") + f"?like={earlier.reference}", {"signs": ["danger_now"], "key": str(uuid.uuid4())}
    )
    on = re.search(r'href="([^"]*/write/\?like=[^"]*)"', client.get(first["Location"]).content.decode())
    assert on, "the page that says whom to ring forgets which family it is about"
    text = client.get(on[1]).content.decode()
    assert box(text, "person-0-given_name") == "Dean" and box(text, "person-1-given_name") == "Ivy"
    assert box(text, "person-0-lives_elsewhere") == "Barrowford"
    assert (box(text, "person-1-born-day"), box(text, "person-1-born-month")) == ("", "5")
    assert box(text, "family_phone") == "01632 960777" and box(text, "interpreter_language") == "Polish"
    # Why, and whether they agree, is asked afresh.
    assert "Leo has missed eleven days" not in text and "Kelly Marsden" not in text


def test_nobody_begins_with_what_another_typed(ask: Any, as_client: Any, cast: Any, as_: Any) -> None:
    earlier = ask(consent_on=None)
    for stranger in (cast.colleague, cast.front_door_officer, cast.charity_worker):
        begun = begin(stranger, as_)
        answer = as_client(stranger).get(reverse("write_request", args=[begun.reference]), {"like": earlier.reference})
        assert answer.status_code == 404


def test_a_family_on_record_is_filled_in_for_whoever_may_open_it_and_the_look_is_kept(
    family: Any, as_client: Any, cast: Any, as_: Any, kept_of: Any
) -> None:
    worker = cast.family_worker
    begun = begin(worker, as_)
    text = as_client(worker).get(reverse("write_request", args=[begun.reference]), {"family": family.reference})
    found = text.content.decode()
    assert box(found, "family_name") == "Ashworth" and box(found, "person-0-given_name") == "Kelly"
    assert {box(found, f"person-{row}-given_name") for row in (1, 2)} == {"Jake", "Mia"}
    assert "front_door.family_filled_in" in [event.verb for event in kept_of(worker)]
    begun = begin(cast.practitioner, as_)
    refused = as_client(cast.practitioner).get(
        reverse("write_request", args=[begun.reference]), {"family": family.reference}
    )
    assert refused.status_code == 404 and "Kelly" not in refused.content.decode()


@pytest.mark.parametrize("about", ["?like=RQ-NOBODY0", "?family=%00", "?like=", "?family=' or 1=1"])
def test_a_tampered_address_fills_in_nothing(about: str, as_client: Any, cast: Any, as_: Any) -> None:
    where = reverse("write_request", args=[begin(cast.practitioner, as_).reference])
    assert as_client(cast.practitioner).get(where + about).status_code in (200, 404)
