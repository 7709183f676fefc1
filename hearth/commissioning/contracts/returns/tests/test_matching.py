"""People of a list are matched under the agreement alone, told as numbers, and named to nobody who may not open them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from hearth.casework.cases.actions import add_other_member, join_team, open_case
from hearth.commissioning.contracts.claims.actions import claim_outcome, withdraw_outcome_claim
from hearth.commissioning.contracts.models import PaymentTerm
from hearth.commissioning.contracts.quarters import quarter_of
from hearth.commissioning.contracts.returns.actions import make_return
from hearth.commissioning.contracts.returns.models import ListedPerson, PeopleCheck, PeopleList, PeopleMatch, Return
from hearth.commissioning.contracts.returns.people import actions, queries
from hearth.commissioning.contracts.returns.tests.conftest import NOBODY, csv_of, names
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.models import Membership, Person
from hearth.records.people.restrictions.actions import place_restriction
from hearth.records.sharing.actions import record_consent
from hearth.records.sharing.agreements.actions import end_agreement


@pytest.fixture
def helped(family: Any, case: Any, agreement: Any, cast: Any, as_: Any) -> list[Person]:
    """The Ashworths, in whose team a worker of the charity is."""
    with as_(cast.family_worker):
        join_team(by=cast.family_worker, case=case, user=cast.charity_worker, role="support")
        return [
            each.person
            for each in Membership.objects.filter(family=family).select_related("person").order_by("person__born_on")
        ]


@pytest.fixture
def check(cast: Any, as_: Any) -> Callable[..., bool]:
    """`check(people)` does what the background does, in the provider's name."""

    def run(people: PeopleList, by: Any = None) -> bool:
        by = by or cast.provider
        with as_(by):
            return actions.check_people(by=by, people=PeopleList.objects.select_related("owner").get(pk=people.pk))

    return run


def totals(owner: Return, by: Any, as_: Any) -> tuple[int, int, int] | None:
    """The three totals as the authority reads them."""
    with as_(by):
        found = PeopleCheck.objects.filter(people__owner=owner).first()
        return (found.in_both, found.theirs, found.ours) if found else None


ASHWORTHS = [
    ("Kelly", "Ashworth", dt.date(1990, 5, 2)),
    ("Jake", "Ashworth", dt.date(2015, 9, 14)),
    ("Mia", "Ashworth", dt.date(2019, 1, 30)),
]


def _moved_to(owner: Return, cast: Any, as_: Any) -> Return:
    """The return of the quarter in which today is: casework of the tests begins today."""
    by = cast.development_officer
    with as_(by):
        made = make_return(by=by, contract=owner.contract, quarter=quarter_of(clock.today()))
    assert made is not None
    return made


@pytest.fixture
def now(owner: Return, cast: Any, as_: Any) -> Return:
    """The return of the quarter in which today is."""
    return _moved_to(owner, cast, as_)


def test_three_totals_and_a_slip_of_the_pen_finds_its_person(
    now: Return, helped: list[Person], upload: Any, fill: Any, send: Any, check: Any, cast: Any, as_: Any
) -> None:
    listed = [("Kelley", "Ashworth", dt.date(1990, 5, 2)), ASHWORTHS[1], *NOBODY[:6]]
    people = upload(now, csv_of(*listed))
    send(fill(now, 9, 41, 8800))
    assert check(people) and check(people), "twice is once"
    assert totals(now, cast.development_officer, as_) == (2, 6, 1)
    with as_(cast.family_worker):
        assert not PeopleMatch.objects.exists(), "who opens the family, and not the contract, reads no total"


def test_in_another_quarter_nobody_was_helped(
    owner: Return, helped: Any, upload: Any, fill: Any, send: Any, check: Any, cast: Any, as_: Any
) -> None:
    people = upload(owner, csv_of(*ASHWORTHS))
    send(fill(owner, 9, 41, 8800))
    assert check(people)
    assert totals(owner, cast.development_officer, as_) == (0, 3, 0)


