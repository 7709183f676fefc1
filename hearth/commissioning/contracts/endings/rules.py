"""Who asks that a contract end, who decides, who says where a family goes, who settles; and the sentence when not."""

import datetime as dt
from typing import Any

from hearth.commissioning.contracts.milestones.rules import checks, delivers, why_not_of_open
from hearth.commissioning.contracts.models import (
    ClaimState,
    Contract,
    ContractState,
    Decommissioning,
    DecommissioningState,
    Milestone,
    MilestoneState,
    OutcomeClaim,
    Variation,
    VariationState,
)
from hearth.commissioning.contracts.reach import SIGNS
from hearth.commissioning.contracts.rules import DRAFT, why_not_of_provider, why_not_run
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import count, day
from hearth.records.money.reach import holds_whole


def why_not_ask(user: Any, contract: Contract) -> Refusal | None:
    """Asking: whoever visits it, signs contracts or runs them; of one that is signed and does not end already."""
    refusal = why_not_of_provider(user, contract)
    if refusal is not None:
        return refusal
    if not (checks(user, contract) or holds_whole(user, SIGNS)):
        return Refusal(
            "contracts.may_not_end",
            "Only somebody who visits it, or signs contracts, can ask for this. Ask its manager.",
        )
    refusal = why_not_of_open(contract)
    if refusal is not None:
        return refusal
    if contract.state != ContractState.SIGNED or contract.is_over:
        return Refusal("contracts.is_ending", f"It ends already: its last day is {day(contract.ends_on)}.")
    if Decommissioning.objects.filter(contract=contract, state=DecommissioningState.ASKED).exists():
        return Refusal("contracts.ending_asked", "Somebody has asked for that already. It waits for a decision.")
    return None


def why_not_this_ending(
    contract: Contract, *, reasons: str, lost: str, instead: str, notice_on: dt.date, last_day: dt.date
) -> Refusal | None:  # fmt: skip
    """It says why, what is lost, where its families go, and when: notice, and then the last day, before the contract's own."""
    if not reasons.strip() or not lost.strip() or not instead.strip():
        return Refusal("contracts.ending_words", "Say why it ends, what families lose, and where they go.")
    if notice_on < clock.today() or last_day < notice_on:
        return Refusal(
            "contracts.notice",
            "Notice is given today or on a day to come, and the last day is not before it. Check both.",
        )
    if last_day >= contract.ends_on:
        return Refusal("contracts.not_sooner", f"It ends on {day(contract.ends_on)} anyway. Enter a sooner last day.")
    return None


def why_not_decide(user: Any, ending: Decommissioning) -> Refusal | None:
    """Deciding: a commissioner who did not ask."""
    refusal = why_not_run(user) or why_not_of_provider(user, ending.contract)
    if refusal is not None:
        return refusal
    if ending.asked_by_id == user.id:
        return Refusal("contracts.own_ending", "You asked for it yourself. Somebody else decides.")
    if ending.state != DecommissioningState.ASKED:
        return Refusal("contracts.not_now", "It is decided already.")
    if Variation.objects.filter(
        contract=ending.contract_id, state__in=[VariationState.ASKED, VariationState.AGREED]
    ).exists():
        return Refusal(
            "contracts.one_variation",
            "A variation of it is not in force yet. Bring it in, or have it withdrawn, first.",
        )
    return why_not_of_open(ending.contract)


def why_not_this_decision(ending: Decommissioning, end: bool, words: str) -> Refusal | None:
    """A decision says why; where it ends, its last day has not passed."""
    if not words.strip():
        return Refusal("contracts.no_reason", "Say why, as its provider and the district read it.")
    if end and ending.last_day < clock.today():
        return Refusal(
            "contracts.notice_passed",
            "The last day that was asked for has passed. Decline it, and have another asked for.",
        )
    return None


def why_not_place(user: Any, contract: Contract, case: Any = "-", to: str = "-", words: str = "-") -> Refusal | None:
    """Saying where a family goes: whoever delivers or visits the contract that ends, and may open the family's plan."""
    if not (delivers(user, contract) or checks(user, contract)):
        return Refusal(
            "contracts.may_not_place", "Only the provider, or somebody who visits what is bought here, can say this."
        )
    if contract.is_draft:
        return DRAFT
    if contract.state != ContractState.DECOMMISSIONED:
        return Refusal("contracts.does_not_end", "This contract is not de-commissioned. Its families stay with it.")
    if case is None:
        return Refusal(
            "contracts.no_case", "There is no case of that reference whose plan you may open. Check the reference."
        )
    if not to.strip() or not words.strip():
        return Refusal("contracts.destination", "Say who helps them from then on, and what was agreed with them.")
    return None


def why_not_settle(user: Any, contract: Contract) -> Refusal | None:
    """Settling: a commissioner, after the last day, once nothing that was reached or claimed waits."""
    refusal = why_not_run(user) or why_not_of_provider(user, contract) or why_not_of_open(contract)
    if refusal is not None:
        return refusal
    if not contract.is_over:
        return Refusal("contracts.runs", f"It runs to the end of {day(contract.ends_on)}. Settle it after that.")
    milestones = Milestone.objects.filter(
        contract=contract, pence__gt=0, state__in=[MilestoneState.REACHED, MilestoneState.CERTIFIED]
    )
    claims = OutcomeClaim.objects.filter(contract=contract, state__in=[ClaimState.CLAIMED, ClaimState.VERIFIED])
    open_ = milestones.count() + claims.count()
    if open_:
        things = count(open_, "milestone or outcome", "milestones and outcomes")
        return Refusal("contracts.unpaid", f"{things} of it still to be certified, verified or paid. Do that first.")
    if Variation.objects.filter(contract=contract, state__in=[VariationState.ASKED, VariationState.AGREED]).exists():
        return Refusal(
            "contracts.one_variation",
            "A variation of it is not in force yet. Bring it in, or have it withdrawn, first.",
        )
    return None
