"""Ask for a variation, agree or decline it, bring it into force, or take it back."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max

from hearth.commissioning.contracts import booking
from hearth.commissioning.contracts.milestones.rules import delivers
from hearth.commissioning.contracts.models import (
    Contract,
    ContractPart,
    Milestone,
    Profile,
    Target,
    Variation,
    VariationState,
)
from hearth.commissioning.contracts.queries import promised_of, targets_of
from hearth.commissioning.contracts.telling import tell
from hearth.commissioning.contracts.variations import rules
from hearth.commissioning.contracts.variations.comparing import side_by_side, value_of
from hearth.commissioning.contracts.words import line, whole
from hearth.foundation.accounts.queries import who_may
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse


@action
def ask_for_variation(
    *, by: Any, contract: Contract, why: str, ends_on: dt.date | None = None, what: str = "", parts: Mapping[str, int] | None = None,
    profiles: Mapping[str, Sequence[int | None]] | None = None, milestone: Mapping[str, Any] | None = None,
    key: uuid.UUID | None = None,
) -> Variation:  # fmt: skip
    """Ask that a signed contract be changed: its last day, its words, who pays how much, its profiles, a further milestone; and why."""
    contract.hold()
    why = whole(why)
    asks: dict[str, Any] = {
        "ends_on": ends_on, "what": whole(what), "parts": dict(parts or {}), "profiles": dict(profiles or {}),
        "milestone": dict(milestone) | {"name": line(milestone["name"])} if milestone else None,
    }  # fmt: skip
    key = key_of_sending(key, contract, why, asks)
    sent_before = Variation.objects.filter(asked_by=by, key=key).first()
    if sent_before is not None:
        record("contracts.variation_sent_again", subject=sent_before)
        return sent_before
    refuse(rules.why_not_ask(by, contract))
    there = booking.parts_of(contract)
    targets = targets_of(by, contract)
    for each in targets:
        asks["profiles"].setdefault(each["target"].reference, each["figures"])
    told = side_by_side(contract, there, targets, asks)
    refuse(rules.why_not_this_variation(told, why))
    _check(contract, there, asks, targets)
    last = Variation.objects.filter(contract=contract).aggregate(last=Max("number"))["last"] or 0
    made = Variation(
        reference=drawn_reference("VR"), contract=contract, number=last + 1, asks=_kept(asks), told=told, why=why, asked_by=by,
        by_provider=delivers(by, contract), key=key,
    )  # fmt: skip
    made.save(force_insert=True)
    record("contracts.variation_asked", subject=made, contract=contract.reference)
    for person in _other_party(made):
        tell(by, person, contract, "variation_asked", str(made.pk))
    return made


def _check(
    contract: Contract, parts: Sequence[ContractPart], asks: Mapping[str, Any], targets: Sequence[Mapping[str, Any]]
) -> None:
    added = asks.get("milestone")
    promised = promised_of(contract) + (added["pence"] if added else 0)
    refuse(
        rules.why_not_these_changes(
            contract, asks, value_of(parts, asks), promised, [each["target"] for each in targets]
        )
    )


def _kept(asks: Mapping[str, Any]) -> dict[str, Any]:
    """The same as it is kept: days as words."""
    added = asks["milestone"]
    return dict(asks) | {
        "ends_on": asks["ends_on"].isoformat() if asks["ends_on"] else None,
        "milestone": added and added | {"due_on": added["due_on"].isoformat()},
    }


def _asks(variation: Variation) -> dict[str, Any]:
    """What is kept, as it was asked."""
    kept: dict[str, Any] = variation.asks
    added = kept["milestone"]
    return kept | {
        "ends_on": dt.date.fromisoformat(kept["ends_on"]) if kept["ends_on"] else None,
        "milestone": added and added | {"due_on": dt.date.fromisoformat(added["due_on"])},
    }


def _other_party(variation: Variation) -> list[Any]:
    if variation.by_provider:
        return [*who_may("run_contracts", everywhere=True), variation.contract.manager]
    provider = variation.contract.provider_id
    return [each for each in who_may("deliver_contracts") if each.organisation_id == provider]


@action
def answer_variation(*, by: Any, variation: Variation, agree: bool, answer: str = "", letter: str = "") -> Variation:
    """Agree or decline. Where a commissioner agrees, it is in force at once; where the provider does, a commissioner brings it in."""
    _hold(variation)
    refuse(rules.why_not_answer(by, variation))
    answer, letter = line(answer, 300), line(letter, 200)
    refuse(rules.why_not_this_answer(by, variation, agree, answer, letter))
    variation.state = VariationState.AGREED if agree else VariationState.DECLINED
    variation.answered_by, variation.answered_on, variation.answer = by, clock.today(), answer
    variation.letter = letter
    variation.save(update_fields=["state", "answered_by", "answered_on", "answer", "letter"])
    record(f"contracts.variation_{variation.state}", subject=variation, contract=variation.contract.reference)
    tell(by, variation.asked_by, variation.contract, "variation_answered", str(variation.pk))
    if agree and rules.runs(by, variation.contract):
        _bring_in(by, variation)
    return variation


@action
def bring_in_variation(*, by: Any, variation: Variation) -> Variation:
    """What is agreed is in force: the contract says so from now on, and the ledger holds what it is worth."""
    _hold(variation)
    refuse(rules.why_not_bring_in(by, variation))
    _bring_in(by, variation)
    return variation


def _bring_in(by: Any, variation: Variation) -> None:
    contract, asks = variation.contract, _asks(variation)
    parts, targets = booking.parts_of(contract), targets_of(by, contract)
    _check(
        contract, parts, asks, targets
    )  # as the contract now is: milestones may have been cancelled, and money paid since
    variation.state, variation.in_force_by, variation.in_force_on = VariationState.IN_FORCE, by, clock.today()
    variation.save(update_fields=["state", "in_force_by", "in_force_on"])
    booking.hold_ledger(parts)
    for part in parts:
        _set_part(by, contract, part, asks["parts"].get(part.reference, part.pence))
    contract.value_pence = value_of(parts, asks)
    contract.ends_on, contract.what = asks["ends_on"] or contract.ends_on, asks["what"] or contract.what
    contract.save(update_fields=["value_pence", "ends_on", "what"])
    if asks["milestone"]:
        Milestone(reference=drawn_reference("MI"), contract=contract, **asks["milestone"]).save(force_insert=True)
    for each in targets:
        _set_profile(contract, each["target"], asks["profiles"][each["target"].reference])
    record("contracts.variation_in_force", subject=variation, contract=contract.reference, pence=contract.value_pence)
    tell(by, contract.manager, contract, "variation_in_force", str(variation.pk))


def _set_part(by: Any, contract: Contract, part: ContractPart, pence: int) -> None:
    more, part.contract = pence - part.pence, contract
    if more > 0:
        booking.commit(by, part, more)
    elif more < 0 and part.share is not None:
        booking.release_of_part(by, part, -more, f"Contract {contract.reference} is varied")
    elif more < 0:
        refuse(booking.why_not_left(-more, booking.left_of([part])[part.pk]))
    if more:
        part.pence = pence
        part.save(update_fields=["pence"])


def _set_profile(contract: Contract, target: Target, figures: Sequence[int | None]) -> None:
    there = {each.quarter: each for each in Profile.objects.filter(target=target)}
    for quarter, planned in zip(contract.quarters, figures, strict=True):
        row = there.get(quarter)
        if row is None:
            Profile(target=target, quarter=quarter, planned=planned).save(force_insert=True)
        elif row.planned != planned:
            row.planned = planned
            row.save(update_fields=["planned"])


@action
def withdraw_variation(*, by: Any, variation: Variation) -> Variation:
    """It is not wanted after all."""
    _hold(variation)
    refuse(rules.why_not_withdraw(by, variation))
    variation.state = VariationState.WITHDRAWN
    variation.save(update_fields=["state"])
    record("contracts.variation_withdrawn", subject=variation, contract=variation.contract.reference)
    return variation


def _hold(variation: Variation) -> None:
    variation.contract.hold()
    variation.hold()
