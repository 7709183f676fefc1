"""Who asks for a variation, who agrees, who brings it in; what it may change; and the sentence when not."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from hearth.commissioning.contracts.milestones.rules import delivers, why_not_of_open
from hearth.commissioning.contracts.models import Contract, ContractState, Milestone, Target, Variation, VariationState
from hearth.commissioning.contracts.quarters import quarters_of
from hearth.commissioning.contracts.rules import (
    LONGEST,
    why_not_above_award,
    why_not_of_provider,
    why_not_run,
    why_not_this_profile,
)
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import pounds
from hearth.records.money.rules import MOST

WAS = {
    VariationState.ASKED: "It waits for an answer.",
    VariationState.AGREED: "It is agreed already.",
    VariationState.IN_FORCE: "It is in force already.",
    VariationState.DECLINED: "It was declined.",
    VariationState.WITHDRAWN: "It was withdrawn.",
}


def runs(user: Any, contract: Contract) -> bool:
    """Whether the user acts for the authority in it."""
    return why_not_run(user) is None and why_not_of_provider(user, contract) is None


def why_not_ask(user: Any, contract: Contract) -> Refusal | None:
    """Asking: either party, of a contract that is signed and does not end; one variation at a time."""
    if not (runs(user, contract) or delivers(user, contract)):
        return Refusal("contracts.may_not_vary", "Only a commissioner, or the provider, can ask for this.")
    refusal = why_not_of_open(contract)
    if refusal is not None:
        return refusal
    if contract.state != ContractState.SIGNED:
        return Refusal("contracts.is_ending", "It is de-commissioned: nothing of it is varied any more.")
    if Variation.objects.filter(contract=contract, state__in=[VariationState.ASKED, VariationState.AGREED]).exists():
        return Refusal(
            "contracts.one_variation", "Another variation of it is not in force yet. Look at that one first."
        )
    return None


def why_not_this_variation(told: Sequence[Mapping[str, str]], why: str) -> Refusal | None:
    """It changes something, and says why."""
    if not told:
        return Refusal(
            "contracts.changes_nothing",
            "Nothing here is different from the contract as it is. Change what is to be varied.",
        )
    return None if why.strip() else Refusal("contracts.no_reason", "Say why it is varied.")


def why_not_these_changes(
    contract: Contract, asks: Mapping[str, Any], value: int, promised: int, targets: Sequence[Target]
) -> Refusal | None:  # fmt: skip
    """What it would be is a contract that could be signed: its days, its parts, its profiles, and all of its value paid for something."""
    ends_on: dt.date = asks.get("ends_on") or contract.ends_on
    if ends_on < contract.starts_on or ends_on - contract.starts_on > LONGEST:
        return Refusal(
            "contracts.days", "The last day must not be before the first, nor more than ten years after it. Check both."
        )
    refusal = _why_not_milestones(contract, asks, ends_on) or why_not_above_award(contract, value)
    if refusal is not None:
        return refusal
    if any(not 0 <= pence <= MOST for pence in asks.get("parts", {}).values()):
        return Refusal("contracts.amount", f"Enter an amount from {pounds(0)} to {pounds(MOST)}.")
    if promised != value:
        return Refusal(
            "contracts.does_not_agree",
            f"Its milestones and terms would come to {pounds(promised)}, and its parts to {pounds(value)}. Make them agree: "
            "change a part, or add a milestone.",
        )
    quarters = quarters_of(contract.starts_on, ends_on)
    for target in targets:
        refusal = why_not_this_profile(quarters, asks["profiles"].get(target.reference, ()))
        if refusal is not None:
            return Refusal(refusal.code, f"{target.name}: {refusal.sentence}")
    return None


def _why_not_milestones(contract: Contract, asks: Mapping[str, Any], ends_on: dt.date) -> Refusal | None:
    due = [each.due_on for each in Milestone.objects.filter(contract=contract, state="due")]
    added = asks.get("milestone")
    if added:
        due.append(added["due_on"])
        if not added["name"].strip():
            return Refusal("contracts.milestone", "Say what is reached.")
    if any(not contract.starts_on <= day <= ends_on for day in due):
        return Refusal(
            "contracts.milestone_after",
            "A milestone would be on a day on which the contract does not run. Choose a later last day.",
        )
    return None


def why_not_answer(user: Any, variation: Variation) -> Refusal | None:
    """Answering: the other party; or a second commissioner, with where the provider's own agreement is kept."""
    contract = variation.contract
    if variation.asked_by_id == user.id:
        return Refusal("contracts.own_variation", "You asked for it yourself. Somebody else answers.")
    of_provider = delivers(user, contract)
    if of_provider and variation.by_provider:
        return Refusal("contracts.other_party", "Your organisation asked for it. A commissioner answers.")
    if not of_provider and not runs(user, contract):
        return Refusal("contracts.may_not_vary", "Only a commissioner, or the provider, can answer it.")
    if variation.state != VariationState.ASKED:
        return Refusal("contracts.not_now", WAS[VariationState(variation.state)])
    return why_not_of_open(contract)


def why_not_this_answer(user: Any, variation: Variation, agree: bool, answer: str, letter: str) -> Refusal | None:
    """A refusal says why; a commissioner who answers for the provider says where its agreement is kept."""
    if not agree and not answer.strip():
        return Refusal("contracts.no_reason", "Say why it is declined.")
    if agree and not variation.by_provider and not delivers(user, variation.contract) and not letter.strip():
        return Refusal(
            "contracts.no_letter", "The provider agrees here itself, or you say where its own agreement is kept."
        )
    return None


def why_not_bring_in(user: Any, variation: Variation) -> Refusal | None:
    """Bringing it into force: a commissioner, once the other party has agreed."""
    refusal = why_not_run(user) or why_not_of_provider(user, variation.contract) or why_not_of_open(variation.contract)
    if refusal is None and variation.state != VariationState.AGREED:
        return Refusal("contracts.not_now", WAS[VariationState(variation.state)])
    return refusal


def why_not_withdraw(user: Any, variation: Variation) -> Refusal | None:
    """Withdrawing: the party that asked, until it is in force."""
    of_provider = delivers(user, variation.contract)
    if of_provider != variation.by_provider or not (of_provider or runs(user, variation.contract)):
        return Refusal("contracts.other_party", "Only the party that asked for it can withdraw it.")
    if variation.state not in (VariationState.ASKED, VariationState.AGREED):
        return Refusal("contracts.not_now", WAS[VariationState(variation.state)])
    return None
