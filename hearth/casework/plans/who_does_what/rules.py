"""What may be done to an action of a plan, and the sentence when it may not."""

import datetime as dt
from typing import Any

from hearth.casework.plans import rules
from hearth.casework.plans.models import Outcome, Plan, PlanAction
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.packs.plans import ActionState
from hearth.foundation.core.refusals import Refusal


def state_of(code: str) -> ActionState | None:
    """The pack's state of an action with that code."""
    return find(pack().plans.action_states, code)


def is_open(code: str) -> bool:
    """Whether an action in that state is still to be done. One that the pack forgot is open: nobody said done."""
    found = state_of(code)
    return found is None or found.is_open


def done_state() -> str:
    """The state of an action that was carried out."""
    return next(state.code for state in pack().plans.action_states if state.done)


def why_not_hang_from(user: Any, plan: Plan, outcome: Outcome | None) -> Refusal | None:
    """Writing an action for an outcome: one of the same plan."""
    refusal = rules.why_not_write_plan(user, plan)
    if refusal is None and outcome is not None and outcome.plan_id != plan.id:
        return Refusal("plans.other_plan", "That outcome belongs to another plan. Choose one of this plan.")
    return refusal


def why_not_due(due_on: dt.date, before: dt.date | None = None) -> Refusal | None:
    """By when: a day that has not gone by. One that is late already may keep its day (`before`)."""
    if due_on < clock.today() and due_on != before:
        return Refusal("plans.due_gone_by", "The day it will be done by must be today or later.")
    return None


def why_not_give_action(user: Any, plan: Plan, outcome: Outcome | None, who: Any) -> Refusal | None:
    """Giving somebody an action: for an outcome of this plan, to somebody it can be asked of."""
    return why_not_hang_from(user, plan, outcome) or rules.why_not_ask(plan.case, who)


def why_not_set_state(user: Any, item: PlanAction, state: str, note: str) -> Refusal | None:
    """Saying how an action stands: in the pack's words, with a reason where it is stopped."""
    refusal = rules.why_not_write_plan(user, item.plan)
    found = state_of(state)
    if refusal is None and found is None:
        return Refusal("plans.action_state", "Choose how the action stands.")
    if refusal is None and found is not None and found.stopped and not note.strip():
        return Refusal("plans.stopped_why", "Say why the action is stopped.")
    return refusal


def why_not_undo(user: Any, item: PlanAction) -> Refusal | None:
    """Undoing a tick."""
    refusal = rules.why_not_write_plan(user, item.plan)
    if refusal is None and is_open(item.state):
        return Refusal("plans.nothing_to_undo", "This action is not ticked.")
    return refusal
