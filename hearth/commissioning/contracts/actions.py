"""Write a contract: its words, who pays which part, milestones, targets, payment terms; and sign it, by two."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Max

from hearth.commissioning.contracts import booking, rules
from hearth.commissioning.contracts.models import (
    Contract,
    ContractPart,
    ContractState,
    Milestone,
    PaymentTerm,
    Profile,
    Target,
    TargetKind,
    TargetUnit,
)
from hearth.commissioning.contracts.queries import WORDS, lacks, promised_of
from hearth.commissioning.contracts.telling import tell
from hearth.commissioning.contracts.words import day_words, line, need_words, whole
from hearth.foundation.accounts.queries import who_may
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, Refused, refuse
from hearth.foundation.core.seen import write_seen

PIECES: dict[str, Any] = {"part": ContractPart, "milestone": Milestone, "target": Target, "term": PaymentTerm}


@action
def write_contract(*, by: Any, key: uuid.UUID | None = None, **typed: Any) -> Contract:
    """Begin a contract: from an award, or by itself with the reason why there was no tender; once from one page."""
    refuse(rules.why_not_run(by))
    key = key_of_sending(key, typed)
    sent_before = Contract.objects.filter(written_by=by, key=key).first()
    if sent_before is not None:
        record("contracts.contract_sent_again", subject=sent_before)
        return sent_before
    said = _words(typed)
    refuse(_why_not_award_again(said["award"]))
    made = Contract(reference=drawn_reference("CT"), written_by=by, key=key, **said)
    refuse(rules.why_not_of_provider(by, made))
    made.save(force_insert=True)
    record("contracts.contract_written", subject=made, award=made.award.reference if made.award else "")
    return made


@action
def change_contract(*, by: Any, contract: Contract, seen: str | None = None, **typed: Any) -> Contract:
    """Change what a draft says. Whoever signed it first signs again."""
    _hold_draft(by, contract)
    said = _words(typed)
    if said["award"] is not None and said["award"].pk != contract.award_id:
        refuse(_why_not_award_again(said["award"]))
    named: Any = lambda each: str(each) if each else "None"  # noqa: E731 - for four columns alike
    names = dict.fromkeys(("provider", "award", "intention", "theme", "manager", "agreement"), named)
    names |= {"starts_on": day_words, "ends_on": day_words, "needs": lambda codes: ", ".join(map(need_words, codes))}
    changed = write_seen(contract, seen, said, names)
    if changed:
        contract.save(update_fields=changed)
        _unsign(contract)
    record("contracts.contract_changed", subject=contract, columns=changed)
    return contract


def _words(typed: dict[str, Any]) -> dict[str, Any]:
    said = {
        "award": None,
        "no_tender_why": "",
        "intention": None,
        "theme": None,
        "agreement": None,
        "document": "",
    } | typed
    said["title"], said["what"] = line(said["title"]), whole(said["what"])
    said["no_tender_why"], said["document"] = line(said["no_tender_why"], 300), line(said["document"], 200)
    said["needs"] = list(dict.fromkeys(said["needs"]))
    if said.get("provider") is None and said["award"] is not None:
        said["provider"] = said["award"].organisation
    asked = ("title", "what", "needs", "starts_on", "ends_on", "award", "no_tender_why", "provider", "agreement")
    refuse(rules.why_not_this_contract(**{name: said[name] for name in asked}))
    return {name: said[name] for name in WORDS}


def _why_not_award_again(award: Any) -> Refusal | None:
    if award is None or not Contract.objects.filter(award=award).exists():
        return None
    return Refusal("contracts.awarded_twice", "There is a contract from this award already. Open that.")


def _hold_draft(by: Any, contract: Contract) -> None:
    contract.hold()
    refuse(rules.why_not_write(by, contract))


def _unsign(contract: Contract) -> None:
    """A draft that changed is not what was signed."""
    if contract.first_signed_by_id is not None:
        contract.first_signed_by = contract.first_signed_at = None
        contract.save(update_fields=["first_signed_by", "first_signed_at"])


@action
def add_part(
    *, by: Any, contract: Contract, organisation: Any, pence: int, area: Any = None, share: Any = None
) -> ContractPart:
    """Who pays how much of it, for which district, from which share of the ledger."""
    _hold_draft(by, contract)
    parts = booking.parts_of(contract)
    refuse(rules.why_not_this_part(contract, parts, organisation, area, share, pence))
    where = (organisation.pk, getattr(area, "pk", None), getattr(share, "pk", None))
    if any((part.organisation_id, part.area_id, part.share_id) == where for part in parts):
        refuse(
            Refusal("contracts.part_twice", "That part is there already. Take it out first, then add the new amount.")
        )
    made = ContractPart(
        reference=drawn_reference("CP"),
        contract=contract,
        organisation=organisation,
        area=area,
        pence=pence,
        share=share,
    )
    made.save(force_insert=True)
    _count(contract)
    record("contracts.part_added", subject=contract, pence=pence, district=area.code if area else "")
    return made


def _count(contract: Contract) -> None:
    """The value of the whole project is that of its parts together."""
    contract.value_pence = sum(ContractPart.objects.filter(contract=contract).values_list("pence", flat=True))
    contract.save(update_fields=["value_pence"])
    _unsign(contract)


@action
def add_milestone(*, by: Any, contract: Contract, name: str, due_on: dt.date, pence: int) -> Milestone:
    """What is reached by when, and what is paid for it."""
    _hold_draft(by, contract)
    name = line(name)
    refuse(rules.why_not_this_milestone(contract, name, due_on, pence))
    made = Milestone(reference=drawn_reference("MI"), contract=contract, name=name, due_on=due_on, pence=pence)
    made.save(force_insert=True)
    _unsign(contract)
    record("contracts.milestone_added", subject=contract, pence=pence)
    return made


@action
def add_target(
    *, by: Any, contract: Contract, kind: str, name: str, definition: str, unit: str, figures: Sequence[int | None]
) -> Target:
    """What is counted, and how much of it is planned in each quarter: `figures`, in the order of the quarters."""
    _hold_draft(by, contract)
    name, definition = line(name), whole(definition)
    refuse(rules.why_not_this_target(contract, name, definition, figures))
    last = Target.objects.filter(contract=contract).aggregate(last=Max("number"))["last"] or 0
    made = Target(
        reference=drawn_reference("TG"), contract=contract, number=last + 1, kind=TargetKind(kind), name=name, definition=definition,
        unit=TargetUnit(unit),
    )  # fmt: skip
    made.save(force_insert=True)
    for quarter, planned in zip(contract.quarters, figures, strict=True):
        Profile(target=made, quarter=quarter, planned=planned).save(force_insert=True)
    _unsign(contract)
    record("contracts.target_added", subject=contract, kind=kind)
    return made


@action
def add_payment_term(*, by: Any, contract: Contract, outcome: str, pence: int, cap_pence: int) -> PaymentTerm:
    """Payment by results: which outcome, what is paid for each family, and the most for all."""
    _hold_draft(by, contract)
    there = list(PaymentTerm.objects.filter(contract=contract).values_list("outcome", flat=True))
    refuse(rules.why_not_this_term(outcome, pence, cap_pence, there))
    made = PaymentTerm(
        reference=drawn_reference("PT"), contract=contract, outcome=outcome, pence=pence, cap_pence=cap_pence
    )
    made.save(force_insert=True)
    _unsign(contract)
    record("contracts.term_added", subject=contract, outcome=outcome, pence=pence)
    return made


@action
def take_out_of_contract(*, by: Any, contract: Contract, piece: str, reference: str) -> None:
    """Take a part, a milestone, a target or a term out of a draft."""
    _hold_draft(by, contract)
    row = PIECES[piece].objects.filter(contract=contract, reference=reference).first() if piece in PIECES else None
    if row is None:
        raise Refused(Refusal("contracts.not_there", "It is not there any more."))
    if isinstance(row, Target):
        row.profile.all().delete()
    row.delete()
    _count(contract)
    record("contracts.taken_out", subject=contract, piece=piece)


@action
def sign_contract(*, by: Any, contract: Contract) -> Contract:
    """Sign it: the first says that it is right; the second signs and commits its money in the ledger, in one transaction."""
    contract.hold()
    refuse(rules.why_not_sign(by, contract, lacks(contract)))
    if contract.first_signed_by_id is None:
        contract.first_signed_by, contract.first_signed_at = by, clock.now()
        contract.save(update_fields=["first_signed_by", "first_signed_at"])
        record("contracts.signed_first", subject=contract)
        for person in who_may("run_contracts", everywhere=True):
            tell(by, person, contract, "contract_to_sign", str(contract.first_signed_at))
        return contract
    refuse(rules.why_not_from_award(contract.award))
    parts = booking.parts_of(contract)
    booking.hold_ledger(parts)
    for part in parts:
        part.contract = contract
        booking.commit(by, part, part.pence)
    contract.state, contract.signed_by, contract.signed_at = ContractState.SIGNED, by, clock.now()
    contract.save(update_fields=["state", "signed_by", "signed_at"])
    record("contracts.contract_signed", subject=contract, pence=contract.value_pence, promised=promised_of(contract))
    for person in _told_of_signing(contract):
        tell(by, person, contract, "contract_signed")
    return contract


def _told_of_signing(contract: Contract) -> list[Any]:
    delivers = [each for each in who_may("deliver_contracts") if each.organisation_id == contract.provider_id]
    return [contract.manager, *delivers]
