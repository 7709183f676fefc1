"""Ask that a contract end before its time, decide it, say where its families go; and settle it after its last day."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import Sum

from hearth.casework.panels.unmet.models import Theme
from hearth.commissioning.contracts import booking
from hearth.commissioning.contracts.endings import rules
from hearth.commissioning.contracts.models import (
    Contract,
    ContractState,
    Decommissioning,
    DecommissioningState,
    FamilyDestination,
    Milestone,
    MilestoneState,
    Payment,
    PaymentTerm,
)
from hearth.commissioning.contracts.telling import tell
from hearth.commissioning.contracts.words import line, whole
from hearth.commissioning.needs.models import Intention
from hearth.foundation.accounts.queries import who_may
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse


@action
def ask_to_decommission(
    *, by: Any, contract: Contract, reasons: str, lost: str, instead: str, families: int, notice_on: dt.date, last_day: dt.date,
    key: uuid.UUID | None = None,
) -> Decommissioning:  # fmt: skip
    """Ask that it end before its time: why, what is lost, where its families go, and when."""
    contract.hold()
    said: dict[str, Any] = {"reasons": whole(reasons), "lost": whole(lost), "instead": whole(instead)}
    days: dict[str, Any] = {"notice_on": notice_on, "last_day": last_day}
    key = key_of_sending(key, contract, said, days, families)
    sent_before = Decommissioning.objects.filter(asked_by=by, key=key).first()
    if sent_before is not None:
        record("contracts.ending_sent_again", subject=sent_before)
        return sent_before
    refuse(rules.why_not_ask(by, contract))
    refuse(rules.why_not_this_ending(contract, **said, **days))
    made = Decommissioning(
        reference=drawn_reference("DE"), contract=contract, families=families, asked_by=by, key=key, **said, **days
    )
    made.save(force_insert=True)
    record("contracts.ending_asked", subject=made, contract=contract.reference)
    for person in who_may("run_contracts", everywhere=True):
        tell(by, person, contract, "ending_asked", str(made.pk))
    return made


@action
def decide_decommissioning(*, by: Any, ending: Decommissioning, end: bool, words: str) -> Decommissioning:
    """Decide it: what is not needed until the last day is released in the ledger at once; whoever asked for it, and panels, are told."""
    contract = ending.contract
    contract.hold()
    ending.hold()
    refuse(rules.why_not_decide(by, ending))
    words = whole(words)
    refuse(rules.why_not_this_decision(ending, end, words))
    ending.state = DecommissioningState.DECIDED if end else DecommissioningState.DECLINED
    ending.decided_by, ending.decided_on, ending.decision = by, clock.today(), words
    if end:
        ending.released_pence = _end(by, contract, ending.last_day)
    ending.save(update_fields=["state", "decided_by", "decided_on", "decision", "released_pence"])
    record(
        f"contracts.ending_{ending.state}",
        subject=ending,
        contract=contract.reference,
        released=ending.released_pence or 0,
    )
    for person in _told(contract, ending) if end else [ending.asked_by]:
        tell(by, person, contract, "contract_ends" if end else "ending_declined", str(ending.pk))
    return ending


def _end(by: Any, contract: Contract, last_day: dt.date) -> int:
    """It ends on that day; milestones after it are cancelled. Outcomes may still happen until then, so that their money stays."""
    for each in Milestone.objects.filter(contract=contract, state=MilestoneState.DUE, due_on__gt=last_day):
        each.hold()
        if each.state == MilestoneState.DUE:
            each.state = MilestoneState.CANCELLED
            each.save(update_fields=["state"])
    contract.state, contract.ends_on = ContractState.DECOMMISSIONED, last_day
    contract.save(update_fields=["state", "ends_on"])
    return booking.release(by, contract, still_needed(contract), f"Contract {contract.reference} is de-commissioned")


def still_needed(contract: Contract) -> int:
    """What may still have to be paid: milestones that stand and are not paid, and what of the terms' caps is not paid yet."""
    milestones = Milestone.objects.filter(contract=contract).exclude(
        state__in=[MilestoneState.CANCELLED, MilestoneState.PAID]
    )
    fixed = milestones.aggregate(sum=Sum("pence"))["sum"] or 0
    caps = PaymentTerm.objects.filter(contract=contract).aggregate(sum=Sum("cap_pence"))["sum"] or 0
    paid = (
        Payment.objects.standing().filter(contract=contract, claim__isnull=False).aggregate(sum=Sum("pence"))["sum"]
        or 0
    )
    return int(fixed) + max(int(caps) - int(paid), 0)


def _told(contract: Contract, ending: Decommissioning) -> list[Any]:
    """Its manager and whoever asked, its provider's people, who answers for the intention, and who works the theme."""
    told = [contract.manager, ending.asked_by]
    told += [each for each in who_may("deliver_contracts") if each.organisation_id == contract.provider_id]
    intention = Intention.objects.filter(contracts=contract).select_related("owner").first()
    theme = (
        Theme.objects.filter(pk=contract.theme_id).select_related("started_by").first() if contract.theme_id else None
    )
    return [*told, *([intention.owner] if intention else []), *([theme.started_by] if theme else [])]


@action
def place_family(*, by: Any, contract: Contract, case: Any, to: str, words: str) -> FamilyDestination:
    """Where one family of a contract that ends goes, and what was agreed with them; written again, it is what is said last."""
    contract.refresh_from_db()
    to, words = line(to, 200), whole(words)
    refuse(rules.why_not_place(by, contract, case, to, words))
    found = FamilyDestination.objects.visible_to(by).filter(contract=contract, family=case.family).first()
    if found is None:
        found = FamilyDestination(
            contract=contract, family=case.family, basis=case.reference, to=to, words=words, written_by=by
        )
        found.save(force_insert=True)
    else:
        found.hold()
        found.to, found.words = to, words
        found.save(update_fields=["to", "words"])
    record("contracts.family_placed", family=case.family, subject=contract)
    return found


@action
def settle_contract(*, by: Any, contract: Contract, words: str = "") -> Contract:
    """After its last day: what is still committed is released, and nothing is paid under it any more."""
    contract.hold()
    refuse(rules.why_not_settle(by, contract))
    released = booking.release(by, contract, 0, f"Contract {contract.reference} is over")
    if contract.state == ContractState.SIGNED:
        contract.state = ContractState.ENDED
    contract.settled_by, contract.settled_at, contract.settled_words = by, clock.now(), line(words, 200)
    contract.save(update_fields=["state", "settled_by", "settled_at", "settled_words"])
    record("contracts.contract_settled", subject=contract, released=released)
    return contract
