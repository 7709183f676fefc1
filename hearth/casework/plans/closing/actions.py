"""Close a case and end its plan."""

from typing import Any

from hearth.casework.cases import actions as cases
from hearth.casework.cases.models import Case
from hearth.casework.plans.actions import finish_plan
from hearth.casework.plans.models import Meeting, Plan, PlanStatus
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.pack import label_of, pack


@action
def close_case(
    *,
    by: Any,
    case: Case,
    reason: str,
    outcome: str,
    closing_words: str = "",
    family_view: str = "",
    family_view_missing_because: str = "",
) -> Case:
    """Close a case: its plan ends with it, and meetings still planned are cancelled. Access changes last."""
    cases.hold(case)
    why = f"The case was closed: {label_of(pack().closure.reasons, reason)}"
    plan = Plan.objects.filter(case=case).exclude(status=PlanStatus.ENDED).select_related("case").first()
    if plan is not None:
        finish_plan(plan, why)
    Meeting.objects.filter(case=case, state=Meeting.State.PLANNED).update(
        state=Meeting.State.CANCELLED, cancelled_why=why
    )
    record("plans.work_ended", family=case.family_id, subject=case, plan=plan.reference if plan else None)
    return cases.close_case(
        by=by,
        case=case,
        reason=reason,
        outcome=outcome,
        closing_words=closing_words,
        family_view=family_view,
        family_view_missing_because=family_view_missing_because,
    )
