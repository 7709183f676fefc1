"""Contracts at every step: being written, signed, delivered, varied, visited, claimed, ending, ended. None names a family but with its plan."""

import datetime as dt
from typing import Any

from hearth.commissioning.contracts import actions
from hearth.commissioning.contracts.claims.actions import claim_outcome, look_at_claim
from hearth.commissioning.contracts.endings.actions import ask_to_decommission, decide_decommissioning, place_family
from hearth.commissioning.contracts.milestones.actions import certify_milestone, pay_milestone, reach_milestone
from hearth.commissioning.contracts.models import (
    Contract,
    Decommissioning,
    Milestone,
    OutcomeClaim,
    PaymentTerm,
    Variation,
)
from hearth.commissioning.contracts.variations.actions import answer_variation, ask_for_variation
from hearth.commissioning.contracts.visits.actions import add_visit_action, note_visit, plan_visit
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.money import actions as money
from hearth.records.people.access.actions import give_access
from tests.security.hostile.words import OPEN

OUTCOMES = ("into_learning_or_work", "home_kept", "stays_out_of_care", "attendance_recovered")
WHY: dict[str, Any] = {"reasons": "Planned", "lost": "Planned", "instead": "Planned", "families": 1}


def _whole(world: Any, title: str, *, days: int = 200, outcomes: tuple[str, ...] = (), **said: Any) -> Contract:
    by, today = world.cast.commissioner, clock.today()
    with acting_as(by):
        made = actions.write_contract(
            by=by, title=title, what="Planned", needs=["mentoring"], provider=world.cast.provider.organisation, no_tender_why="Planned",
            starts_on=today, ends_on=today + dt.timedelta(days=days), manager=world.cast.development_officer, **said,
        )  # fmt: skip
        told: dict[str, Any] = {"by": by, "contract": made}
        pence = 100 * (3 + len(outcomes))
        actions.add_part(
            organisation=by.organisation, area=world.area, share=world.more.contract_share, pence=pence, **told
        )
        for number in range(3):
            actions.add_milestone(name=f"Planned {number}", due_on=today, pence=100, **told)
        for outcome in outcomes:
            actions.add_payment_term(outcome=outcome, pence=100, cap_pence=100, **told)
        actions.add_target(
            kind="output", name="Planned", definition="Planned", unit="number", figures=[1] * len(made.quarters), **told
        )
    return made


def _share(world: Any) -> Any:
    """A share of a source of their own."""
    by, told = world.cast.commissioner, {"happened_on": clock.today() - dt.timedelta(days=90), "words": "Planted words"}
    with acting_as(by):
        fund = money.add_fund(by=by, name="Planted for contracts", given_by="Somebody", begins_on=told["happened_on"])
        money.receive_money(by=by, fund=fund, pence=1_000_000, **told)
        return money.allocate_money(
            by=by, fund=fund, area=world.area, year=2026, purpose="Contracts", pence=900_000, **told
        ).share


def _signed(world: Any, title: str, **said: Any) -> Contract:
    made = _whole(world, title, **said)
    for by in (world.cast.strategic_lead, world.cast.commissioner):
        with acting_as(by):
            actions.sign_contract(by=by, contract=made)
    return made


def plant(world: Any) -> None:
    """Each on its own, for of one contract one thing happens at a time."""
    more, cast = world.more, world.cast
    more.contract_share = _share(world)
    more.contract_payer = str(cast.health_visitor.organisation.pk)
    more.contract_draft, more.contract_whole = _whole(world, "Planned draft", days=0), _whole(world, "Planned whole")
    more.contract_signed = _signed(world, "Planned signed", outcomes=OUTCOMES)
    more.contract_plain, more.contract_ending = _signed(world, "Planned plain"), _signed(world, "Planned to end")
    with clock.frozen(clock.now() - dt.timedelta(days=60)):
        more.contract_over = _signed(world, "Planned and over", days=30)
    _milestones(world)
    _paid(world)
    _visits(world)
    _claims(world)
    _variations(world)
    _endings(world)


