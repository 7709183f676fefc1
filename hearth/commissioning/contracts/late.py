"""What of a contract has passed its day, and the reminder of it."""

from typing import Any

from hearth.commissioning.contracts.models import (
    ClaimState,
    Contract,
    Milestone,
    MilestoneState,
    OutcomeClaim,
    QualityVisit,
    VisitAction,
)
from hearth.commissioning.contracts.visits.queries import needs_by
from hearth.commissioning.contracts.words import link_of
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.messages.actions import send


def late_of(reader: Any, contract: Contract) -> list[str]:
    """What is late, as codes: the pack says after how many working days."""
    today, asked = clock.today(), pack().contracts
    if not contract.takes_work:
        return []
    due = (
        Milestone.objects.visible_to(reader)
        .filter(contract=contract, state=MilestoneState.DUE)
        .values_list("due_on", flat=True)
    )
    claimed = OutcomeClaim.objects.visible_to(reader).filter(contract=contract, state=ClaimState.CLAIMED)
    visits = QualityVisit.objects.visible_to(reader).filter(contract=contract)
    by = needs_by(contract)
    found = {
        "milestone": any(clock.add_working_days(day, asked.milestone_chased_after) < today for day in due),
        "outcome": any(
            clock.add_working_days(day, asked.claim_checked_within) < today
            for day in claimed.values_list("claimed_on", flat=True)
        ),
        "visit": by is not None and by < today and not visits.filter(done_on__isnull=False).exists(),
        "planned": visits.filter(done_on=None, called_off_at=None, planned_for__lt=today).exists(),
        "action": VisitAction.objects.visible_to(reader)
        .open()
        .filter(visit__contract=contract, due_on__lt=today)
        .exists(),
        "settle": contract.is_over,
    }
    return [what for what, late in found.items() if late]


@action
def remind_of_contract(*, by: Any, contract: Contract) -> list[str]:
    """Remind whoever answers for it of what is late: of the same things once a week."""
    refuse(
        None
        if contract.manager_id == by.id
        else Refusal("contracts.not_manager", "Only whoever answers for it is reminded.")
    )
    late = late_of(by, contract)
    refuse(None if late else Refusal("contracts.nothing_late", "Nothing of it is late."))
    week = "-".join(map(str, clock.today().isocalendar()[:2]))
    send(
        by=by,
        to=by,
        template="contract_late",
        link=link_of(contract),
        key=f"contract_late {contract.pk} {week} {' '.join(late)}",
    )
    record("contracts.reminded", subject=contract, late=late)
    return late
