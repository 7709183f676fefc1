"""Contracts: two who sign, certify, pay, answer, verify, decide or settle one at once, where the second sees what the first did."""

from typing import Any

from hearth.commissioning.contracts import actions
from hearth.commissioning.contracts.claims import actions as claims
from hearth.commissioning.contracts.endings import actions as endings
from hearth.commissioning.contracts.milestones import actions as milestones
from hearth.commissioning.contracts.variations import actions as variations
from hearth.commissioning.contracts.visits import actions as visits
from hearth.foundation.core import clock
from tests.forms.at_once import Two, row

KEEPERS, OFFICERS, PROVIDERS = (
    ("commissioner", "commissioner"), ("development_officer", "development_officer"), ("provider", "provider"),
)  # fmt: skip
OF = ("contract__provider", "contract__manager")


def _pay(by: Any, found: Any) -> Any:
    return milestones.pay_milestone(by=by, milestone=found, paid_on=clock.today())


def _pay_outcome(by: Any, found: Any) -> Any:
    return claims.pay_outcome(by=by, claim=found, paid_on=clock.today())


TABLE = [
    Two("contracts.sign_contract", row("contract_whole", "provider", "manager", "award"), lambda by, c: actions.sign_contract(by=by, contract=c),
        comes="contracts.signed_by_you", who=KEEPERS),
    Two("contracts.reach_milestone", row("milestone_due", *OF),
        lambda by, m: milestones.reach_milestone(by=by, milestone=m, reached_on=clock.today(), evidence="x"),
        comes="contracts.not_now", who=PROVIDERS),
    Two("contracts.certify_milestone", row("milestone_reached", *OF),
        lambda by, m: milestones.certify_milestone(by=by, milestone=m, certify=True), comes="contracts.not_now", who=OFFICERS),
    Two("contracts.pay_milestone", row("milestone_certified", *OF), _pay, comes="contracts.not_now", who=KEEPERS),
    Two("contracts.answer_variation", row("variation_asked", *OF),
        lambda by, v: variations.answer_variation(by=by, variation=v, agree=True), comes="contracts.not_now", who=PROVIDERS),
    Two("contracts.bring_in_variation", row("variation_agreed", *OF),
        lambda by, v: variations.bring_in_variation(by=by, variation=v), comes="contracts.not_now", who=KEEPERS),
    Two("contracts.withdraw_variation", row("variation_kept", *OF),
        lambda by, v: variations.withdraw_variation(by=by, variation=v), comes="contracts.not_now", who=KEEPERS),
    Two("contracts.note_visit", row("visit_planned", *OF),
        lambda by, v: visits.note_visit(by=by, visit=v, done_on=clock.today(), findings="x"), comes="contracts.visit_over", who=OFFICERS),
    Two("contracts.call_off_visit", row("visit_off", *OF), lambda by, v: visits.call_off_visit(by=by, visit=v, why="x"),
        comes="contracts.visit_over", who=OFFICERS),
    Two("contracts.finish_visit_action", row("visit_action", "visit__contract__provider"),
        lambda by, a: visits.finish_visit_action(by=by, act=a, words="x"), comes="contracts.action_done", who=OFFICERS),
    Two("contracts.look_at_claim", row("claim_waiting", *OF, "claimed_by"),
        lambda by, c: claims.look_at_claim(by=by, claim=c, verify=True), comes="contracts.not_now", who=OFFICERS),
    Two("contracts.withdraw_outcome_claim", row("claim_back", *OF), lambda by, c: claims.withdraw_outcome_claim(by=by, claim=c),
        comes="contracts.not_now", who=PROVIDERS),
    Two("contracts.pay_outcome", row("claim_verified", *OF), _pay_outcome, comes="contracts.not_now", who=KEEPERS),
    Two("contracts.decide_decommissioning", row("ending_asked", *OF),
        lambda by, e: endings.decide_decommissioning(by=by, ending=e, end=True, words="x"), comes="contracts.not_now", who=KEEPERS),
    Two("contracts.settle_contract", row("contract_over", "provider"), lambda by, c: endings.settle_contract(by=by, contract=c),
        comes="contracts.settled", who=KEEPERS),
]  # fmt: skip
