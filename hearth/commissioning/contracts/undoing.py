"""A payment that is reversed in the ledger: what it paid for may be paid again, once. The ledger, which stands below, calls this by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hearth.commissioning.contracts.models import (
    ClaimState,
    Contract,
    Milestone,
    MilestoneState,
    OutcomeClaim,
    Payment,
    PaymentLine,
)
from hearth.commissioning.contracts.words import line
from hearth.foundation.audit.actions import record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.records.money.models import Entry

SETTLED = "It paid for something of contract {}, which is settled, and could not be paid again. Post what came back as recovered."


@contextmanager
def undone_with(*, by: Any, entry: Entry, why: str) -> Iterator[list[Entry]]:
    """What else is reversed with an entry: every other part of the same payment. Once they are, what it paid for waits to be paid again."""
    line_of = PaymentLine.objects.standing().filter(entry=entry).select_related("payment__contract").first()
    if line_of is None:
        yield []
        return
    payment = line_of.payment
    payment.contract.hold()
    thing = _held(payment)
    payment.hold()
    refuse(_why_not(payment))
    rows = PaymentLine.objects.filter(payment=payment, entry__isnull=False).exclude(entry=entry)
    rows = rows.select_related("entry__fund", "entry__share", "entry__reversed_by", "part")
    yield [each.entry for each in rows.order_by("part__share_id", "part_id", "id") if each.entry is not None]
    payment.reversed_at, payment.reversed_by, payment.reversed_why = clock.now(), by, line(why, 200)
    payment.save(update_fields=["reversed_at", "reversed_by", "reversed_why"])
    thing.state = MilestoneState.CERTIFIED if payment.milestone_id else ClaimState.VERIFIED
    thing.save(update_fields=["state"])
    record(
        "contracts.payment_reversed", subject=payment, contract=payment.contract.reference, of=thing.reference, pence=payment.pence
    )  # fmt: skip


def _held(payment: Payment) -> Any:
    """What it paid for, held: before the ledger, as whoever pays holds them."""
    of: Any = Milestone if payment.milestone_id else OutcomeClaim
    thing = of.objects.get(pk=payment.milestone_id or payment.claim_id)
    thing.hold()
    return thing


def _why_not(payment: Payment) -> Refusal | None:
    """Reversing what was paid of a contract: while it could be paid again, and once."""
    if payment.reversed_at is not None:
        return Refusal("money.reversed_already", "This entry is reversed already.")
    contract = Contract.objects.get(pk=payment.contract_id)
    return None if contract.takes_work else Refusal("contracts.settled", SETTLED.format(contract.reference))
