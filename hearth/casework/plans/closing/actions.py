"""Close a case and end its plan; open it again."""

import datetime as dt
from typing import Any

from hearth.casework.assessments.models import Assessment
from hearth.casework.assessments.stopping.actions import stop_with_case, take_up_with_case
from hearth.casework.cases import actions as cases
from hearth.casework.cases.models import Case
from hearth.casework.cases.rules import takes_up, why_not_close, why_not_reopen
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
    ended = cases.what_closing_ends(case)
    plan = Plan.objects.filter(case=case).exclude(status=PlanStatus.ENDED).select_related("case").first()
    if plan is not None:
        ended["plan"] = [str(plan.pk), plan.status, plan.next_review_on.isoformat() if plan.next_review_on else None]
        finish_plan(plan, why)
    meetings = Meeting.objects.filter(case=case, state=Meeting.State.PLANNED)
    ended["meetings"] = list(map(str, meetings.values_list("pk", flat=True)))
    meetings.update(state=Meeting.State.CANCELLED, cancelled_why=why)
    unfinished = Assessment.objects.filter(case=case).unfinished().first()
    if unfinished is not None:
        ended["assessment"] = [str(unfinished.pk), unfinished.status]
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
        ended=ended,
    )


@action
def take_up_case(*, by: Any, case: Case, because: str) -> Case:
    """Take up a case that was closed by mistake: its plan, planned meetings and assessment go on as they were."""
    cases.hold(case)
    ended = case.ended_by_closing
    case = cases.take_up_case(by=by, case=case, because=because)
    if "plan" in ended:
        key, status, review = ended["plan"]
        Plan.objects.filter(pk=key).update(
            status=status, ended_on=None, ended_why="", next_review_on=review and dt.date.fromisoformat(review)
        )
    Meeting.objects.filter(pk__in=ended.get("meetings", [])).update(state=Meeting.State.PLANNED, cancelled_why="")
    if "assessment" in ended:
        take_up_with_case(by, case, *ended["assessment"])
    record("plans.work_taken_up", family=case.family_id, subject=case)
    return case


def open_again(by: Any, case: Case, because: str) -> Case:
    """The same case where it was closed by mistake; a new one that follows it for any other reason."""
    open_ = take_up_case if why_not_reopen(by, case) is None and takes_up(case, because) else cases.reopen_case
    return open_(by=by, case=case, because=because)
