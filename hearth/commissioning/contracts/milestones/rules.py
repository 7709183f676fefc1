"""Who says that a milestone is reached, who certifies it, who pays; and the sentence when they may not."""

import datetime as dt
from typing import Any

from hearth.commissioning.contracts.models import Contract, Milestone, MilestoneState
from hearth.commissioning.contracts.rules import DRAFT, why_not_of_provider, why_not_run
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal

WAS = {
    MilestoneState.DUE: "Nobody has said yet that it is reached.",
    MilestoneState.REACHED: "It waits to be certified.",
    MilestoneState.CERTIFIED: "It is certified already.",
    MilestoneState.PAID: "It is paid already.",
    MilestoneState.CANCELLED: "It was cancelled.",
}


def why_not_of_open(contract: Contract) -> Refusal | None:
    """Something may still happen under it: it is signed, and not settled."""
    if contract.is_draft:
        return DRAFT
    if not contract.takes_work:
        return Refusal(
            "contracts.settled",
            "This contract is over, and what was left of it is released. Nothing more happens under it.",
        )
    return None


def checks(user: Any, contract: Contract) -> bool:
    """Whether the user visits the contract and looks at what is said of it."""
    return Contract.objects.checked_by(user).filter(pk=contract.pk).exists()


def delivers(user: Any, contract: Contract) -> bool:
    """Whether the user delivers it for its provider."""
    return Contract.objects.delivered_by(user).filter(pk=contract.pk).exists()


def why_not_check(user: Any, contract: Contract) -> Refusal | None:
    """Visiting, certifying and verifying: whoever does so in the contract's district, and is not of its provider."""
    refusal = why_not_of_provider(user, contract)
    if refusal is None and not checks(user, contract):
        return Refusal(
            "contracts.may_not_check",
            "Only somebody who visits what is bought here can do this. Ask the contract’s manager.",
        )
    return refusal


def why_not_reach(user: Any, milestone: Milestone) -> Refusal | None:
    """Saying that it is reached: the provider, or whoever visits."""
    contract = milestone.contract
    if not (delivers(user, contract) or checks(user, contract)):
        return Refusal(
            "contracts.may_not_reach", "Only the provider, or somebody who visits what is bought here, can say this."
        )
    refusal = why_not_of_open(contract)
    if refusal is None and milestone.state != MilestoneState.DUE:
        return Refusal("contracts.not_now", WAS[MilestoneState(milestone.state)])
    return refusal


def why_not_reached(contract: Contract, reached_on: dt.date, evidence: str) -> Refusal | None:
    """It says when, and how one knows."""
    if not contract.starts_on <= reached_on <= clock.today():
        return Refusal("contracts.reached_on", "Enter a day from the contract’s first day to today.")
    return None if evidence.strip() else Refusal("contracts.evidence", "Say how one knows that it is reached.")


def why_not_certify(user: Any, milestone: Milestone) -> Refusal | None:
    """Certifying: somebody who visits, is not of the provider, and did not say themselves that it is reached."""
    refusal = why_not_check(user, milestone.contract) or why_not_of_open(milestone.contract)
    if refusal is not None:
        return refusal
    if milestone.state != MilestoneState.REACHED:
        return Refusal("contracts.not_now", WAS[MilestoneState(milestone.state)])
    if milestone.reached_by_id == user.id:
        return Refusal("contracts.own_milestone", "You said yourself that it is reached. Somebody else certifies it.")
    return None


def why_not_pay(user: Any, milestone: Milestone) -> Refusal | None:
    """Paying: a commissioner, what is certified, once."""
    refusal = why_not_run(user) or why_not_of_provider(user, milestone.contract) or why_not_of_open(milestone.contract)
    if refusal is not None:
        return refusal
    if milestone.state != MilestoneState.CERTIFIED:
        return Refusal("contracts.not_now", WAS[MilestoneState(milestone.state)])
    if not milestone.pence:
        return Refusal("contracts.nothing_to_pay", "Nothing is paid for this milestone.")
    return None
