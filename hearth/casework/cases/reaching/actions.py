"""Make a plan for reaching a family, try, and say how it ended."""

import datetime as dt
from typing import Any

from hearth.casework.cases.actions import hold
from hearth.casework.cases.due import finish_due, set_due
from hearth.casework.cases.models import Case, ReachingPlan, ReachingTry
from hearth.casework.cases.reaching import rules
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Conflict, Refusal, refuse
from hearth.foundation.core.text import clean


@action
def start_reaching(*, by: Any, case: Case, noticed: str, in_the_way: str, approach: str) -> ReachingPlan:
    """Write down how a family that is hard to engage will be reached."""
    hold(case)
    refuse(rules.why_not_start_reaching(by, case))
    plan = ReachingPlan(
        case=case,
        family=case.family,
        noticed=clean(noticed).strip(),
        in_the_way=clean(in_the_way).strip(),
        approach=clean(approach).strip(),
        started_on=clock.today(),
        started_by=by,
        changed_by=by,
    )
    plan.save(force_insert=True)
    # An earlier plan that waited for a manager's agreement no longer does: the family is being tried again.
    finish_due(case=case, kind="reaching_agreement", source_ids=case.reaching_plans.values_list("id", flat=True))
    set_due(
        case=case,
        kind="reaching_plan",
        what="Plan the first try at reaching the family",
        owner=case.lead,
        due_on=clock.add_working_days(clock.today(), 2),
        source_id=plan.id,
    )
    record("cases.reaching_started", family=case.family_id, subject=case)
    return plan


def _fresh(plan: ReachingPlan) -> None:
    """The plan whole as it is now, with its case held: what is saved later must not carry words from before."""
    hold(plan.case)
    plan.refresh_from_db(from_queryset=ReachingPlan.objects.select_related("case__area", "case__lead", "changed_by"))


@action
def change_reaching(
    *, by: Any, plan: ReachingPlan, noticed: str, in_the_way: str, approach: str, seen_version: int
) -> ReachingPlan:
    """Change its words; nobody's are overwritten unseen."""
    _fresh(plan)
    refuse(rules.why_not_work_on(by, plan))
    typed = {
        "noticed": clean(noticed).strip(),
        "in_the_way": clean(in_the_way).strip(),
        "approach": clean(approach).strip(),
    }
    if plan.version != seen_version:
        texts = {name: (getattr(plan, name), words) for name, words in typed.items() if getattr(plan, name) != words}
        raise Conflict(texts, plan.changed_by.full_name if plan.changed_by else "")
    for name, words in typed.items():
        setattr(plan, name, words)
    plan.version, plan.changed_by = plan.version + 1, by
    plan.save()
    record("cases.reaching_changed", family=plan.family_id, subject=plan.case)
    return plan


@action
def plan_try(*, by: Any, plan: ReachingPlan, way: str, what: str, planned_on: dt.date, by_user: Any) -> ReachingTry:
    """Plan one more try, for a day and for somebody to make."""
    _fresh(plan)
    refuse(rules.why_not_plan_try(by, plan, way, by_user))
    what = clean(what).strip()
    same = ReachingTry.objects.filter(plan=plan, way=way, what=what, planned_on=planned_on, reached=None).first()
    if same is not None:  # sent twice
        record("cases.try_planned_again", family=plan.family_id, subject=plan.case, number=same.number)
        return same
    attempt = ReachingTry(
        plan=plan,
        family_id=plan.family_id,
        number=plan.tries.count() + 1,
        way=way,
        what=what,
        planned_on=planned_on,
        by_user=by_user,
    )
    attempt.save(force_insert=True)
    set_due(case=plan.case, kind="reaching_plan", source_id=plan.id, done=True)
    set_due(
        case=plan.case,
        kind="reaching",
        what="Try to reach the family, as planned",
        due_on=planned_on,
        owner=by_user,
        source_id=attempt.id,
    )
    record("cases.try_planned", family=plan.family_id, subject=plan.case, number=attempt.number, way=way)
    return attempt


@action
def record_try(*, by: Any, attempt: ReachingTry, tried_on: dt.date, reached: bool, note: str = "") -> ReachingTry:
    """Say how a try went."""
    hold(attempt.plan.case)
    attempt.refresh_from_db(from_queryset=ReachingTry.objects.select_related("plan__case__area", "by_user"))
    refuse(rules.why_not_record_try(by, attempt))
    if tried_on > clock.today():
        refuse(Refusal("cases.try_in_future", "The day you tried must be today or in the past."))
    attempt.tried_on, attempt.reached, attempt.note = tried_on, reached, clean(note).strip()
    attempt.save()
    set_due(case=attempt.plan.case, kind="reaching", source_id=attempt.id, done=True)
    record(
        "cases.try_made", family=attempt.family_id, subject=attempt.plan.case, number=attempt.number, reached=reached
    )
    return attempt


@action
def undo_try(*, by: Any, attempt: ReachingTry) -> ReachingTry:
    """Take back how a try went: it is to be told again, and the form has what was written in it."""
    hold(attempt.plan.case)
    attempt.refresh_from_db(from_queryset=ReachingTry.objects.select_related("plan__case__area", "by_user"))
    refuse(rules.why_not_undo_try(by, attempt))
    attempt.reached = None
    attempt.save()
    set_due(
        case=attempt.plan.case,
        kind="reaching",
        what="Try to reach the family, as planned",
        due_on=attempt.planned_on,
        owner=attempt.by_user,
        source_id=attempt.id,
    )
    record("cases.try_undone", family=attempt.family_id, subject=attempt.plan.case, number=attempt.number)
    return attempt


@action
def end_reaching(*, by: Any, plan: ReachingPlan, reached: bool, ended_words: str) -> ReachingPlan:
    """Say that the family was reached, or that everything planned was tried and they could not be."""
    _fresh(plan)
    tries = list(plan.tries.all())
    refuse(rules.why_not_end_reaching(by, plan, reached, tries))
    plan.status = ReachingPlan.Status.REACHED if reached else ReachingPlan.Status.COULD_NOT
    plan.ended_on, plan.ended_words = clock.today(), clean(ended_words).strip()
    plan.save()
    finish_due(case=plan.case, source_ids=[plan.id, *(each.id for each in tries)])
    if not reached:
        set_due(
            case=plan.case,
            kind="reaching_agreement",
            what="A manager to agree that enough was tried",
            owner=None,
            due_on=rules.agree_by(plan),
            source_id=plan.id,
        )
    record("cases.reaching_ended", family=plan.family_id, subject=plan.case, reached=reached, tries=len(tries))
    return plan


@action
def agree_to_stop(*, by: Any, plan: ReachingPlan) -> ReachingPlan:
    """A manager agrees that enough was tried, so that the case may close."""
    _fresh(plan)
    refuse(rules.why_not_agree_to_stop(by, plan))
    plan.agreed_by, plan.agreed_on = by, clock.today()
    plan.save()
    set_due(case=plan.case, kind="reaching_agreement", source_id=plan.id, done=True)
    record("cases.reaching_agreed", family=plan.family_id, subject=plan.case)
    return plan
