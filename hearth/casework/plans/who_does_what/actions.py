"""Give actions, change them, tick them and take the tick away."""

import datetime as dt
from typing import Any

from hearth.casework.cases.due import set_due
from hearth.casework.plans.actions import hold, named, refuse_stale, touch
from hearth.casework.plans.models import Meeting, Outcome, Plan, PlanAction
from hearth.casework.plans.who_does_what import rules
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean


@action
def add_action(
    *,
    by: Any,
    plan: Plan,
    what: str,
    who: Any,
    due_on: dt.date,
    outcome: Outcome | None = None,
    meeting: Meeting | None = None,
) -> PlanAction:
    """Write down what somebody will do, and by when."""
    hold(plan)
    refuse(rules.why_not_give_action(by, plan, outcome, who) or rules.why_not_due(due_on))
    what, whom = clean(what).strip(), named(who)
    start = pack().plans.first_action_state.code
    same = plan.actions.filter(what=what, due_on=due_on, outcome=outcome, state=start, **whom).first()
    if same is not None:  # sent twice
        record("plans.action_added_again", family=plan.family_id, subject=plan, action=same.number)
        return same
    item = PlanAction(
        plan=plan,
        family=plan.family,
        outcome=outcome,
        meeting=meeting,
        number=plan.actions.count() + 1,
        what=what,
        due_on=due_on,
        state=start,
        changed_by=by,
        **whom,
    )
    item.save(force_insert=True)
    touch(plan, by)
    _keep_due(item)
    record("plans.action_added", family=plan.family_id, subject=plan, action=item.number, due=due_on)
    return item


def _keep_due(item: PlanAction) -> None:
    """On the desk of whoever does it; of the lead practitioner, where that is one of the family or does not sign in."""
    set_due(
        case=item.plan.case,
        kind="action",
        what=_in_words(item),
        due_on=item.due_on,
        owner=item.user or item.plan.case.lead,
        source_id=item.id,
        done=not rules.is_open(item.state),
    )


def _in_words(item: PlanAction) -> str:
    """What is due, without a name; and who does it, where the desk it stands on is not theirs."""
    words = f"Action {item.number} of the plan"
    if item.user:
        return words
    return f"{words}, which the family does" if item.person else f"{words}, which somebody else does"


def _fresh(item: PlanAction) -> None:
    hold(item.plan)
    rows = PlanAction.objects.select_related(
        "plan__case__lead", "plan__case__area", "user", "person", "outcome", "changed_by"
    )
    item.refresh_from_db(from_queryset=rows)


@action
def change_action(
    *,
    by: Any,
    item: PlanAction,
    what: str,
    who: Any,
    due_on: dt.date,
    state: str,
    seen_version: int,
    note: str = "",
    outcome: Outcome | None = None,
) -> PlanAction:
    """Change what is done, by whom, by when, or how it stands; nobody's words are overwritten unseen."""
    _fresh(item)
    refuse(rules.why_not_set_state(by, item, state, note))
    refuse(rules.why_not_hang_from(by, item.plan, outcome) or rules.why_not_due(due_on, before=item.due_on))
    if named(who) != _who(item):  # somebody who has left the team since keeps what was theirs
        refuse(rules.why_not_give_action(by, item.plan, outcome, who))
    typed = {"what": clean(what).strip(), "due_on": due_on, "note": clean(note).strip(), "state": state}
    refuse_stale(item, seen_version, typed)
    agreed = (item.what, item.due_on, _who(item))
    for name, value in {**typed, **named(who), "outcome": outcome}.items():
        setattr(item, name, value)
    _stand(item, state)
    item.changed_by, item.version = by, item.version + 1
    item.save()
    if agreed != (item.what, item.due_on, _who(item)):
        touch(item.plan, by)
    _keep_due(item)
    record("plans.action_changed", family=item.family_id, subject=item.plan, action=item.number, state=state)
    return item


def _who(item: PlanAction) -> dict[str, Any]:
    return {"user": item.user, "person": item.person, "who_name": item.who_name}


def _stand(item: PlanAction, state: str) -> None:
    found = rules.state_of(state)
    item.done_on = (item.done_on or clock.today()) if found is not None and found.done else None
    item.state = state


@action
def finish_action(*, by: Any, item: PlanAction) -> PlanAction:
    """Tick it: it was done today. Ticked twice it is ticked once."""
    _fresh(item)
    state = rules.done_state()
    refuse(rules.why_not_set_state(by, item, state, item.note))
    if rules.is_open(item.state):
        item.state_before, item.changed_by, item.version = item.state, by, item.version + 1
        _stand(item, state)
        item.save()
        _keep_due(item)
    record("plans.action_finished", family=item.family_id, subject=item.plan, action=item.number)
    return item


@action
def undo_action(*, by: Any, item: PlanAction) -> PlanAction:
    """Take the tick away: it stands as it did before."""
    _fresh(item)
    refuse(rules.why_not_undo(by, item))
    before = (
        item.state_before
        if item.state_before and rules.is_open(item.state_before)
        else pack().plans.first_action_state.code
    )
    item.state_before, item.changed_by, item.version = "", by, item.version + 1
    _stand(item, before)
    item.save()
    _keep_due(item)
    record("plans.action_undone", family=item.family_id, subject=item.plan, action=item.number)
    return item
