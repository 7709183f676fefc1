"""What may be done to a plan for reaching a family, and the sentence when it may not."""

import datetime as dt
from typing import Any

from hearth.casework.cases import rules as case_rules
from hearth.casework.cases.models import Case, ReachingPlan, ReachingTry, TeamMember
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refusal

AGREE_WITHIN = 5  # working days


def why_not_start_reaching(user: Any, case: Case) -> Refusal | None:
    """Starting a plan for reaching the family: one at a time."""
    refusal = case_rules.why_not_write(user, case)
    if refusal is None and ReachingPlan.objects.filter(case=case, status=ReachingPlan.Status.TRYING).exists():
        return Refusal("cases.reaching_already", "There is a plan for reaching this family already. Work in that one.")
    return refusal


def why_not_work_on(user: Any, plan: ReachingPlan) -> Refusal | None:
    """Writing in it: while it is being tried."""
    refusal = case_rules.why_not_write(user, plan.case)
    if refusal is None and plan.status != ReachingPlan.Status.TRYING:
        return Refusal("cases.reaching_ended", "This plan for reaching the family has ended. Start another one.")
    return refusal


def why_not_plan_try(user: Any, plan: ReachingPlan, way: str, by_user: Any) -> Refusal | None:
    """Planning a try: in a way the pack knows, by the writer or one of the team."""
    refusal = why_not_work_on(user, plan)
    found = pack().notes.kind(way)
    if refusal is None and (found is None or found.failed):
        return Refusal("cases.reaching_way", "Choose how the family will be contacted.")
    if refusal is None and by_user.id != user.id and not _in_team(plan.case, by_user):
        return Refusal("cases.reaching_who", f"{by_user.full_name} is not in the team. Add them to the team first.")
    return refusal


def _in_team(case: Case, user: Any) -> bool:
    return TeamMember.objects.filter(case=case, user=user, left_on=None).exists()


def why_not_record_try(user: Any, attempt: ReachingTry) -> Refusal | None:
    """Saying how a try went: once."""
    refusal = why_not_work_on(user, attempt.plan)
    if refusal is None and attempt.reached is not None:
        return Refusal(
            "cases.try_recorded", "How this try went is written down already. Plan another one if you tried again."
        )
    return refusal


def why_not_undo_try(user: Any, attempt: ReachingTry) -> Refusal | None:
    """Taking back how a try went: while the family is still being tried."""
    refusal = why_not_work_on(user, attempt.plan)
    if refusal is None and attempt.reached is None:
        return Refusal("cases.try_not_recorded", "How this try went is not written down yet.")
    return refusal


def tries_left(tries: list[ReachingTry]) -> str:
    """What is still wanting before anybody may say that the family could not be reached; empty when nothing is."""
    made, closing = [each for each in tries if each.reached is False], pack().closure
    if any(each.reached is None for each in tries):
        return "A try is planned and not made yet. Make it, and say how it went."
    if len(made) < closing.least_tries:
        return f"Only {len(made)} made so far. Try at least {closing.least_tries} times before you give up."
    if len({each.way for each in made}) < closing.least_ways:
        return f"All tries were made in the same way. Try in at least {closing.least_ways} different ways."
    return ""


def why_not_end_reaching(user: Any, plan: ReachingPlan, reached: bool, tries: list[ReachingTry]) -> Refusal | None:
    """Ending it: any day when the family was reached; after enough tries when they could not be."""
    refusal = why_not_work_on(user, plan)
    wanting = "" if reached else tries_left(tries)
    return refusal or (Refusal("cases.reaching_tries_left", wanting) if wanting else None)


def agree_by(plan: ReachingPlan) -> dt.date:
    """By when a manager should have said whether enough was tried."""
    return clock.add_working_days(plan.ended_on or clock.today(), AGREE_WITHIN)


def why_not_agree_to_stop(user: Any, plan: ReachingPlan) -> Refusal | None:
    """Agreeing that enough was tried: a manager, and never the one who made the plan or leads the case."""
    if plan.status != ReachingPlan.Status.COULD_NOT or plan.agreed_by_id is not None:
        return Refusal(
            "cases.nothing_to_agree", "There is nothing to agree here. Open the plan again to see how it stands."
        )
    if not plan.case.is_open:
        return Refusal("cases.closed", "This case is closed.")
    if not user.may("sign_off_assessment", plan.case.area):
        return Refusal("cases.manager_agrees", "A manager of the area must agree. Ask one to open this page.")
    if user.id in (plan.started_by_id, plan.case.lead_id):
        return Refusal("cases.second_person", "Somebody else must agree: you lead this case or made this plan.")
    return None
