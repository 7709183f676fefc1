"""Say that a milestone is reached, certify it or send it back, and pay it."""

import datetime as dt
from typing import Any

from hearth.commissioning.contracts import booking
from hearth.commissioning.contracts.milestones import rules
from hearth.commissioning.contracts.models import Contract, Milestone, MilestoneState, Payment, PaymentLine
from hearth.commissioning.contracts.telling import tell
from hearth.commissioning.contracts.words import line
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, refuse


@action
def reach_milestone(*, by: Any, milestone: Milestone, reached_on: dt.date, evidence: str) -> Milestone:
    """Somebody says that it is reached, and how one knows."""
    _hold(milestone)
    refuse(rules.why_not_reach(by, milestone))
    evidence = line(evidence, 300)
    refuse(rules.why_not_reached(milestone.contract, reached_on, evidence))
    milestone.state, milestone.reached_on, milestone.reached_by = MilestoneState.REACHED, reached_on, by
    milestone.evidence, milestone.words = evidence, ""
    milestone.save(update_fields=["state", "reached_on", "reached_by", "evidence", "words"])
    record("contracts.milestone_reached", subject=milestone, contract=milestone.contract.reference)
    tell(by, milestone.contract.manager, milestone.contract, "milestone_reached", str(milestone.pk))
    return milestone


@action
def certify_milestone(*, by: Any, milestone: Milestone, certify: bool, words: str = "") -> Milestone:
    """Certify that it is reached, so that it may be paid; or send it back, saying why."""
    _hold(milestone)
    refuse(rules.why_not_certify(by, milestone))
    milestone.words = line(words, 300)
    if not certify and not milestone.words:
        refuse(Refusal("contracts.no_reason", "Say why it is sent back."))
    told = milestone.reached_by
    if certify:
        milestone.state, milestone.certified_by, milestone.certified_on = MilestoneState.CERTIFIED, by, clock.today()
    else:
        milestone.state, milestone.reached_by, milestone.reached_on = MilestoneState.DUE, None, None
    milestone.save(update_fields=["state", "certified_by", "certified_on", "reached_by", "reached_on", "words"])
    what = "contracts.milestone_certified" if certify else "contracts.milestone_sent_back"
    record(what, subject=milestone, contract=milestone.contract.reference, pence=milestone.pence)
    tell(by, told, milestone.contract, "milestone_looked_at", f"{milestone.pk} {clock.now()}")
    return milestone


@action
def pay_milestone(*, by: Any, milestone: Milestone, paid_on: dt.date, voucher: str = "") -> Payment:
    """Pay what is certified, by each who pays a part: booked in the ledger in the same transaction, and never again."""
    contract = milestone.contract
    contract.hold()
    _hold(milestone)
    refuse(rules.why_not_pay(by, milestone))
    made = pay(by, contract, milestone.pence, paid_on, voucher, milestone=milestone)
    milestone.state = MilestoneState.PAID
    milestone.save(update_fields=["state"])
    record("contracts.milestone_paid", subject=milestone, contract=contract.reference, pence=milestone.pence)
    return made


def pay(by: Any, contract: Contract, pence: int, paid_on: dt.date, voucher: str, **of: Any) -> Payment:
    """A payment with its lines. Called inside actions that hold the contract, which have asked who may."""
    if paid_on > clock.today():
        refuse(Refusal("contracts.in_the_future", "Enter today or a day in the past."))
    thing = next(iter(of.values()))
    words = f"Contract {contract.reference}, {thing._meta.verbose_name} {thing.reference}"
    made = Payment(
        reference=drawn_reference("PY"),
        contract=contract,
        pence=pence,
        paid_on=paid_on,
        voucher=line(voucher, 40),
        paid_by=by,
        **of,
    )
    made.save(force_insert=True)
    for each in booking.pay(by, contract, pence, paid_on, words, made.voucher):
        PaymentLine(payment=made, part=each.part, pence=each.pence, entry=each.entry).save(force_insert=True)
    return made


def _hold(milestone: Milestone) -> None:
    """As it now is, with its contract as that now is: of two who act at once the second sees what the first did."""
    milestone.hold()
    milestone.contract.refresh_from_db()
