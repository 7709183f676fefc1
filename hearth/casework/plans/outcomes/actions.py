"""Write the outcomes of a plan."""

from typing import Any

from hearth.casework.plans import rules
from hearth.casework.plans.actions import hold, refuse_stale, touch
from hearth.casework.plans.models import Outcome, Plan
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean


def _tidied(
    area: str, person: Any, want: str, measure: str, starting: int | None, target: int | None
) -> dict[str, Any]:
    return {
        "area": area,
        "person": person,
        "want": clean(want).strip(),
        "measure": clean(measure).strip(),
        "starting_score": starting,
        "target_score": target,
    }


@action
def add_outcome(
    *,
    by: Any,
    plan: Plan,
    want: str,
    area: str = "",
    person: Any = None,
    measure: str = "",
    starting_score: int | None = None,
    target_score: int | None = None,
) -> Outcome:
    """Add something that somebody in the family wants to be different."""
    hold(plan)
    typed = _tidied(area, person, want, measure, starting_score, target_score)
    same = plan.outcomes.filter(want=typed["want"], person=person, state=Outcome.State.OPEN).first()
    if same is not None:  # sent twice
        record("plans.outcome_added_again", family=plan.family_id, subject=plan, outcome=same.number)
        return same
    outcome = Outcome(plan=plan, family=plan.family, number=plan.outcomes.count() + 1, changed_by=by, **typed)
    refuse(rules.why_not_keep_outcome(by, plan, outcome))
    refuse(rules.why_not_be_whose(plan.case, person))
    outcome.save(force_insert=True)
    touch(plan, by)
    record("plans.outcome_added", family=plan.family_id, subject=plan, outcome=outcome.number, area=area)
    return outcome


@action
def change_outcome(
    *,
    by: Any,
    outcome: Outcome,
    want: str,
    area: str,
    seen_version: int,
    person: Any = None,
    measure: str = "",
    starting_score: int | None = None,
    target_score: int | None = None,
) -> Outcome:
    """Change an outcome's words or scores; nobody's are overwritten unseen."""
    hold(outcome.plan)
    outcome.refresh_from_db(from_queryset=_fresh())
    typed = _tidied(area, person, want, measure, starting_score, target_score)
    refuse_stale(outcome, seen_version, typed)
    for name, value in typed.items():
        setattr(outcome, name, value)
    outcome.changed_by, outcome.version = by, outcome.version + 1
    refuse(rules.why_not_change_outcome(by, outcome))
    refuse(rules.why_not_be_whose(outcome.plan.case, person))
    outcome.save()
    touch(outcome.plan, by)
    record("plans.outcome_changed", family=outcome.family_id, subject=outcome.plan, outcome=outcome.number)
    return outcome


def _fresh() -> Any:
    return Outcome.objects.select_related("changed_by", "person", "plan__case__area")


@action
def end_outcome(*, by: Any, outcome: Outcome, state: str, ended_why: str = "") -> Outcome:
    """Say that an outcome was reached or is set aside, or take it up again."""
    hold(outcome.plan)
    outcome.refresh_from_db(from_queryset=_fresh())
    refuse(rules.why_not_end_outcome(by, outcome, state))
    outcome.state, outcome.ended_why, outcome.changed_by = state, clean(ended_why).strip(), by
    outcome.ended_on = None if state == Outcome.State.OPEN else clock.today()
    outcome.save()
    touch(outcome.plan, by)
    record("plans.outcome_ended", family=outcome.family_id, subject=outcome.plan, outcome=outcome.number, state=state)
    return outcome