def _milestones(world: Any) -> None:
    more, cast = world.more, world.cast
    with acting_as(cast.provider):
        rows = list(Milestone.objects.filter(contract=more.contract_signed).order_by("name"))
        more.milestone_due, more.milestone_reached, more.milestone_certified = rows
        for each in rows[1:]:
            reach_milestone(by=cast.provider, milestone=each, reached_on=clock.today(), evidence="Planned")
    with acting_as(cast.development_officer):
        certify_milestone(by=cast.development_officer, milestone=more.milestone_certified, certify=True)


def _paid(world: Any) -> None:
    """One that is paid, by three people."""
    more, cast, today = world.more, world.cast, clock.today()
    with acting_as(cast.provider):
        found = Milestone.objects.filter(contract=more.contract_plain).order_by("name")[0]
        reach_milestone(by=cast.provider, milestone=found, reached_on=today, evidence="Planned")
    with acting_as(cast.development_officer):
        certify_milestone(by=cast.development_officer, milestone=Milestone.objects.get(pk=found.pk), certify=True)
    with acting_as(cast.commissioner):
        pay_milestone(by=cast.commissioner, milestone=Milestone.objects.get(pk=found.pk), paid_on=today)


def _visits(world: Any) -> None:
    more, by, today = world.more, world.cast.development_officer, clock.today()
    with acting_as(by):
        more.visit_done = plan_visit(by=by, contract=more.contract_signed, planned_for=today, visitor=by)
        note_visit(by=by, visit=more.visit_done, done_on=today, findings="Planned")
        more.visit_action = add_visit_action(
            by=by, visit=more.visit_done, what="Planned", by_provider=True, due_on=today
        )
        more.visit_planned = plan_visit(by=by, contract=more.contract_signed, planned_for=today, visitor=by)
        more.visit_off = plan_visit(by=by, contract=more.contract_ending, planned_for=today, visitor=by)


def _claims(world: Any) -> None:
    more, cast, case = world.more, world.cast, world.families["working"].case
    with acting_as(cast.family_worker):
        give_access(
            by=cast.family_worker, family=case.family, user=cast.provider, why="team_around_family", basis=case.id,
            categories=["basic", "plan"],
        )  # fmt: skip
    with acting_as(cast.provider):
        terms = {each.outcome: each for each in PaymentTerm.objects.filter(contract=more.contract_signed)}
        more.term_open = terms[OUTCOMES[0]]
        for name, outcome in zip(("waiting", "verified", "back"), OUTCOMES[1:], strict=True):
            made = claim_outcome(
                by=cast.provider, contract=more.contract_signed, term=terms[outcome], case=case, happened_on=clock.today(),
                evidence="Planned", words=f"{OPEN}planned and claimed",
            )  # fmt: skip
            setattr(more, f"claim_{name}", made)
    with acting_as(cast.development_officer):
        found = OutcomeClaim.objects.get(pk=more.claim_verified.pk)
        look_at_claim(by=cast.development_officer, claim=found, verify=True)


def _variations(world: Any) -> None:
    more, by = world.more, world.cast.commissioner
    for name in ("asked", "agreed", "kept"):
        contract = _signed(world, f"Planned, {name}")
        with acting_as(by):
            made = ask_for_variation(by=by, contract=contract, what="Planned otherwise", why="Planned")
        setattr(more, f"variation_{name}", made)
    with acting_as(world.cast.provider):
        found = Variation.objects.get(pk=more.variation_agreed.pk)
        answer_variation(by=world.cast.provider, variation=found, agree=True)


def _endings(world: Any) -> None:
    more, cast, today = world.more, world.cast, clock.today()
    more.contract_ended = _signed(world, "Planned and ending")
    with acting_as(cast.development_officer):
        for name, contract in (("asked", more.contract_ending), ("decided", more.contract_ended)):
            days = {"notice_on": today, "last_day": today + dt.timedelta(days=20)}
            made = ask_to_decommission(by=cast.development_officer, contract=contract, **WHY, **days)
            setattr(more, f"ending_{name}", made)
    with acting_as(cast.commissioner):
        found = Decommissioning.objects.get(pk=more.ending_decided.pk)
        decide_decommissioning(by=cast.commissioner, ending=found, end=True, words="Planned")
    with acting_as(cast.provider):
        case = world.families["working"].case
        contract = Contract.objects.get(pk=more.contract_ended.pk)
        place_family(by=cast.provider, contract=contract, case=case, to="The hub", words=f"{OPEN}planned to go there")