def test_casework_that_another_organisation_helps_is_not_the_providers(
    now: Return, case: Any, upload: Any, fill: Any, send: Any, check: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.family_worker):
        add_other_member(
            by=cast.family_worker,
            case=case,
            role="school",
            name="A teacher",
            organisation=cast.practitioner.organisation,
        )
    people = upload(now, csv_of(*ASHWORTHS))
    send(fill(now, 9, 41, 8800))
    check(people)
    assert totals(now, cast.development_officer, as_) == (0, 3, 0)


def test_whoever_may_open_the_family_reads_the_names_and_nobody_else(
    now: Return,
    helped: list[Person],
    upload: Any,
    fill: Any,
    send: Any,
    check: Any,
    cast: Any,
    as_: Any,
    as_client: Any,
) -> None:
    people = upload(now, csv_of(*ASHWORTHS[:2]))
    send(fill(now, 9, 41, 8800))
    check(people)
    officer, commissioner = cast.development_officer, cast.commissioner  # the first opens open families of the district
    with as_(officer):
        assert [(each.many, each.opened) for each in queries.totals(officer, people)] == [(2, 2), (0, None), (1, 1)]
    with as_(commissioner):
        assert [(each.many, each.opened) for each in queries.totals(commissioner, people)] == [
            (2, 0),
            (0, None),
            (1, 0),
        ]
        assert not PeopleMatch.objects.exists() and not ListedPerson.objects.exists()
    page = as_client(officer).get(reverse("return_matches", args=[now.reference, "both"])).content.decode()
    assert "Kelly Ashworth" in page and "Mia" not in page
    for name in ("return_people", "quarterly_return"):
        assert "Kelly" not in as_client(commissioner).get(reverse(name, args=[now.reference])).content.decode()
    page = as_client(commissioner).get(reverse("return_matches", args=[now.reference, "both"])).content.decode()
    assert "Kelly" not in page and "0 of 2" in page


