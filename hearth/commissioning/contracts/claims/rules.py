"""Who claims an outcome, who verifies it, who pays; and the sentence when they may not."""

import datetime as dt
from typing import Any

from hearth.commissioning.contracts.milestones.rules import delivers, why_not_check, why_not_of_open
from hearth.commissioning.contracts.models import ClaimState, ClaimWords, Contract, OutcomeClaim, PaymentTerm
from hearth.commissioning.contracts.rules import why_not_of_provider, why_not_run
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import pounds

WAS = {
    ClaimState.CLAIMED: "Nobody has verified it yet.",
    ClaimState.VERIFIED: "It is verified already.",
    ClaimState.PAID: "It is paid already.",
    ClaimState.REFUSED: "It was refused.",
    ClaimState.WITHDRAWN: "It was withdrawn.",
}
# Whichever contract it was claimed under: whoever claims may open the family, and learns no more than that.
CLAIMED_BEFORE = Refusal(
    "contracts.claimed_before",
    "This outcome is claimed for this family already, under this contract or another. It is paid for once.",
)


def why_not_claim(user: Any, contract: Contract) -> Refusal | None:
    """Claiming: whoever delivers it, while it may still be paid for."""
    if not delivers(user, contract):
        return Refusal(
            "contracts.may_not_claim", "Only somebody who delivers this contract for its provider can claim an outcome."
        )
    refusal = why_not_of_open(contract)
    if refusal is None and not PaymentTerm.objects.filter(contract=contract).exists():
        return Refusal("contracts.no_terms", "This contract pays for no outcomes: it is paid by its milestones.")
    return refusal


def why_not_this_claim(
    contract: Contract, term: PaymentTerm | None, case: Any, happened_on: dt.date, evidence: str, words: str, standing: int
) -> Refusal | None:  # fmt: skip
    """It is an outcome of the contract, of a family that the claimer may open, in its time, with evidence, within the term's cap."""
    if term is None or term.contract_id != contract.pk:
        return Refusal("contracts.outcome", "Choose the outcome that is paid for.")
    if case is None:
        return Refusal(
            "contracts.no_case", "There is no case of that reference whose plan you may open. Check the reference."
        )
    if not contract.starts_on <= happened_on <= min(contract.ends_on, clock.today()):
        return Refusal(
            "contracts.happened_on", "Enter the day on which it happened: while the contract runs, and not after today."
        )
    if not evidence.strip() or not words.strip():
        return Refusal("contracts.evidence", "Say where the evidence is kept, and what happened.")
    if standing + term.pence > term.cap_pence:
        left = pounds(max(term.cap_pence - standing, 0))
        return Refusal(
            "contracts.above_cap",
            f"{left} of the most that is paid for this outcome is left, and one is {pounds(term.pence)}.",
        )
    return None


def why_not_look_at(user: Any, claim: OutcomeClaim) -> Refusal | None:
    """Verifying: somebody who visits what is bought, of another organisation, who may open the family's plan and look at the evidence."""
    refusal = why_not_check(user, claim.contract) or why_not_of_open(claim.contract)
    if refusal is not None:
        return refusal
    if claim.claimed_by_id == user.id or claim.claimed_by.organisation_id == user.organisation_id:
        return Refusal("contracts.own_claim", "Your own organisation claimed it. Somebody of another one verifies it.")
    if claim.state != ClaimState.CLAIMED:
        return Refusal("contracts.not_now", WAS[ClaimState(claim.state)])
    if not ClaimWords.objects.visible_to(user).filter(claim=claim).exists():
        return Refusal(
            "contracts.cannot_look", "You may not open this family’s plan, and so cannot look at the evidence. Somebody of its district verifies it."
        )  # fmt: skip
    return None


def why_not_withdraw(user: Any, claim: OutcomeClaim) -> Refusal | None:
    """Withdrawing: the provider, while nobody has looked at it."""
    if not delivers(user, claim.contract):
        return Refusal(
            "contracts.may_not_claim", "Only somebody who delivers this contract for its provider can withdraw it."
        )
    return None if claim.state == ClaimState.CLAIMED else Refusal("contracts.not_now", WAS[ClaimState(claim.state)])


def why_not_pay(user: Any, claim: OutcomeClaim) -> Refusal | None:
    """Paying: a commissioner, what is verified, once."""
    refusal = why_not_run(user) or why_not_of_provider(user, claim.contract) or why_not_of_open(claim.contract)
    if refusal is None and claim.state != ClaimState.VERIFIED:
        return Refusal("contracts.not_now", WAS[ClaimState(claim.state)])
    return refusal
