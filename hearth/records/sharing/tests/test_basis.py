"""What lets us share a family with a partner, and what is said when nothing does."""

import datetime as dt

import pytest

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal, Refused
from hearth.records.people.actions import add_person
from hearth.records.sharing.actions import record_consent, record_exception, settle_disagreement, withdraw_consent
from hearth.records.sharing.queries import Basis, basis_for


@pytest.fixture
def basis(cast, family, as_):
    """The basis as the family worker is told it."""

    def find(organisation, purpose="early_help"):
        with as_(cast.family_worker):
            return basis_for(family, organisation, purpose)

    return find


def test_the_councils_own_workers_need_no_basis(basis, cast):
    assert basis(cast.manager.organisation) == Basis("own", None, None)


def test_without_consent_or_agreement_the_refusal_names_who_was_not_asked_and_what_to_do(basis, school):
    found = basis(school)
    assert isinstance(found, Refusal)
    assert found.code == "sharing.no_consent"
    assert "Kelly Ashworth, Jake Ashworth and Mia Ashworth" in found.sentence
    assert "no agreement with that organisation" in found.sentence
    assert "Ask the family" in found.sentence


def test_a_parents_consent_for_everybody_at_home_is_a_basis_with_its_categories_and_end(
    basis, family, school, kelly, agree
):
    last = clock.today() + dt.timedelta(days=90)
    agree(family, school, kelly, until_on=last)
    found = basis(school)
    assert (found.kind, found.categories) == ("consent", ["basic", "plan"])
    assert found.until_at == dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), clock.LONDON)


def test_consent_for_one_child_does_not_share_the_family(basis, family, school, kelly, jake, agree):
    agree(family, school, kelly, people=[jake])
    found = basis(school)
    assert isinstance(found, Refusal)
    assert "Kelly Ashworth and Mia Ashworth" in found.sentence
    assert "Jake" not in found.sentence


def test_consent_for_one_organisation_says_nothing_of_another(basis, family, school, trust, kelly, agree):
    agree(family, school, kelly)
    assert isinstance(basis(trust), Refusal)


def test_only_what_was_agreed_for_everybody_at_home_is_shared(basis, family, school, kelly, jake, agree):
    agree(family, school, kelly, categories=["basic", "plan", "education"])
    agree(family, school, kelly, people=[jake], categories=["basic", "education"])
    assert basis(school).categories == ["basic", "education"]


def test_an_adult_who_lives_elsewhere_an_unborn_child_and_the_dead_need_not_be_asked(
    basis, family, school, kelly, agree, cast, as_
):
    agree(family, school, kelly)
    with as_(cast.family_worker):
        add_person(by=cast.family_worker, family=family, role="parent", given_name="Dean", lives_here=False)
        add_person(
            by=cast.family_worker, family=family, role="child", birth_precision="expected", born_on=dt.date(2027, 3, 1)
        )
        add_person(
            by=cast.family_worker, family=family, role="grandparent", given_name="Ivy", died_on=dt.date(2020, 1, 1)
        )
    assert basis(school).kind == "consent"


def test_a_partner_who_moves_in_must_be_asked_too(basis, family, school, kelly, agree, cast, as_):
    agree(family, school, kelly)
    with as_(cast.family_worker):
        add_person(by=cast.family_worker, family=family, role="partner", given_name="Lee", family_name="Marsh")
    assert "Lee Marsh" in basis(school).sentence


def test_consent_that_begins_later_or_has_run_out_is_no_basis(basis, family, school, kelly, agree):
    agree(family, school, kelly, from_on=clock.today() + dt.timedelta(days=1))
    assert isinstance(basis(school), Refusal)
    agree(family, school, kelly, until_on=clock.today() + dt.timedelta(days=10))
    assert basis(school).kind == "consent"
    with clock.frozen(clock.today() + dt.timedelta(days=11)):
        assert isinstance(basis(school), Refusal)


def test_a_live_agreement_is_a_basis_until_its_last_day(basis, school, agreed):
    agreement = agreed(school)
    found = basis(school)
    assert (found.kind, found.categories) == ("agreement", ["assessment", "basic"])
    assert found.until_at.date() == agreement.until_on + dt.timedelta(days=1)


def test_an_agreement_counts_only_for_the_purposes_it_names(basis, school, agreed):
    agreed(school, purposes=["planning"])
    assert isinstance(basis(school), Refusal)
    assert basis(school, "planning").kind == "agreement"


def test_a_refusal_says_when_the_agreement_ended(basis, school, agreed):
    agreed(school)
    with clock.frozen(clock.today() + dt.timedelta(days=366)):
        assert "ended on" in basis(school).sentence


def test_what_the_family_agreed_to_comes_before_the_agreement(basis, family, school, kelly, agree, agreed):
    agreed(school)
    agree(family, school, kelly, categories=["basic"])
    found = basis(school)
    assert (found.kind, found.categories) == ("consent", ["basic"])


