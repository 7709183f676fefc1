"""Who may read, write and sign a contract, what it must say, and the sentence when it may not."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.commissioning.contracts.models import Contract, ContractPart
from hearth.commissioning.contracts.reach import CHECKS, DELIVERS, RUNS, SEES, SIGNS
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import day, pounds
from hearth.records.money.reach import KEEPS, holds_whole
from hearth.records.money.rules import MOST

LONGEST = dt.timedelta(days=3653)
DRAFT = Refusal("contracts.draft", "This contract is still being written. Sign it first.")


def why_not_see_contracts(user: Any) -> Refusal | None:
    """The list of contracts: whoever sees any, or delivers for their organisation."""
    if any(user.may(each) for each in (SEES, RUNS, SIGNS, CHECKS, DELIVERS)):
        return None
    return Refusal("contracts.may_not_see", "Your role does not include contracts. Ask a commissioner.")


def why_not_run(user: Any) -> Refusal | None:
    """Writing, varying, paying and ending contracts: commissioners, for the whole authority, who keep the ledger too."""
    if holds_whole(user, RUNS) and holds_whole(user, KEEPS):
        return None
    return Refusal("contracts.may_not_run", "Only a commissioner can do this. Ask one.")


def why_not_write(user: Any, contract: Contract) -> Refusal | None:
    """Writing: while it is a draft."""
    refusal = why_not_run(user) or why_not_of_provider(user, contract)
    if refusal is None and not contract.is_draft:
        return Refusal("contracts.signed", "It is signed. What changes of it now is a variation: ask for one.")
    return refusal


def why_not_of_provider(user: Any, contract: Contract) -> Refusal | None:
    """A conflict of interest: whoever would be paid decides nothing of it."""
    if user.organisation_id != contract.provider_id:
        return None
    return Refusal(
        "contracts.own_organisation", "Your own organisation delivers it. Somebody of another one has to do this."
    )


def why_not_this_contract(
    *, title: str, what: str, needs: Sequence[str], starts_on: dt.date, ends_on: dt.date, award: Any, no_tender_why: str, provider: Any,
    agreement: Any,
) -> Refusal | None:  # fmt: skip
    """It says what is done, for which needs, by whom, from when until when; and why there was no tender, where there was none."""
    if not title.strip() or not what.strip():
        return Refusal("contracts.words", "Say what the contract is called, and what the provider does.")
    if not needs or any(find(pack().unmet.needs, code) is None for code in needs):
        return Refusal("contracts.needs", "Tick at least one need that it is for.")
    if ends_on < starts_on or ends_on - starts_on > LONGEST:
        return Refusal(
            "contracts.days", "The last day must not be before the first, nor more than ten years after it. Check both."
        )
    return why_not_this_provider(award, no_tender_why, provider) or why_not_this_agreement(agreement, provider)


def why_not_this_provider(award: Any, no_tender_why: str, provider: Any) -> Refusal | None:
    """The provider is whom it was awarded to, or another organisation with the reason why nobody was asked to bid."""
    if award is None and not no_tender_why.strip():
        return Refusal("contracts.no_tender", "Choose the award that it comes from, or say why there was no tender.")
    if award is not None and no_tender_why.strip():
        return Refusal("contracts.award_or_not", "It comes from an award, or there was no tender. Keep one of the two.")
    if provider is None or provider.is_authority or provider.ended_on is not None:
        return Refusal("contracts.provider", "Choose the organisation that delivers it.")
    if award is not None and award.organisation_id != provider.pk:
        return Refusal(
            "contracts.other_provider", f"It was awarded to {award.organisation.name}. Choose that organisation."
        )
    return why_not_from_award(award)


def why_not_from_award(award: Any) -> Refusal | None:
    """No contract before the standstill has passed and the notice is published."""
    if award is None or (award.published_at is not None and not award.stands_still):
        return None
    until = day(award.standstill_until)
    return Refusal(
        "contracts.stands_still",
        f"Its standstill runs to the end of {until}. Publish the award’s notice after it, then write the contract.",
    )


def why_not_this_agreement(agreement: Any, provider: Any) -> Refusal | None:
    """The agreement is one with the provider."""
    if agreement is None or (agreement.organisation_id == provider.pk and agreement.ended_at is None):
        return None
    return Refusal(
        "contracts.other_agreement",
        f"That agreement is not one with {provider.name} that is in force. Choose another, or none.",
    )


def why_not_this_part(
    contract: Contract, parts: Sequence[ContractPart], organisation: Any, area: Any, share: Any, pence: int
) -> Refusal | None:  # fmt: skip
    """A part says who pays how much; the authority's own is paid from a share of the ledger, of that district or of the whole."""
    if not 0 < pence <= MOST:
        return Refusal("contracts.amount", f"Enter an amount from {pounds(1)} to {pounds(MOST)}.")
    if organisation is None or organisation.pk == contract.provider_id:
        return Refusal(
            "contracts.payer", "Choose who pays it: the authority, or a joint commissioner that is not the provider."
        )
    if organisation.is_authority and share is None:
        return Refusal("contracts.no_share", "Choose the share of the ledger from which it is paid.")
    if not organisation.is_authority and share is not None:
        return Refusal(
            "contracts.their_books",
            f"{organisation.name} pays from its own books. Choose no share of the ledger for it.",
        )
    if share is not None and share.area_id not in (None, getattr(area, "pk", None)):
        return Refusal(
            "contracts.other_district", f"That share is {share.where}’s. Choose that district, or another share."
        )
    return why_not_above_award(contract, sum(part.pence for part in parts) + pence)


