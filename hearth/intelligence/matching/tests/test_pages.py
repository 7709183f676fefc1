"""The pages: a run is started and read, a pair decided by hand and undone, and how right linking is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hearth.foundation.core.reader import acting_as
from hearth.intelligence.matching import jobs
from hearth.intelligence.matching.models import LinkRun, MatchPair
from hearth.intelligence.matching.review import queries
from hearth.intelligence.matching.tests.conftest import Who, pair_of
from hearth.intelligence.matching.tests.test_review import TWINS, UNSURE
from hearth.intelligence.matching.tests.test_runs import NHS
from hearth.records.people.facts.actions import add_identifier
from hearth.records.people.models import Person
from hearth.records.sharing.agreements.actions import end_agreement


@pytest.fixture
def analyst(cast: Any, as_client: Callable[[Any], Client]) -> Client:
    """The analyst, signed in."""
    return as_client(cast.analyst)


def shown(client: Client, name: str, *arguments: str) -> str:
    """A page as it is read."""
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_run_is_started_followed_and_read_by_hand(analyst: Client, town: Callable[..., None], cast: Any) -> None:
    town(**TWINS)
    assert "Nobody has been linked yet" in shown(analyst, "who_is_who")
    analyst.post(reverse("start_link_run"))
    run = LinkRun.objects.get()
    assert "It waits to start" in shown(analyst, "link_run", run.reference)
    jobs.link(run=str(run.id), by=str(cast.analyst.id))
    page = shown(analyst, "link_run", run.reference)
    with acting_as(cast.analyst):
        run.refresh_from_db()
    assert run.rows_hash in page and "the same birth date" in page and "In force" in page
    assert run.files[0]["hash"] in page and "link 0.9" in page and "duckdb" in page
    assert "pairs wait for you" in shown(analyst, "who_is_who")
    assert analyst.post(reverse("cancel_link_run", args=[run.reference])).status_code == 403


def test_a_run_that_is_cancelled_leaves_what_was_in_force(
    analyst: Client, town: Callable[..., None], run: Callable[..., Any], cast: Any
) -> None:
    town()
    before = run()
    analyst.post(reverse("start_link_run"), {"afresh": "1"})
    waiting = LinkRun.objects.get(state="waiting")
    assert waiting.afresh
    analyst.post(reverse("cancel_link_run", args=[waiting.reference]))
    jobs.link(run=str(waiting.id), by=str(cast.analyst.id))
    with acting_as(cast.analyst):
        waiting.refresh_from_db()
        before.refresh_from_db()
    assert (waiting.state, before.is_current) == ("cancelled", True)


def test_a_pair_is_decided_by_hand_and_undone(
    analyst: Client, town: Callable[..., None], run: Callable[..., Any]
) -> None:
    town(**TWINS)
    run()
    pair = pair_of(*UNSURE)
    assert pair is not None
    address = reverse("decide_pair", args=[pair.reference])
    page = analyst.get(address).content.decode()
    assert "Abigail" in page and "Gabrielle" in page and "app-compare__row--differs" in page
    assert page.count("<rect") == len(pair.evidence) and "so a person is asked" in page
    assert analyst.post(address, {"seen": "0"}).status_code == 422
    answer = analyst.post(address, {"seen": "0", "answer": "different", "why": "Both are on the roll"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("next_pair"))
    pair.refresh_from_db()
    assert pair.state == "different"
    assert analyst.get(address).status_code == 302
    again = analyst.post(address, {"seen": "0", "answer": "same"})
    assert again.status_code == 403 and "has answered this pair" in again.content.decode()
    assert "Both are on the roll" in shown(analyst, "match_pair", pair.reference)
    undoing = reverse("undo_decision", args=[pair.reference])
    assert "Undo it" in analyst.get(undoing).content.decode()
    assert analyst.post(undoing, {"seen": "1", "why": "Looked at the wrong roll"}).status_code == 302
    pair.refresh_from_db()
    assert pair.state == "waiting"
    assert analyst.get(reverse("match_pairs"), {"reference": pair.reference.lower()}).status_code == 302
    assert pair.reference in shown(analyst, "match_pairs")


@pytest.fixture
def pair_with_jake(feeds: Callable[..., Any], family: Any, cast: Any, run: Callable[..., Any]) -> MatchPair:
    """A health visit that may be Jake Ashworth's, who is on the register."""
    with acting_as(cast.family_worker):
        jake = Person.objects.get(given_name="Jake", memberships__family=family)
        add_identifier(by=cast.family_worker, person=jake, kind="nhs", value=NHS)
    feeds("health_visits", f"{NHS},one_year,2024-09-02,2024-09-02,")
    run()
    return MatchPair.objects.get(register_person=jake.cluster_id)


