"""A link run: who is one person over feeds and on the register, households, keys that stay, and what a run keeps of itself."""

from collections.abc import Callable
from typing import Any

import pytest

from hearth.foundation.core.reader import acting_as
from hearth.intelligence.matching.models import MatchPair
from hearth.intelligence.matching.tests.conftest import name_of, pair_of
from hearth.records.people.facts.actions import add_identifier
from hearth.records.people.models import Person
from hearth.records.people.restrictions.actions import place_restriction

UPN = "H801200001001"
NHS = "9991234500"
Town = Callable[..., None]


@pytest.fixture
def jake(family: Any, cast: Any) -> Person:
    """Jake Ashworth, on the register with an NHS number."""
    with acting_as(cast.family_worker):
        jake = Person.objects.get(given_name="Jake", memberships__family=family)
        add_identifier(by=cast.family_worker, person=jake, kind="nhs", value=NHS)
        return jake


def test_people_of_two_feeds_are_one_person_and_households_are_made_where_addresses_are(
    town: Town, run: Callable[..., Any], who: Callable[[], Any]
) -> None:
    town(benefits=("b70,Anwen,Eccleshall,1980-02-03,1 Mill Lane,BB1 0AA,UC,2024-01-01,",))
    done = run()
    assert (done.state, done.failure) == ("done", "")
    found = who()
    assert found.of("neet", "y7").person == found.of("worklessness", "b7").person
    assert found.of("neet", "y7").person != found.of("neet", "y8").person
    assert found.of("worklessness", "b70").household == found.of("worklessness", "b0").household is not None
    assert len({row.person for row in found.rows}) == 61


def test_a_valid_nhs_number_finds_a_person_of_the_register_and_one_at_fault_links_within_its_feed_alone(
    feeds: Callable[..., Any], jake: Any, run: Callable[..., Any], who: Callable[[], Any]
) -> None:
    feeds("health_visits", f"{NHS},one_year,2024-09-02,2024-09-02,", "9990000000,one_year,2024-09-02,,")
    feeds(
        "emergency_attendances",
        f"a1,{NHS},2024-09-02,X,no",
        "a2,9990000000,2024-09-02,X,no",
        "a3,9990000000,2024-09-03,X,no",
    )
    assert run().state == "done"
    found = who()
    assert (
        found.of("health_visits", NHS).register
        == str(jake.cluster_id)
        == found.of("emergency_attendances", NHS).register
    )
    assert found.of("health_visits", NHS).person == found.of("emergency_attendances", NHS).person
    wrong = found.of("health_visits", "9990000000"), found.of("emergency_attendances", "9990000000")
    assert wrong[0].person != wrong[1].person and wrong[0].register is None
    pair = MatchPair.objects.get()
    assert (pair.kind, pair.register_person, pair.other_says["given_name"]) == ("register", jake.cluster_id, "Jake")


def test_the_register_is_linked_by_names_dates_and_homes_too(
    town: Town, jake: Any, run: Callable[..., Any], who: Callable[[], Any]
) -> None:
    town(neet=("y80,,Jake,Ashworth,2015-09-14,BB11 3QZ,310,,",))
    run()
    found = who()
    assert found.of("neet", "y80").register == str(jake.cluster_id)
    assert found.of("neet", "y3").register is None


def test_restricted_people_are_not_in_the_file_and_no_pair_names_them(
    town: Town, jake: Any, cast: Any, run: Callable[..., Any], who: Callable[[], Any]
) -> None:
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=jake.reference, reason="A risk of abduction")
    town(
        neet=("y80,,Jake,Ashworth,2015-09-14,BB11 3QZ,310,,", "y81,,Jack,Ashworth,2015-09-14,BB11 3QZ,310,,"),
        benefits=("b80,Jake,Ashworth,2015-09-14,1 Elm Street,BB11 3QZ,UC,2024-01-01,",),
    )
    run()
    found = who()
    assert not [row for row in found.rows if row.value in ("y80", "b80")]
    assert found.of("neet", "y3").person
    assert not [pair for pair in MatchPair.objects.all() if "Ashworth" in str(pair.one_says) + str(pair.other_says)]


def test_whoever_is_restricted_after_a_run_is_in_no_pair_any_more(
    town: Town, jake: Any, cast: Any, run: Callable[..., Any]
) -> None:
    town(neet=("y80,,Jake,Ashworth,2015-09-14,BB11 3QZ,310,,",))
    run()
    assert pair_of("nccis_person:y80", "nccis_person:y80") is not None
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=jake.reference, reason="A risk of abduction")
        assert pair_of("nccis_person:y80", "nccis_person:y80") is None
    assert run().state == "done"


def test_a_new_file_is_linked_against_what_is_known_and_keys_stay(
    town: Town, feeds: Callable[..., Any], run: Callable[..., Any], who: Callable[[], Any]
) -> None:
    town(neet=(f"y90,{UPN},Ottoline,Marchbanks,2008-05-06,BB7 1AA,310,,",))
    first = run()
    before = {(row.feed, row.value): (row.person, row.household) for row in who().rows}
    given, family, born = name_of(5)
    feeds(
        "school_roll", f"p5,S1,,{family},{given},{born},F,100,0,0", "p6,S1,,Somebody,Quite New,2014-02-03,F,100,0,0",
        f"p9,S1,{UPN},Marchbanks,Ottoline,2008-05-06,F,100,0,0",
    )  # fmt: skip
    second = run()
    assert (first.afresh, second.afresh, second.follows_id) == (True, False, first.id)
    found = who()
    after = {(row.feed, row.value): (row.person, row.household) for row in found.rows}
    assert {key: after[key] for key in before} == before
    assert len(after) == len(before) + 4
    assert found.of("school_roll", "p9").person == before["neet", "y90"][0] == found.of("school_roll", UPN).person
    assert found.of("school_roll", "p5").person == before["neet", "y5"][0]
    assert found.of("school_roll", "p5").household == before["worklessness", "b5"][1]
    assert found.of("school_roll", "p6").person not in {person for person, _ in before.values()}
    assert found.of("school_roll", "p6").household is None
    third = run()
    assert {(row.feed, row.value): (row.person, row.household) for row in who().rows} == after
    assert third.rows_hash == second.rows_hash, "nothing new gives the very same file"


def test_a_run_keeps_what_it_used(town: Town, run: Callable[..., Any]) -> None:
    town()
    done = run()
    assert {used["feed"] for used in done.files} == {"neet", "worklessness"}
    assert all(len(used["hash"]) == 64 for used in done.files)
    assert done.parameters["link"] == 0.9 and done.versions["duckdb"] and done.versions["code"]
    assert (
        len(done.rows_hash) == 64 and {"model.json", "seen.parquet"} < done.known_hashes.keys() and done.model_version
    )
    assert done.counts["records"] == 120 and done.counts["persons"] == 60
    assert any(level["attribute"] == "born" and level["bits"] > 5 for level in done.weights)


def test_one_feed_alone_is_people_each_alone(
    feeds: Callable[..., Any], run: Callable[..., Any], who: Callable[[], Any]
) -> None:
    feeds("neet", "y1,,Ann,Smith,2007-01-01,BB1 1AA,310,,", "y2,,Ann,Smith,2007-01-01,BB1 1AA,310,,")
    assert run().state == "done"
    assert len({row.person for row in who().rows}) == 2