def why_not_above_award(contract: Contract, value: int) -> Refusal | None:
    """A contract is for no more than was awarded."""
    if contract.award is None or value <= contract.award.value_pence:
        return None
    return Refusal(
        "contracts.above_award",
        f"{pounds(contract.award.value_pence)} was awarded, and this makes {pounds(value)}. Enter less.",
    )


def why_not_within(contract: Contract, starts: dt.date, sentence: str) -> Refusal | None:
    """A day is one on which the contract runs."""
    if contract.starts_on <= starts <= contract.ends_on:
        return None
    return Refusal(
        "contracts.outside", f"{sentence} The contract runs from {day(contract.starts_on)} to {day(contract.ends_on)}."
    )


def why_not_this_milestone(contract: Contract, name: str, due_on: dt.date, pence: int) -> Refusal | None:
    """A milestone says what is reached, by a day of the contract, and what is paid for it."""
    if not name.strip():
        return Refusal("contracts.milestone", "Say what is reached.")
    if not 0 <= pence <= MOST:
        return Refusal("contracts.amount", f"Enter an amount from {pounds(0)} to {pounds(MOST)}.")
    return why_not_within(contract, due_on, "Enter a day on which the contract runs.")


def why_not_this_target(
    contract: Contract, name: str, definition: str, figures: Sequence[int | None]
) -> Refusal | None:
    """A target says what is counted, what counts, and how much of it is planned in each quarter."""
    if not name.strip() or not definition.strip():
        return Refusal("contracts.target", "Say what is counted, and what counts and what does not.")
    return why_not_this_profile(contract.quarters, figures)


def why_not_this_profile(quarters: Sequence[dt.date], figures: Sequence[int | None]) -> Refusal | None:
    """One figure for each quarter, of which one at least is planned."""
    if len(figures) != len(quarters):
        return Refusal(
            "contracts.profile",
            f"Enter {len(quarters)} figures, one for each quarter in which the contract runs, with commas between them; "
            "a dash where nothing is planned.",
        )
    if all(each is None for each in figures):
        return Refusal("contracts.profile_empty", "Enter at least one planned figure.")
    if any(each is not None and not 0 <= each <= MOST for each in figures):
        return Refusal("contracts.profile_figure", "Enter figures of 0 or more.")
    return None


def why_not_this_term(outcome: str, pence: int, cap_pence: int, there: Sequence[str]) -> Refusal | None:
    """A term names an outcome of the practice pack, once, what is paid for each, and the most for all."""
    found = find(pack().contracts.outcomes, outcome)
    if found is None or found.retired:
        return Refusal("contracts.outcome", "Choose the outcome that is paid for.")
    if outcome in there:
        return Refusal(
            "contracts.outcome_twice", "This contract pays for that outcome already. Take that term out first."
        )
    if not 0 < pence <= cap_pence <= MOST:
        return Refusal(
            "contracts.cap", "The most that is paid for all of them must not be less than what is paid for one."
        )
    return None


def missing(contract: Contract, parts: Sequence[ContractPart], promised: int, targets: int) -> list[str]:
    """What is to be put right before it can be signed, in sentences."""
    value = sum(part.pence for part in parts)
    found = []
    if not parts:
        found.append("Say who pays which part of it.")
    if not promised:
        found.append("Add at least one milestone or term that is paid for.")
    elif promised > value:
        found.append(
            f"Its milestones and terms come to {pounds(promised)}, and its parts to {pounds(value)}. Make them agree."
        )
    elif promised < value:
        found.append(
            f"{pounds(value - promised)} of its value is paid for nothing. Add a milestone or a term, or make its parts less."
        )
    if not targets:
        found.append("Add at least one target with what is planned of it by quarter.")
    if contract.ends_on < clock.today():
        found.append("Its last day has passed. Change it.")
    return found


def why_not_sign(user: Any, contract: Contract, lacks: Sequence[str] = ()) -> Refusal | None:
    """Signing: two people for the authority; the second keeps the ledger, for the money is committed as they sign."""
    if not holds_whole(user, SIGNS):
        return Refusal("contracts.may_not_sign", "Only somebody who signs contracts for the authority can do this.")
    refusal = why_not_of_provider(user, contract)
    if refusal is not None:
        return refusal
    if not contract.is_draft:
        return Refusal("contracts.signed_already", "It is signed already.")
    if lacks:
        return Refusal("contracts.not_whole", lacks[0])
    if contract.first_signed_by_id is None:
        return None
    if contract.first_signed_by_id == user.id:
        return Refusal("contracts.signed_by_you", "You have signed it. Somebody else signs it second.")
    refusal = why_not_run(user)
    return refusal and Refusal(
        "contracts.second_keeps",
        "One has signed. The second is a commissioner, for the money is committed in the ledger as they sign.",
    )
