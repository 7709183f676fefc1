"""Anybody finds a service, reads of it and makes a list, without signing in; and nothing of it is kept."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.doorstep.finding import rate
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as, read_as
from hearth.records.directory.models import Service
from hearth.records.directory.tests.conftest import ENTRY, PLACE


@pytest.fixture(autouse=True)
def fresh_count(db: None) -> Any:
    """Nobody has looked in the last minute."""
    cache.clear()
    yield
    cache.clear()


def page(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def look(client: Client, name: str = "find_help", *args: str, **typed: Any) -> str:
    answer = client.get(reverse(name, args=args), typed)
    assert answer.status_code == 200, answer
    return page(answer)


def test_a_parent_finds_a_service_in_plain_words_and_reads_what_to_do_first(
    client: Client,
    charity: Any,
    offered: Callable[..., Any],
) -> None:
    service = offered(charity, phone="01632 960123", places=[PLACE])
    found = look(client, words="he is not talking", near="BB11 1AA")
    assert "Stay and play" in found and 'href="tel:01632960123"' in found and "Less than half a mile away" in found
    assert "This is about: talking, playing and learning before school." in found
    whole = look(client, "find_help_service", service.reference, words="he is not talking")
    assert "Ring the bell" in whole and "9:30am to 11:30am" in whole and "Free" in whole and "Checked on" in whole
    assert f"{reverse('find_help')}?words=he+is+not+talking" in whole, "the way back keeps what was typed"
    assert service.confirmed_by_name and service.confirmed_by_name not in found + whole


def test_misspelt_words_say_what_was_looked_for(client: Client, charity: Any, offered: Callable[..., Any]) -> None:
    offered(charity, name="School mornings", needs=["school"])
    assert "We looked for “attendance” in place of “atendence”" in look(client, words="atendence")


def test_a_place_we_do_not_know_is_said_and_no_distance_is_made_up(
    client: Client,
    charity: Any,
    offered: Callable[..., Any],
) -> None:
    offered(charity)
    found = look(client, words="messy", near="ZZ99 9ZZ")
    assert "We do not know where ZZ99 is" in found and "away" not in found.split("<main")[1].split("</form>")[0]


def test_what_fits_all_and_what_fits_in_part_stand_apart_each_with_its_count_and_what_it_lacks(
    client: Client, charity: Any, offered: Callable[..., Any]
) -> None:
    offered(charity, name="Origami and zumba", description="Both.")
    offered(charity, name="Zumba", description="Dance.")
    offered(charity, name="Origami", description="Paper.")
    words = look(client, words="origami zumba")
    assert (
        "1 service fits all that you asked</h2>" in words
        and "2 more fit only in part, what fits most of it first</h2>" in words
    )
    whole, part = words.split("2 more fit only in part, what fits most of it first</h2>")
    assert "Fits in part" not in whole and part.count("Fits in part") == 2
    assert "It says nothing of “zumba”." in part and "It says nothing of “origami”." in part
    ticked = look(client, words="origami", needs="housing")
    assert "Nothing fits all that you asked." in ticked and "not listed under what you ticked" in ticked
    assert "1 service</h2>" in look(client, words="paper"), "where all that is found fits, nothing is said of parts"


def test_what_was_chosen_is_said_while_the_choices_are_folded_away(
    client: Client, charity: Any, offered: Callable[..., Any]
) -> None:
    offered(charity)
    words = look(client, words="messy", age="3", day="TU", free="on", access="step_free", near="BB11", within="3")
    assert "Only what fits your choices: within 3 miles; age 3; Tuesday; free; step-free." in words
    folds = re.search(r'<details class="govuk-details finder__more"([^>]*)>', words)
    assert folds and "open" not in folds[1]
    wrong = re.search(r'<details class="govuk-details finder__more"([^>]*)>', look(client, words="messy", age="400"))
    assert wrong and "open" in wrong[1], "what has to be put right is in sight"


def test_how_many_are_on_the_list_is_in_sight(client: Client, charity: Any, offered: Callable[..., Any]) -> None:
    one, other = offered(charity), offered(charity, name="Messy too")
    words = look(client, words="messy", keep=[one.reference, other.reference])
    assert "My list: <span data-count>2 services</span>" in words and "data-list>" in words
    assert "data-list hidden>" in look(client, words="messy")


def test_a_stale_entry_says_so(client: Client, charity: Any, offered: Callable[..., Any]) -> None:
    with clock.frozen(clock.now() - dt.timedelta(days=700)):
        service = offered(charity)
    for found in (look(client, words="messy"), look(client, "find_help_service", service.reference),
                  look(client, "find_help_list", keep=service.reference)):  # fmt: skip
        assert "May be out of date" in found and "ring before you go" in found


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"words": "messy", "near": "over there"}, "Enter a postcode, such as BB11 1AA"),
        ({"words": "messy", "age": "four"}, "Enter"),
        ({"words": "messy", "age": "400"}, "120"),
        ({"words": "messy", "day": "XX"}, "Choose"),
        ({"words": "messy", "needs": ["nonsense"]}, "Choose"),
        ({"words": "messy", "within": "99999"}, "Choose"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_rest_is_still_looked_for(
    typed: dict[str, Any],
    sentence: str,
    client: Client,
    charity: Any,
    offered: Callable[..., Any],
) -> None:
    offered(charity)
    found = look(client, **typed)
    assert "There is a problem" in found and sentence in found and "Songs and messy play" in found


@pytest.mark.parametrize(
    "typed",
    [
        {"words": "<script>alert(1)</script>"}, {"words": "x" * 5000}, {"words": "\x00"}, {"words": "%%__\\'\""}, {"words": "?!."},
        {"words": "messy", "page": "-1"}, {"words": "messy", "page": "99999999999"}, {"keep": "<b>"}, {"keep": ["x"] * 500},
        {"near": "BB11"}, {"words": " "},
    ],
)  # fmt: skip
def test_whatever_is_typed_is_answered(
    typed: dict[str, Any],
    client: Client,
    charity: Any,
    offered: Callable[..., Any],
) -> None:
    offered(charity)
    found = look(client, **typed)
    assert "<script>alert" not in found and "<b>" not in found
    assert "<b>" not in look(client, "find_help_list", **typed)


def test_nothing_that_fits_says_what_to_do(client: Client, charity: Any, offered: Callable[..., Any]) -> None:
    offered(charity)
    found = look(client, words="xqzzw", free="on")
    assert "Nothing fits that" in found and reverse("ask_as_family") in found
    assert "Choose what it is about" not in found and "Or choose what it is about" in look(client)


def test_a_list_stands_in_the_address_and_goes_along(
    client: Client,
    charity: Any,
    offered: Callable[..., Any],
) -> None:
    one, other = offered(charity), offered(charity, name="Pantry", needs=["food_and_essentials"], description="Food.")
    found = look(client, words="messy", keep=other.reference)
    assert f'type="hidden" name="keep" value="{other.reference}"' in found, "what is on another page stays on the list"
    listed = look(
        client, "find_help_list", words="messy", keep=[other.reference, one.reference, other.reference, "SV-GONE"]
    )
    assert listed.index("Pantry") < listed.index("Stay and play") and listed.count("Take off the list") == 2
    assert "1 service of this list cannot be shown" in listed and "The Old Library" in listed
    without = re.search(r'href="([^"]+)">Take off the list<span[^>]*>: Pantry', listed)
    assert without and other.reference not in without[1] and one.reference in without[1] and "words=messy" in without[1]
    assert "Nothing is on the list yet" in look(client, "find_help_list")
    ticked = look(client, words="messy", keep=one.reference)
    assert re.search(rf'value="{one.reference}" checked', ticked)


def test_a_service_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get(reverse("find_help_service", args=["SV-4444444"])).status_code == 404


def test_nothing_of_who_looked_for_what_is_kept(
    client: Client,
    cast: Any,
    as_client: Any,
    charity: Any,
    offered: Callable[..., Any],
) -> None:
    service = offered(charity)

    def on_record() -> int:
        with acting_as(cast.practitioner, using="audit"):
            return AuditEvent.objects.using("audit").filter(actor_id=cast.practitioner.id).count()

    before = on_record()
    for reader in (client, as_client(cast.practitioner)):
        with CaptureQueriesContext(connection) as queries:
            answer = reader.get(reverse("find_help"), {"words": "frightened xqzzw", "near": "BB11 1AA"})
            reader.get(reverse("find_help_service", args=[service.reference]), {"words": "frightened xqzzw"})
            reader.get(reverse("find_help_list"), {"words": "frightened xqzzw", "keep": service.reference})
        written = [each["sql"] for each in queries if re.match(r"\s*(insert|update)", each["sql"], re.I)]
        assert not [sql for sql in written if "xqzzw" in sql or "BB11" in sql]
        assert "no-store" in answer.headers["Cache-Control"]
    assert not client.cookies, "no cookie is set"
    assert on_record() == before
    assert as_client(cast.practitioner).get(reverse("directory")).status_code == 403
    assert on_record() == before + 1, "a refusal is on record"


def test_who_looks_too_often_is_asked_to_wait_and_loses_nothing(
    client: Client, cast: Any, as_client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate, "MOST", 2)
    for _ in range(2):
        look(client, words="messy")
    answer = client.get(reverse("find_help"), {"words": "messy", "keep": "SV-1"})
    assert answer.status_code == 429 and "Wait a minute" in page(answer)
    assert 'value="messy"' in page(answer) and 'value="SV-1"' in page(answer)
    assert "Wait a minute" not in look(as_client(cast.practitioner), words="messy"), "who signs in is not counted"


def test_a_worker_finds_the_same_in_their_own_frame(
    cast: Any,
    as_client: Any,
    charity: Any,
    offered: Callable[..., Any],
) -> None:
    service = offered(charity)
    worker = as_client(cast.practitioner)
    found = look(worker, words="messy")
    assert "Find a service" in found and "Stay and play" in found and "Leave this page now" not in found
    assert reverse("service_entry", args=[service.reference]) in look(worker, "find_help_service", service.reference)
    assert "Leave this page now" in look(Client(), words="messy")


def test_each_page_costs_the_same_for_one_and_for_thirty(
    client: Client,
    charity: Any,
    offered: Callable[..., Any],
) -> None:
    kept = [offered(charity).reference]

    def costs() -> list[int]:
        found = []
        for name, args, typed in (
            ("find_help", [], {"words": "messy freind", "near": "BB11 1AA", "keep": kept}),
            ("find_help_service", kept[:1], {}),
            ("find_help_list", [], {"keep": kept}),
        ):
            read_as(None)
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(name, args=args), typed)
            found.append(len(queries))
        return found

    costs()
    one = costs()
    kept += [
        offered(charity, name=f"Stay {number}", places=[ENTRY["places"][0], PLACE | {"name": "Hall"}]).reference
        for number in range(29)
    ]
    assert costs() == one


def test_whoever_sees_counts_goes_from_an_early_years_entry_to_places_and_take_up(
    client: Client,
    cast: Any,
    as_client: Any,
    charity: Any,
    offered: Callable[..., Any],
) -> None:
    early, older = offered(charity, maximum_age=5), offered(charity, name="Youth club", maximum_age=18)
    link = reverse("early_years_places")
    assert link in look(as_client(cast.commissioner), "find_help_service", early.reference)
    assert link not in look(as_client(cast.commissioner), "find_help_service", older.reference)
    for reader in (client, as_client(cast.practitioner)):
        assert link not in look(reader, "find_help_service", early.reference)


def test_stale_ones_come_last_and_the_heading_says_so_and_old_words_of_places_are_told_as_old(
    client: Client, charity: Any, offered: Callable[..., Any], cast: Any
) -> None:
    with clock.frozen(clock.now() - dt.timedelta(days=700)):
        offered(charity, name="Near and stale")
    fresh = offered(charity, name="Fresh")
    with acting_as(cast.commissioner):
        Service.objects.filter(pk=fresh.pk).update(places="full", places_as_at=clock.today() - dt.timedelta(days=400))
    words = look(client, words="play", near="BB11 1AA")
    assert "the nearest first, those not checked lately last</h2>" in words
    assert words.index("Fresh</a>") < words.index("Near and stale</a>")
    assert "The rest was checked since, and this was not: ask" in words
