"""What waits for somebody in contracts, for their first page: one query for each kind."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from hearth.commissioning.contracts.models import (
    ClaimState,
    Contract,
    Decommissioning,
    DecommissioningState,
    Milestone,
    MilestoneState,
    OutcomeClaim,
    QualityVisit,
    Variation,
    VariationState,
    VisitAction,
)
from hearth.commissioning.contracts.reach import CHECKS, DELIVERS, RUNS, SEES, SIGNS, of_contract
from hearth.commissioning.contracts.rules import why_not_see_contracts
from hearth.foundation.core import clock
from hearth.records.money.reach import holds_whole


@dataclass(frozen=True)
class Waits:
    """How much of each waits, and how much of it is late."""

    what: str
    many: int
    late: int = 0


def waiting(reader: Any) -> list[Waits]:
    """What the reader has to do, or has to know of: only what is not nought."""
    if why_not_see_contracts(reader) is not None:
        return []
    found = [*_of_contracts(reader), *_to_look_at(reader), *_of_ours(reader), *_to_run(reader)]
    return [each for each in found if each.many]


def _of_contracts(reader: Any) -> list[Waits]:
    if not (reader.may(SEES) or reader.may(SIGNS)):
        return []
    lacking = Contract.objects.without_visit().values("pk")
    draft = Q(state="draft")
    second = (
        Q(first_signed_by__isnull=False) & ~Q(first_signed_by=reader) if holds_whole(reader, RUNS) else Q(pk__in=[])
    )
    counts = Contract.objects.visible_to(reader).aggregate(
        lacking=Count("pk", filter=Q(pk__in=lacking)), second=Count("pk", filter=draft & second)
    )
    return [
        Waits("lacking", counts["lacking"]),
        Waits("to_sign", counts["second"] if holds_whole(reader, SIGNS) else 0),
    ]


def _to_look_at(reader: Any) -> list[Waits]:
    """For whoever visits: milestones to certify, outcomes to verify, visits to do, and actions to follow."""
    if not reader.may(CHECKS):
        return []
    checks, today = of_contract(reader, what="check"), clock.today()
    mine = Q(contract__manager=reader)
    milestones = (
        Milestone.objects.filter(checks & mine, state=MilestoneState.REACHED).exclude(reached_by=reader).count()
    )
    claims = OutcomeClaim.objects.filter(checks & mine, state=ClaimState.CLAIMED).count()
    visits = QualityVisit.objects.filter(checks, visitor=reader, done_on=None, called_off_at=None)
    acts = VisitAction.objects.open().filter(
        of_contract(reader, "visit__contract", "check"), visit__contract__manager=reader
    )
    late = {"visits": Count("pk", filter=Q(planned_for__lt=today)), "acts": Count("pk", filter=Q(due_on__lt=today))}
    of_visits, of_acts = (
        visits.aggregate(many=Count("pk"), late=late["visits"]),
        acts.aggregate(many=Count("pk"), late=late["acts"]),
    )
    return [
        Waits("to_certify", milestones), Waits("to_verify", claims), Waits("to_visit", of_visits["many"], of_visits["late"]),
        Waits("to_follow", of_acts["many"], of_acts["late"]),
    ]  # fmt: skip


def _of_ours(reader: Any) -> list[Waits]:
    """For a provider: variations to answer, and milestones whose day has passed."""
    if not reader.may(DELIVERS):
        return []
    ours = of_contract(reader, what="deliver")
    asked = Variation.objects.filter(ours, state=VariationState.ASKED, by_provider=False).count()
    late = Milestone.objects.filter(ours, state=MilestoneState.DUE, due_on__lt=clock.today()).count()
    return [Waits("to_answer", asked), Waits("to_reach", late, late)]


def _to_run(reader: Any) -> list[Waits]:
    """For a commissioner: what is to be paid, answered, brought in, decided and settled."""
    if not holds_whole(reader, RUNS):
        return []
    milestones = Milestone.objects.filter(state=MilestoneState.CERTIFIED, pence__gt=0).count()
    outcomes = OutcomeClaim.objects.filter(state=ClaimState.VERIFIED).count()
    asked = Variation.objects.filter(state=VariationState.ASKED, by_provider=True) | Variation.objects.filter(
        state=VariationState.AGREED
    )
    endings = Decommissioning.objects.filter(state=DecommissioningState.ASKED).exclude(asked_by=reader).count()
    over = Contract.objects.filter(
        state__in=["signed", "decommissioned"], settled_at=None, ends_on__lt=clock.today()
    ).count()
    return [
        Waits("to_pay", milestones + outcomes), Waits("variations", asked.count()), Waits("endings", endings), Waits("to_settle", over, over),
    ]  # fmt: skip
