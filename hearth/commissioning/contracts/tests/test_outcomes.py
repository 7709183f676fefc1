"""An outcome is claimed by who delivers, verified by somebody else who may open the family, and of one family paid for once."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError

from hearth.commissioning.contracts import actions as writing
from hearth.commissioning.contracts.claims import actions
from hearth.commissioning.contracts.models import ClaimState, ClaimWords, Contract, OutcomeClaim, PaymentTerm
from hearth.commissioning.contracts.tests.conftest import CAP, PRICE, appointed
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.money.tests.conftest import standing as stands


def test_the_same_outcome_of_a_family_is_claimed_once_under_two_contracts_and_by_two_people(
    contract: Contract, write: Any, sign: Any, claim: Any, cast: Any, as_: Any
) -> None:
    other = sign(write(parts=(100_000,), cap=100_000, title="Another that pays for the same"))
    claim()
    colleague = appointed(cast.charity_worker, "provider", cast, as_)
    for of, by in ((contract, None), (other, None)):
        with pytest.raises(Refused) as refused:
            claim(of=of, by=by, words="Said otherwise")
        assert refused.value.refusal.code == "contracts.claimed_before"
    with as_(colleague), pytest.raises(Refused):
        actions.claim_outcome(
            by=colleague, contract=contract, term=PaymentTerm.objects.get(contract=contract), case=None, happened_on=clock.today(),
            evidence="x", words="x",
        )  # fmt: skip


def test_the_database_holds_it_too(claim: Any, cast: Any, as_: Any) -> None:
    made = claim()
    with as_(cast.provider):
        same = OutcomeClaim(
            reference="OC-AGAIN", contract=made.contract, term=made.term, outcome=made.outcome, pence=made.pence, happened_on=made.happened_on,
            evidence="x", family_mark=made.family_mark, claimed_by=cast.provider, key=made.pk,
        )  # fmt: skip
        with pytest.raises(IntegrityError, match=actions.ONCE), transaction.atomic():
            same.save(force_insert=True)


def test_nobody_claims_another_price_or_another_family_s_mark_past_the_product(
    claim: Any, family: Any, cast: Any, as_: Any
) -> None:
    made = claim()
    with as_(cast.provider):
        said = {
            "contract": made.contract, "term": made.term, "outcome": made.outcome, "happened_on": made.happened_on, "evidence": "x",
            "claimed_by": cast.provider,
        }  # fmt: skip
        dearer = OutcomeClaim(reference="OC-DEARER", pence=made.pence + 1, family_mark="m", key=made.pk, **said)
        with pytest.raises(ProgrammingError), transaction.atomic():
            dearer.save(force_insert=True)
        again = OutcomeClaim(reference="OC-AGAIN", pence=made.pence, family_mark="another mark", key=made.pk, **said)
        again.save(force_insert=True)
        with pytest.raises(ProgrammingError, match="of its own family"), transaction.atomic():
            ClaimWords(claim=again, family=family, basis="EH-1", words="x").save(force_insert=True)
    with as_(cast.development_officer), pytest.raises(Refused) as refused:
        actions.look_at_claim(by=cast.development_officer, claim=again, verify=True)
    assert refused.value.refusal.code == "contracts.cannot_look", "what says of no family whose it is is not verified"


def test_a_page_sent_twice_claims_once(contract: Contract, claim: Any, cast: Any, as_: Any) -> None:
    first, second = claim(key=contract.pk), claim(key=contract.pk)
    assert first == second


@pytest.mark.parametrize("how", ["refused", "withdrawn"])
def test_what_was_refused_or_withdrawn_may_be_claimed_again(how: str, claim: Any, cast: Any, as_: Any) -> None:
    made = claim()
    if how == "refused":
        with as_(cast.development_officer):
            with pytest.raises(Refused) as refused:
                actions.look_at_claim(by=cast.development_officer, claim=made, verify=False)
            assert refused.value.refusal.code == "contracts.no_reason"
            actions.look_at_claim(by=cast.development_officer, claim=made, verify=False, words="They moved")
    else:
        with as_(cast.provider):
            actions.withdraw_outcome_claim(by=cast.provider, claim=made)
    assert claim(words="Again").state == ClaimState.CLAIMED


def test_it_is_paid_once_and_booked(verified: OutcomeClaim, fund: Any, cast: Any, as_: Any) -> None:
    by = cast.commissioner
    with as_(by):
        actions.pay_outcome(by=by, claim=OutcomeClaim.objects.get(pk=verified.pk), paid_on=clock.today())
        assert stands(fund)["paid"] == PRICE
        with pytest.raises(Refused) as refused:
            actions.pay_outcome(by=by, claim=OutcomeClaim.objects.get(pk=verified.pk), paid_on=clock.today())
        assert refused.value.refusal.sentence == "It is paid already." and stands(fund)["paid"] == PRICE


def test_what_nobody_verified_is_not_paid(claim: Any, cast: Any, as_: Any) -> None:
    made = claim()
    with as_(cast.commissioner), pytest.raises(Refused) as refused:
        actions.pay_outcome(by=cast.commissioner, claim=made, paid_on=clock.today())
    assert refused.value.refusal.sentence == "Nobody has verified it yet."


def test_whoever_cannot_look_at_the_evidence_does_not_verify(claim: Any, cast: Any, as_: Any) -> None:
    made = claim()
    with as_(cast.commissioner), pytest.raises(Refused) as refused:
        actions.look_at_claim(by=cast.commissioner, claim=made, verify=True)
    assert refused.value.refusal.code == "contracts.cannot_look"


def test_nobody_verifies_their_own_organisations(claim: Any, cast: Any, as_: Any) -> None:
    made = claim()
    colleague = appointed(cast.charity_worker, "provider", cast, as_)
    for by in (cast.provider, colleague):
        with as_(by):
            with pytest.raises(Refused):
                actions.look_at_claim(by=by, claim=made, verify=True)
            with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
                OutcomeClaim.objects.update(state="verified", checked_by=by, checked_on=clock.today())


def test_the_most_that_is_paid_is_held(contract: Contract, claim: Any, cast: Any, as_: Any) -> None:
    with as_(cast.provider):
        term = PaymentTerm.objects.get(contract=contract)
        for number in range(CAP // PRICE):
            OutcomeClaim(
                reference=f"OC-{number}", contract=contract, term=term, outcome=term.outcome, pence=term.pence, happened_on=clock.today(),
                evidence="x", family_mark=str(number), claimed_by=cast.provider, key=ClaimWords().pk,
            ).save(force_insert=True)  # fmt: skip
    with pytest.raises(Refused) as refused:
        claim()
    assert refused.value.refusal.code == "contracts.above_cap" and "£0.00" in refused.value.refusal.sentence.replace(
        "£0 ", "£0.00 "
    )


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"case": None}, "contracts.no_case"),
        ({"evidence": ""}, "contracts.evidence"),
        ({"words": ""}, "contracts.evidence"),
        ({"happened_on": dt.date(2001, 1, 1)}, "contracts.happened_on"),
        ({"happened_on": dt.date(2300, 1, 1)}, "contracts.happened_on"),
    ],
)
def test_a_claim_says_what_it_must(said: dict[str, Any], code: str, claim: Any) -> None:
    with pytest.raises(Refused) as refused:
        claim(**said)
    assert refused.value.refusal.code == code


def test_a_contract_without_terms_pays_for_no_outcome(
    write: Any, sign: Any, claim: Any, helped: Any, cast: Any, as_: Any
) -> None:
    found = sign(write(parts=(100,), cap=0))
    with as_(cast.provider), pytest.raises(Refused) as refused:
        actions.claim_outcome(
            by=cast.provider, contract=found, term=None, case=helped, happened_on=clock.today(), evidence="x", words="x"
        )
    assert refused.value.refusal.code == "contracts.no_terms"


def test_only_who_delivers_it_claims(contract: Contract, claim: Any, other_provider: Any, cast: Any, as_: Any) -> None:
    for by in (other_provider, cast.commissioner, cast.development_officer):
        with pytest.raises((Refused, PaymentTerm.DoesNotExist)):
            claim(by=by)


def test_whose_it_was_is_read_with_the_plan_alone(claim: Any, cast: Any, as_: Any) -> None:
    claim()
    for who, reads in (
        ("provider", 1),
        ("development_officer", 1),
        ("family_worker", 1),
        ("commissioner", 0),
        ("board_member", 0),
        ("strategic_lead", 0),
    ):
        user = getattr(cast, who)
        with as_(user):
            assert ClaimWords.objects.count() == ClaimWords.objects.visible_to(user).count() == reads, who


def test_the_outcomes_offered_are_the_practice_packs(draft: Contract, cast: Any, as_: Any) -> None:
    by = cast.commissioner
    with as_(by):
        for outcome, code in (("xx", "contracts.outcome"), ("home_kept", "contracts.outcome_twice")):
            with pytest.raises(Refused) as refused:
                writing.add_payment_term(by=by, contract=draft, outcome=outcome, pence=1, cap_pence=2)
            assert refused.value.refusal.code == code
        with pytest.raises(Refused) as refused:
            writing.add_payment_term(by=by, contract=draft, outcome="stays_out_of_care", pence=3, cap_pence=2)
        assert refused.value.refusal.code == "contracts.cap"
