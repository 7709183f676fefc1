"""Close a case and end its plan."""

from typing import Any

from hearth.casework.assessments.stopping.actions import stop_with_case
from hearth.casework.cases import actions as cases
from hearth.casework.cases.models import Case
from hearth.casework.cases.rules import why_not_close
from hearth.casework.plans.actions import finish_plan
from hearth.casework.plans.closing import rules
from hearth.casework.plans.models import Meeting, Plan, PlanStatus
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.refusals import refuse


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
    """Close a case: its plan ends with it, an unfinished assessment stops, planned meetings are cancelled; access last."""
    cases.hold(case)
    refuse(why_not_close(by, case) or rules.why_not_close_yet(case))
    why = f"The case was closed: {label_of(pack().closure.reasons, reason)}"
    plan = Plan.objects.filter(case=case).exclude(status=PlanStatus.ENDED).select_related("case").first()
    if plan is not None:
        finish_plan(plan, why)
    Meeting.objects.filter(case=case, state=Meeting.State.PLANNED).update(
        state=Meeting.State.CANCELLED, cancelled_why=why
    )
    stop_with_case(by, case, why)
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
