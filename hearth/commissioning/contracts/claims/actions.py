"""Claim an outcome, verify or refuse it, withdraw it, and pay it."""

import datetime as dt
import hashlib
import uuid
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from hearth.commissioning.contracts.claims import rules
from hearth.commissioning.contracts.milestones.actions import pay
from hearth.commissioning.contracts.models import ClaimState, ClaimWords, Contract, OutcomeClaim, Payment, PaymentTerm
from hearth.commissioning.contracts.telling import tell
from hearth.commissioning.contracts.words import line, whole
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, refuse

STANDING = (ClaimState.CLAIMED, ClaimState.VERIFIED, ClaimState.PAID)
ONCE = "an_outcome_of_a_family_is_claimed_once"


def mark_of(family: Any) -> str:
    """What an outcome of one family is known by, whoever claims it: nobody reads a family out of it."""
    return hashlib.sha256(f"outcome of a family {family.pk}".encode()).hexdigest()


@action
def claim_outcome(
    *, by: Any, contract: Contract, term: PaymentTerm, case: Any, happened_on: dt.date, evidence: str, words: str,
    key: uuid.UUID | None = None,
) -> OutcomeClaim:  # fmt: skip
    """Claim that an outcome happened for a family; of the same outcome of the same family once, under whichever contract."""
    contract.refresh_from_db()
    evidence, words = line(evidence, 200), whole(words)
    key = key_of_sending(key, contract, term, case, happened_on, evidence, words)
    sent_before = OutcomeClaim.objects.filter(claimed_by=by, key=key).first()
    if sent_before is not None:
        record("contracts.claim_sent_again", subject=sent_before)
        return sent_before
    refuse(rules.why_not_claim(by, contract))
    if term is not None:
        _hold_term(term)
    refuse(rules.why_not_this_claim(contract, term, case, happened_on, evidence, words, _standing(term)))
    made = OutcomeClaim(
        reference=drawn_reference("OC"), contract=contract, term=term, outcome=term.outcome, pence=term.pence, happened_on=happened_on,
        evidence=evidence, family_mark=mark_of(case.family), claimed_by=by, key=key,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as fault:
        if ONCE not in str(fault):
            raise
        refuse(rules.CLAIMED_BEFORE)
    ClaimWords(claim=made, family=case.family, basis=case.reference, words=words).save(force_insert=True)
    record(
        "contracts.outcome_claimed", family=case.family, subject=made, contract=contract.reference, outcome=term.outcome
    )
    tell(by, contract.manager, contract, "outcome_claimed", str(made.pk))
    return made


def _hold_term(term: PaymentTerm) -> None:
    """Whoever claims of the same term at the same moment waits, and then sees what of its cap is left."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 9))", [str(term.pk)])


def _standing(term: PaymentTerm | None) -> int:
    """What is claimed, verified and paid of a term."""
    rows = OutcomeClaim.objects.filter(term=term, state__in=STANDING)
    return int(rows.aggregate(sum=Sum("pence"))["sum"] or 0)


@action
def look_at_claim(*, by: Any, claim: OutcomeClaim, verify: bool, words: str = "") -> OutcomeClaim:
    """Verify an outcome after looking at its evidence, or refuse it, saying why."""
    claim.hold()
    refuse(rules.why_not_look_at(by, claim))
    claim.words = line(words, 300)
    if not verify and not claim.words:
        refuse(Refusal("contracts.no_reason", "Say why it is refused."))
    claim.state = ClaimState.VERIFIED if verify else ClaimState.REFUSED
    claim.checked_by, claim.checked_on = by, clock.today()
    claim.save(update_fields=["state", "checked_by", "checked_on", "words"])
    family = ClaimWords.objects.visible_to(by).get(claim=claim).family
    record(f"contracts.outcome_{claim.state}", family=family, subject=claim, contract=claim.contract.reference)
    tell(by, claim.claimed_by, claim.contract, "outcome_looked_at", str(claim.pk))
    return claim


@action
def withdraw_outcome_claim(*, by: Any, claim: OutcomeClaim) -> OutcomeClaim:
    """Take back a claim that nobody has looked at: the outcome may be claimed again."""
    claim.hold()
    refuse(rules.why_not_withdraw(by, claim))
    claim.state = ClaimState.WITHDRAWN
    claim.save(update_fields=["state"])
    record("contracts.outcome_withdrawn", subject=claim, contract=claim.contract.reference)
    return claim


@action
def pay_outcome(*, by: Any, claim: OutcomeClaim, paid_on: dt.date, voucher: str = "") -> Payment:
    """Pay what is verified: booked in the ledger in the same transaction, and never again."""
    contract = claim.contract
    contract.hold()
    claim.hold()
    refuse(rules.why_not_pay(by, claim))
    made = pay(by, contract, claim.pence, paid_on, voucher, claim=claim)
    claim.state = ClaimState.PAID
    claim.save(update_fields=["state"])
    record("contracts.outcome_paid", subject=claim, contract=contract.reference, pence=claim.pence)
    return made
