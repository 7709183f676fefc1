"""Who visits, what a visit says, who follows its actions; and the sentence when not."""

import datetime as dt
from typing import Any

from hearth.commissioning.contracts.milestones.rules import why_not_check
from hearth.commissioning.contracts.models import Contract, QualityVisit, VisitAction
from hearth.commissioning.contracts.rules import DRAFT
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal


def why_not_visit(user: Any, contract: Contract) -> Refusal | None:
    """Visiting: whoever looks at what is bought in the contract's district, of one that is signed."""
    return DRAFT if contract.is_draft else why_not_check(user, contract)


def why_not_plan(user: Any, contract: Contract) -> Refusal | None:
    """Planning: one visit at a time, while the contract runs."""
    refusal = why_not_visit(user, contract)
    if refusal is not None:
        return refusal
    if not contract.takes_work:
        return Refusal("contracts.over", "This contract is over. There is nothing to visit any more.")
    if QualityVisit.objects.filter(contract=contract, done_on=None, called_off_at=None).exists():
        return Refusal(
            "contracts.visit_planned", "A visit is planned already. Note what it found, or call it off first."
        )
    return None


def why_not_this_plan(contract: Contract, planned_for: dt.date, visitor: Any) -> Refusal | None:
    """A visit is on a day, by somebody who looks at contracts and is not of the provider."""
    if planned_for < clock.today():
        return Refusal("contracts.past_day", "Enter today or a day to come.")
    if visitor is None or not visitor.may("check_contracts") or visitor.organisation_id == contract.provider_id:
        return Refusal("contracts.visitor", "Choose somebody who visits what is bought, and is not of its provider.")
    return None


def why_not_note(user: Any, visit: QualityVisit) -> Refusal | None:
    """Noting what was found: once."""
    refusal = why_not_visit(user, visit.contract)
    if refusal is None and not visit.is_planned:
        sentence = "It was called off." if visit.called_off_at else "What it found is noted already."
        return Refusal("contracts.visit_over", sentence)
    return refusal


def why_not_this_note(visit: QualityVisit, done_on: dt.date, findings: str) -> Refusal | None:
    """It says on which day, and what was found."""
    if not visit.contract.starts_on <= done_on <= clock.today():
        return Refusal("contracts.visited_on", "Enter the day of the visit: from the contract’s first day to today.")
    return None if findings.strip() else Refusal("contracts.findings", "Say what was found.")


def why_not_add_action(user: Any, visit: QualityVisit) -> Refusal | None:
    """What is to be put right comes of a visit that was done."""
    refusal = why_not_visit(user, visit.contract)
    if refusal is None and visit.done_on is None:
        return Refusal("contracts.not_visited", "Note first what the visit found.")
    return refusal


def why_not_this_action(what: str, due_on: dt.date) -> Refusal | None:
    """An action says what, and by when."""
    if not what.strip():
        return Refusal("contracts.action", "Say what is to be put right.")
    return None if due_on >= clock.today() else Refusal("contracts.past_day", "Enter today or a day to come.")


def why_not_finish(user: Any, act: VisitAction, words: str = "-") -> Refusal | None:
    """Finishing an action: whoever visits, saying how one knows; nobody takes the provider's word for it."""
    refusal = why_not_visit(user, act.visit.contract)
    if refusal is not None:
        return refusal
    if act.done_on is not None:
        return Refusal("contracts.action_done", "It is done already.")
    return None if words.strip() else Refusal("contracts.how_known", "Say how you know that it is done.")
