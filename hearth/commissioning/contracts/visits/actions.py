"""Plan a quality visit, note what it found, call it off; add what is to be put right, and finish it."""

import datetime as dt
from typing import Any

from hearth.commissioning.contracts.models import Contract, QualityVisit, VisitAction
from hearth.commissioning.contracts.telling import tell
from hearth.commissioning.contracts.visits import rules
from hearth.commissioning.contracts.words import line, whole
from hearth.foundation.accounts.queries import who_may
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, refuse


@action
def plan_visit(*, by: Any, contract: Contract, planned_for: dt.date, visitor: Any) -> QualityVisit:
    """Say who visits, and when."""
    contract.hold()
    refuse(rules.why_not_plan(by, contract))
    refuse(rules.why_not_this_plan(contract, planned_for, visitor))
    made = QualityVisit(
        reference=drawn_reference("QV"), contract=contract, planned_for=planned_for, visitor=visitor, planned_by=by
    )
    made.save(force_insert=True)
    record("contracts.visit_planned", subject=made, contract=contract.reference)
    delivers = [each for each in who_may("deliver_contracts") if each.organisation_id == contract.provider_id]
    for person in (visitor, *delivers):
        tell(by, person, contract, "visit_planned", str(made.pk))
    return made


@action
def note_visit(*, by: Any, visit: QualityVisit, done_on: dt.date, findings: str) -> QualityVisit:
    """Note what was found. The contract stands on no list for want of a visit any more."""
    visit.hold()
    refuse(rules.why_not_note(by, visit))
    findings = whole(findings)
    refuse(rules.why_not_this_note(visit, done_on, findings))
    visit.done_on, visit.done_by, visit.findings = done_on, by, findings
    visit.save(update_fields=["done_on", "done_by", "findings"])
    record("contracts.visit_done", subject=visit, contract=visit.contract.reference)
    return visit


@action
def call_off_visit(*, by: Any, visit: QualityVisit, why: str) -> QualityVisit:
    """It does not happen: another is planned, or the contract stays on every list."""
    visit.hold()
    refuse(rules.why_not_note(by, visit))
    why = line(why, 200)
    refuse(None if why else Refusal("contracts.no_reason", "Say why it is called off."))
    visit.called_off_at, visit.called_off_why = clock.now(), why
    visit.save(update_fields=["called_off_at", "called_off_why"])
    record("contracts.visit_called_off", subject=visit, contract=visit.contract.reference)
    return visit


@action
def add_visit_action(*, by: Any, visit: QualityVisit, what: str, by_provider: bool, due_on: dt.date) -> VisitAction:
    """What is to be put right, by whom, by when."""
    visit.hold()
    refuse(rules.why_not_add_action(by, visit))
    what = line(what, 200)
    refuse(rules.why_not_this_action(what, due_on))
    made = VisitAction(
        reference=drawn_reference("QA"), visit=visit, what=what, by_provider=by_provider, due_on=due_on, added_by=by
    )
    made.save(force_insert=True)
    record("contracts.visit_action_added", subject=made, contract=visit.contract.reference)
    return made


@action
def finish_visit_action(*, by: Any, act: VisitAction, words: str) -> VisitAction:
    """It is put right, and how one knows."""
    act.hold()
    words = line(words, 300)
    refuse(rules.why_not_finish(by, act, words))
    act.done_on, act.done_by, act.words = clock.today(), by, words
    act.save(update_fields=["done_on", "done_by", "words"])
    record("contracts.visit_action_done", subject=act, contract=act.visit.contract.reference)
    return act