def test_where_somebody_said_no_an_agreement_does_not_overrule_them_and_an_exception_does(
    basis, family, school, kelly, jake, agree, agreed, cast, as_
):
    agreed(school)
    agree(family, school, None, decider_name="Dean Ashworth", people=[jake], decision="refused")
    assert basis(school).code == "sharing.refused"
    with as_(cast.family_worker):
        record_exception(
            by=cast.family_worker, family=family, organisation=school, ground="significant_harm", reason="Bruises.",
            categories=["basic"], until_on=clock.today(), family_told=True,
        )  # fmt: skip
    assert (basis(school).kind, basis(school).categories) == ("exception", ["basic"])


def test_a_parent_cannot_decide_for_another_adult_who_is_asked_apart(basis, family, school, kelly, agree, cast, as_):
    with as_(cast.family_worker):
        lee = add_person(
            by=cast.family_worker,
            family=family,
            role="partner",
            given_name="Lee",
            born_on=dt.date(1988, 1, 1),
            birth_precision="year",
        )
    with pytest.raises(Refused, match="cannot decide this for Lee"):
        agree(family, school, kelly, people=[kelly, lee])
    assert {row.person.given_name for row in agree(family, school, kelly)} == {"Kelly", "Jake", "Mia"}
    assert "Nobody has agreed to it for Lee" in basis(school).sentence
    agree(family, school, lee, who_decided="adult", people=[lee])
    assert basis(school).kind == "consent"


def test_a_child_who_understands_decides_only_for_themselves(family, school, jake, agree):
    [row] = agree(family, school, jake, who_decided="child_competent", competence="He explained it back to me.")
    assert row.person == jake


def test_an_exception_adds_to_what_was_agreed_and_ends_first(basis, family, school, kelly, agree, cast, as_):
    agree(family, school, kelly, categories=["basic"])
    last = clock.today() + dt.timedelta(days=14)
    with as_(cast.family_worker):
        record_exception(
            by=cast.family_worker, family=family, organisation=school, ground="significant_harm",
            reason="Bruises seen twice this week.", categories=["notes"], until_on=last, family_told=False,
            family_not_told_because="Asking would put Jake at risk tonight.",
        )  # fmt: skip
    found = basis(school)
    assert (found.kind, sorted(found.categories)) == ("exception", ["basic", "notes"])
    assert found.until_at.date() == last + dt.timedelta(days=1)


def test_when_the_other_parent_says_no_sharing_waits_and_the_refusal_says_so(
    basis, family, school, kelly, jake, agree, cast, as_
):
    agree(family, school, kelly)
    with as_(cast.family_worker):
        dean = add_person(by=cast.family_worker, family=family, role="parent", given_name="Dean", lives_here=False)
    agree(family, school, dean, people=[jake], decision="refused")
    found = basis(school)
    assert found.code == "sharing.disagreement"
    assert "Jake Ashworth" in found.sentence
    assert "waits" in found.sentence


def test_a_settlement_for_sharing_lets_it_go_on_and_one_against_stops_it(
    basis, family, school, kelly, jake, agree, cast, as_
):
    agree(family, school, kelly)
    agree(family, school, None, decider_name="Dean Ashworth", people=[jake], decision="refused")
    for shares, kind in ((True, Basis), (False, Refusal)):
        with as_(cast.front_door_officer):
            settle_disagreement(
                by=cast.front_door_officer,
                family=family,
                person=jake,
                organisation=school,
                shares=shares,
                reason="His interest.",
            )
        assert isinstance(basis(school), kind)


def test_a_new_answer_sets_the_settlement_aside(basis, family, school, kelly, jake, agree, cast, as_):
    agree(family, school, kelly)
    agree(family, school, None, decider_name="Dean Ashworth", people=[jake], decision="refused")
    with as_(cast.front_door_officer):
        settle_disagreement(
            by=cast.front_door_officer,
            family=family,
            person=jake,
            organisation=school,
            shares=True,
            reason="His interest.",
        )
    agree(family, school, None, decider_name="Dean Ashworth", people=[jake], decision="refused")
    assert basis(school).code == "sharing.disagreement"


def test_the_same_parents_second_answer_replaces_the_first(basis, family, school, kelly, agree):
    agree(family, school, kelly)
    agree(family, school, kelly, decision="refused")
    assert basis(school).code == "sharing.refused"
    agree(family, school, kelly)
    assert basis(school).kind == "consent"


def test_withdrawing_for_one_child_is_enough_to_stop_it(basis, family, school, kelly, jake, agree, cast, as_):
    given = agree(family, school, kelly)
    with as_(cast.family_worker):
        withdraw_consent(by=cast.family_worker, family=family, consents=[c for c in given if c.person_id == jake.id])
    assert "Jake Ashworth" in basis(school).sentence


def test_the_council_is_never_asked_consent_for(family, kelly, cast, as_):
    with as_(cast.family_worker), pytest.raises(Refused, match="own workers need no consent"):
        record_consent(
            by=cast.family_worker, family=family, organisations=[cast.manager.organisation], who_decided="parent",
            decider=kelly, recorded_how="spoken", categories=["basic"],
        )  # fmt: skip
