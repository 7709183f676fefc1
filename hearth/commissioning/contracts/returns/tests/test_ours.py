"""Whom casework says a contract helped: of its districts and its days, and not of another contract of the same provider."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.cases.actions import join_team
from hearth.commissioning.contracts.claims.actions import claim_outcome, withdraw_outcome_claim
from hearth.commissioning.contracts.models import PaymentTerm
from hearth.commissioning.contracts.quarters import quarter_of
from hearth.commissioning.contracts.returns.actions import make_return
from hearth.commissioning.contracts.returns.models import PeopleCheck, Return
from hearth.commissioning.contracts.returns.tests.conftest import ASHWORTHS, csv_of
from hearth.foundation.core import clock
from hearth.records.people.models import Person
from hearth.records.sharing.actions import record_consent


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