def test_no_name_and_no_small_number_goes_back_to_the_provider(
    now: Return, helped: Any, upload: Any, fill: Any, send: Any, check: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    people = upload(now, csv_of(*ASHWORTHS[:2], *NOBODY))
    send(fill(now, 9, 41, 8800))
    check(people)
    with as_(cast.provider):
        told = queries.told(people)
        assert told is not None and (told.listed, told.both, told.theirs, told.ours) == (14, None, None, None)
        assert not PeopleCheck.objects.exists() and not PeopleMatch.objects.exists()
    client = as_client(cast.provider)
    page = client.get(reverse("return_people", args=[now.reference])).content.decode()
    assert page.count("Few") >= 3 and "Mia" not in page
    assert client.get(reverse("return_matches", args=[now.reference, "both"])).status_code == 404
    table = client.post(reverse("download_returns"), {"table": "totals", "of": now.reference}).content.decode()
    assert ",2" not in table and "In casework alone" not in table


@pytest.fixture
def crowd(agreement: Any, cast: Any, area: Any, as_: Any) -> list[tuple[str, str, dt.date]]:
    """Six children of a family in which the charity helps."""
    by, found = cast.family_worker, [(f"Wren{chr(97 + n)}", "Thistlewood", dt.date(2012, 1, 1 + n)) for n in range(6)]
    with as_(by):
        family = open_family(by=by, name="Thistlewood", area=area)
        for given, name, born in found:
            add_person(
                by=by,
                family=family,
                role="child",
                given_name=given,
                family_name=name,
                born_on=born,
                birth_precision="full",
                sex="F",
            )
        case = open_case(by=by, family=family, because="assessment", lead=by)
        join_team(by=by, case=case, user=cast.charity_worker, role="support")
    return found


def test_large_numbers_are_told_and_a_list_with_one_more_tells_nothing_anew(
    now: Return, crowd: Any, upload: Any, fill: Any, send: Any, check: Any, ask: Any, answer: Any, cast: Any, as_: Any
) -> None:
    people = upload(now, csv_of(*crowd[:5], *NOBODY[:5]))
    send(fill(now, 9, 41, 8800))
    check(people)
    with as_(cast.provider):
        told = queries.told(people)
        assert told is not None and (told.both, told.theirs, told.ours, told.is_of_this_list) == (5, 5, None, True)
    query = ask(now, part="people", question="Is everybody there?")
    with as_(cast.provider):
        given, name, _ = crowd[5]
        actions.add_person_to_list(
            by=cast.provider, owner=now, given_name=given, family_name=name, born=None, postcode=""
        )
        actions.add_person_to_list(by=cast.provider, owner=now, given_name=NOBODY[6][0], family_name="Quillfeather")
    answer(now, query)
    check(people)
    with as_(cast.provider):
        told = queries.told(people)
        assert told is not None and (told.both, told.theirs, told.is_of_this_list) == (5, 5, False), (
            "two more would tell of each"
        )
    assert totals(now, cast.development_officer, as_) is not None
    query = ask(now, part="people", question="And now?")
    upload(now, csv_of(*crowd, *NOBODY))
    answer(now, query)
    check(people)
    with as_(cast.provider):
        told = queries.told(people)
        assert told is not None and (told.both, told.theirs, told.ours, told.is_of_this_list) == (6, 12, 0, True)


def test_before_it_is_sent_the_provider_is_told_nothing(
    now: Return, crowd: Any, upload: Any, check: Any, cast: Any, as_: Any
) -> None:
    people = upload(now, csv_of(*crowd[:5], *NOBODY[:5]))
    check(people)
    with as_(cast.provider):
        assert queries.told(people) is None


def test_whoever_is_restricted_is_in_no_total(
    now: Return, helped: list[Person], upload: Any, fill: Any, send: Any, check: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=helped[1].reference, reason="Danger")
    people = upload(now, csv_of(*ASHWORTHS))
    send(fill(now, 9, 41, 8800))
    check(people)
    assert totals(now, cast.development_officer, as_) == (2, 1, 0)


def test_once_the_agreement_ends_nothing_is_matched_any_more(
    now: Return,
    helped: Any,
    agreement: Any,
    upload: Any,
    fill: Any,
    send: Any,
    check: Any,
    cast: Any,
    as_: Any,
    as_client: Any,
) -> None:
    people = upload(now, csv_of(*ASHWORTHS))
    send(fill(now, 9, 41, 8800))
    with as_(cast.information_governance):
        end_agreement(by=cast.information_governance, agreement=agreement, why="Not renewed")
    assert check(people) is False
    assert totals(now, cast.development_officer, as_) is None
    page = as_client(cast.development_officer).get(reverse("return_people", args=[now.reference])).content.decode()
    assert "ended on" in page and "nobody is matched" in page


def test_nobody_else_has_a_list_checked(
    now: Return, helped: Any, upload: Any, check: Any, other_provider: Any, cast: Any, as_: Any
) -> None:
    people = upload(now, csv_of(*ASHWORTHS))
    for by in (other_provider, cast.analyst, cast.information_governance, cast.family_worker):
        with as_(by), connection.cursor() as cursor:
            cursor.execute("select hearth_check_people(%s)", [people.pk])
            assert cursor.fetchone() == (False,), by
            cursor.execute("select count(*) from hearth_told_totals(%s)", [people.pk])
            assert cursor.fetchone() == (0,)


def test_somebody_is_erased_by_name_from_every_list(
    now: Return, helped: Any, upload: Any, fill: Any, send: Any, check: Any, cast: Any, as_: Any
) -> None:
    people = upload(now, csv_of(*ASHWORTHS))
    send(fill(now, 9, 41, 8800))
    check(people)
    for by in (cast.provider, cast.commissioner, cast.development_officer):
        for do in (actions.erase_listed, actions.find_listed):
            with as_(by), pytest.raises(Refused):
                do(by=by, given_name="Kelly", family_name="Ashworth", why="R-1")
    by = cast.information_governance
    with as_(by):
        found = actions.find_listed(by=by, given_name="Kelly", family_name="ashworth", why="A subject asks")
        assert [(each.given_name, each.people_id) for each in found] == [("Kelly", people.pk)], (
            "an answer to a subject finds them"
        )
        assert actions.erase_listed(by=by, given_name="KELLY", family_name="Ashworth", why="R-1") == 1
        assert not queries.named(by, "kelly ashworth")
    assert names(now, cast, as_) == ["Jake", "Mia"]
    with as_(cast.development_officer):
        assert PeopleMatch.objects.filter(side="both").count() == 2, "nor in who is behind a total"
    assert totals(now, cast.development_officer, as_) == (3, 0, 0), "what was counted stands"


# Whom a provider helped, by the contract.


@pytest.fixture
def another(make_contract: Any, agreement: Any, cast: Any, as_: Any) -> Callable[..., Return]:
    """`another(parts=(0, 2))` is the return of this quarter of a second contract of the charity's: for those districts alone."""

    def make(**said: Any) -> Return:
        found = make_contract(agreement=agreement, title="Another", **said)
        by = cast.development_officer if said.get("parts", (1, 1))[0] else cast.commissioner
        with as_(by):
            made = make_return(by=by, contract=found, quarter=quarter_of(clock.today()))
        assert made is not None
        return made

    return make


def checked(owner: Return, cast: Any, as_: Any) -> tuple[int, int, int, int]:
    """The three totals, and how many of casework's alone may be of another contract."""
    with as_(cast.commissioner):
        found = PeopleCheck.objects.get(people__owner=owner)
        return found.in_both, found.theirs, found.ours, found.shared


def test_casework_of_a_district_that_the_contract_is_not_for_is_none_of_its(
    now: Return, helped: Any, another: Any, upload: Any, fill: Any, send: Any, check: Any, cast: Any, as_: Any
) -> None:
    elsewhere = another(parts=(0, 200_000), cap=0)
    for owner in (now, elsewhere):
        people = upload(owner, csv_of(*ASHWORTHS[:1]))
        send(fill(owner, 9, 41, 8800))
        check(people)
    assert checked(now, cast, as_)[:3] == (1, 0, 2)
    assert checked(elsewhere, cast, as_) == (0, 1, 0, 0)


def test_of_two_contracts_in_a_district_it_is_said_how_many_may_be_the_others(
    now: Return,
    helped: Any,
    another: Any,
    upload: Any,
    fill: Any,
    send: Any,
    check: Any,
    cast: Any,
    as_: Any,
    as_client: Any,
) -> None:
    other = another(parts=(200_000, 0), cap=0)
    people = upload(now, csv_of(*ASHWORTHS[:1]))
    send(fill(now, 9, 41, 8800))
    check(people)
    assert checked(now, cast, as_) == (1, 0, 2, 2)
    page = as_client(cast.development_officer).get(reverse("return_people", args=[now.reference])).content.decode()
    assert "2 people in casework alone may be of that one" in page
    theirs = upload(other, csv_of(*ASHWORTHS[1:2]))
    send(fill(other, 9, 41, 8800))
    check(theirs)
    assert checked(other, cast, as_) == (1, 0, 1, 1), "the mother is on the first's list"
    check(people)
    assert checked(now, cast, as_) == (1, 0, 1, 1), "and the boy on the other's"


def test_a_family_whose_outcome_names_another_contract_is_that_ones(
    now: Return,
    helped: Any,
    case: Any,
    family: Any,
    another: Any,
    upload: Any,
    fill: Any,
    send: Any,
    check: Any,
    cast: Any,
    as_: Any,
) -> None:
    other = another(parts=(200_000, 0), cap=100_000)
    with as_(cast.family_worker):
        kelly = Person.objects.get(given_name="Kelly", memberships__family=family)
        record_consent(
            by=cast.family_worker, family=family, organisations=[cast.provider.organisation], decider=kelly, who_decided="parent",
            recorded_how="spoken", categories=["basic", "plan"],
        )  # fmt: skip
        join_team(by=cast.family_worker, case=case, user=cast.provider, role="support")

    def claimed(of: Return) -> Any:
        with as_(cast.provider):
            term = PaymentTerm.objects.get(contract=of.contract)
            return claim_outcome(
                by=cast.provider, contract=of.contract, term=term, case=case, happened_on=clock.today(), evidence="Letter", words="x"
            )  # fmt: skip

    made = claimed(other)
    people = upload(now, csv_of(*ASHWORTHS))
    send(fill(now, 9, 41, 8800))
    check(people)
    assert checked(now, cast, as_) == (0, 3, 0, 0)
    with as_(cast.provider):
        withdraw_outcome_claim(by=cast.provider, claim=made)
    check(people)
    assert checked(now, cast, as_)[:3] == (3, 0, 0), "what was withdrawn names nothing"