def test_a_look_at_a_pair_with_somebody_of_the_register_is_in_the_familys_trail(
    analyst: Client,
    pair_with_jake: MatchPair,
    family: Any,
    cast: Any,
    run: Callable[..., Any],
    kept_of: Callable[..., Any],
) -> None:
    pair = pair_with_jake
    assert "Jake" in shown(analyst, "match_pair", pair.reference)
    looks = [event for event in kept_of(cast.analyst) if event.kind == "looked"]
    assert [(event.family_id, event.subject) for event in looks] == [(family.id, pair.reference)]
    assert (
        analyst.post(
            reverse("decide_pair", args=[pair.reference]),
            {"seen": "0", "answer": "different", "why": "A slip in the number"},
        ).status_code
        == 302
    )
    run()
    assert [row.register for row in Who().rows] == [None], (
        "what was joined by itself is undone by saying that they are two"
    )


def test_pairs_are_found_by_the_name_that_either_side_says_and_the_search_is_on_record(
    analyst: Client, town: Callable[..., None], run: Callable[..., Any], cast: Any, kept_of: Callable[..., Any]
) -> None:
    town(**TWINS)
    run()
    pair = pair_of(*UNSURE)
    assert pair is not None
    assert "Fairweather" not in shown(analyst, "match_pairs"), "a list that nobody asked by name names nobody"
    found = analyst.get(reverse("match_pairs"), {"name": "gabriélle fairweather"}).content.decode()
    assert pair.reference in found
    assert "Abigail Fairweather, born 2008-03-04" in found and "Gabrielle Fairweather, born 2008-03-04" in found
    nobody = analyst.get(reverse("match_pairs"), {"name": "Abigail Gabrielle"}).content.decode()
    assert "MP-" not in nobody, "one side has all of the words"
    for nothing in ("!", "-", "…", " "):
        assert "Fairweather" not in analyst.get(reverse("match_pairs"), {"name": nothing}).content.decode(), nothing
    searches = [event for event in kept_of(cast.analyst) if event.verb == "matching.pairs_searched"]
    assert [event.detail["found"] for event in searches] == [1, 0]


def test_by_name_only_what_the_agreements_permit_is_found(
    analyst: Client,
    feeds: Callable[..., Any],
    agreed: Callable[..., Any],
    town: Callable[..., None],
    run: Callable[..., Any],
    cast: Any,
) -> None:
    school = cast.practitioner.organisation
    agreement = agreed(school, "education")
    town(benefits=TWINS["benefits"])
    feeds("neet", TWINS["neet"][0], organisation=school)
    run()
    asked = {"name": "Fairweather"}
    assert "Abigail" in analyst.get(reverse("match_pairs"), asked).content.decode()
    with acting_as(cast.information_governance):
        end_agreement(by=cast.information_governance, agreement=agreement, why="The school has left")
    after = analyst.get(reverse("match_pairs"), asked).content.decode()
    assert "Abigail" not in after and "that you may be shown" in after


def test_a_name_found_on_the_register_is_in_the_familys_trail(
    analyst: Client, pair_with_jake: MatchPair, family: Any, cast: Any, kept_of: Callable[..., Any]
) -> None:
    pair = pair_with_jake
    assert "Jake Ashworth" in analyst.get(reverse("match_pairs"), {"name": "jake"}).content.decode()
    looks = [event for event in kept_of(cast.analyst) if event.verb == "matching.pairs_found_by_name"]
    assert [(event.family_id, event.subject) for event in looks] == [(family.id, pair.reference)]


def test_a_pair_is_not_opened_by_a_reference_that_is_none(analyst: Client) -> None:
    assert analyst.get(reverse("match_pair", args=["MP-4444444"])).status_code == 404
    assert analyst.get(reverse("match_pairs"), {"reference": "<script>"}).status_code == 404


def test_the_next_pair_is_another_one_until_none_waits(
    analyst: Client, town: Callable[..., None], run: Callable[..., Any], cast: Any
) -> None:
    town(**TWINS)
    run()
    asked = set()
    while (address := analyst.get(reverse("next_pair"))["Location"]) != reverse("who_is_who"):
        assert address not in asked
        asked.add(address)
        analyst.post(address, {"seen": "0", "answer": "same"})
    assert len(asked) == MatchPair.objects.filter(queries.TO_DECIDE).count() > 10
    page = shown(analyst, "match_quality")
    assert "precision of what was joined" in page and "Wilson" in page
    assert f"{len(asked)}" in page
