"""Start a plan with a family, write it, agree it, change what kind it is, and end it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hearth.casework.cases.actions import hold as hold_case
from hearth.casework.cases.actions import set_stage
from hearth.casework.cases.due import finish_due, finish_stepped_down, set_due
from hearth.casework.cases.models import Case, Stage
from hearth.casework.plans import rules
from hearth.casework.plans.models import Outcome, Plan, PlanAgreement, PlanStatus, TypeChange
from hearth.casework.plans.queries import StartingPoint
from hearth.foundation.accounts.models import User
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Conflict, refuse
from hearth.foundation.core.text import clean
from hearth.records.people.models import Person


def hold(plan: Plan) -> None:
    """Read the plan again, held until the transaction ends, and its case before it: two people changing it take turns."""
    hold_case(plan.case)
    plan.hold()
    now = Plan.objects.select_related("case__area", "case__lead", "family", "changed_by")
    plan.refresh_from_db(from_queryset=now)


def refuse_stale(row: Any, seen_version: int, typed: Mapping[str, Any]) -> None:
    """Somebody else saved the row since it was opened: show both texts of each field that differs, and save nothing."""
    texts = {
        name: (_shown(getattr(row, name)), _shown(value))
        for name, value in typed.items()
        if getattr(row, name) != value
    }
    if row.version != seen_version and texts:
        raise Conflict(texts, row.changed_by.full_name if row.changed_by else "")


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def named(who: Any) -> dict[str, Any]:
    """Somebody as the columns that say who: one who signs in, one of the family, or a name."""
    if isinstance(who, User):
        return {"user": who, "person": None, "who_name": ""}
    if isinstance(who, Person):
        return {"user": None, "person": who, "who_name": ""}
    return {"user": None, "person": None, "who_name": clean(str(who)).strip()[:200]}


def touch(plan: Plan, by: Any) -> None:
    """What the family agrees to has changed: the plan says so until they agree again."""
    plan.changed_at, plan.changed_by = clock.now(), by
    plan.save(update_fields=["changed_at", "changed_by"])


@action
def start_plan(*, by: Any, case: Case, type: str, starting_points: Sequence[StartingPoint] = ()) -> Plan:
    """Start a plan, with outcomes to be written from what the assessment found or what was not reached before."""
    hold_case(case)
    mine = Plan.objects.filter(
        case=case, status=PlanStatus.DRAFT, started_by=by, started_on=clock.today(), type=type
    ).first()
    if mine is not None:  # sent twice
        record("plans.plan_started_again", family=case.family_id, subject=mine)
        return mine
    refuse(rules.why_not_start_plan(by, case, type))
    plan = Plan(
        reference=drawn_reference("PL"),
        case=case,
        family=case.family,
        type=type,
        started_on=clock.today(),
        started_by=by,
        changed_at=clock.now(),
        changed_by=by,
    )
    plan.save(force_insert=True)
    for number, point in enumerate(starting_points, start=1):
        _outcome_from(plan, number, point, by).save(force_insert=True)
    set_due(
        case=case,
        kind="plan",
        what="Agree the plan with the family",
        owner=case.lead,
        due_on=clock.add_working_days(clock.today(), pack().limits.plan),
    )
    if case.stage == Stage.ASSESSING:
        set_stage(by=by, case=case, stage=Stage.PLANNING)
    record("plans.plan_started", family=case.family_id, subject=plan, type=type, outcomes=len(starting_points))
    return plan


def _outcome_from(plan: Plan, number: int, point: StartingPoint, by: Any) -> Outcome:
    earlier = point.earlier
    begun: dict[str, Any] = {"from_need": point.need, "person": point.person}
    if earlier is not None:
        begun = {
            "area": earlier.area,
            "person": earlier.person,
            "want": earlier.want,
            "measure": earlier.measure,
            "starting_score": earlier.score_now,
            "target_score": earlier.target_score,
            "from_need": earlier.from_need,
        }
    return Outcome(plan=plan, family=plan.family, number=number, changed_by=by, **begun)


@action
def describe_plan(*, by: Any, plan: Plan, aim: str, strengths: str, if_harder: str, seen_version: int) -> Plan:
    """Write what the family wants life to look like, what works well, and what to do if things get harder."""
    hold(plan)
    refuse(rules.why_not_write_plan(by, plan))
    typed = {"aim": clean(aim).strip(), "strengths": clean(strengths).strip(), "if_harder": clean(if_harder).strip()}
    refuse_stale(plan, seen_version, typed)
    for name, words in typed.items():
        setattr(plan, name, words)
    plan.version += 1
    plan.save()
    touch(plan, by)
    record("plans.plan_described", family=plan.family_id, subject=plan)
    return plan


@action
def change_plan_type(*, by: Any, plan: Plan, type: str, why: str) -> Plan:
    """Make it another kind of plan; what it was stays on record, and the next review comes as that kind asks."""
    hold(plan)
    refuse(rules.why_not_change_type(by, plan, type))
    TypeChange(
        plan=plan,
        family=plan.family,
        from_type=plan.type,
        to_type=type,
        why=clean(why).strip(),
        changed_on=clock.today(),
        changed_by=by,
    ).save(force_insert=True)
    record("plans.type_changed", family=plan.family_id, subject=plan, from_type=plan.type, to_type=type)
    plan.type = type
    plan.save()
    touch(plan, by)
    if plan.status == PlanStatus.AGREED:
        sooner = clock.add_working_days(clock.today(), pack().first_review_days(type))
        due_review(plan, min(filter(None, (plan.next_review_on, sooner))))
    return plan


@action
def agree_plan(
    *, by: Any, plan: Plan, agreed_on: dt.date, agreed_by: Iterable[Any], how: str, disagreement: str = ""
) -> Plan:
    """The family agrees the plan, first or again after it changed: who, when, how, and what somebody sees differently."""
    hold(plan)
    who = list(agreed_by)
    refuse(rules.why_not_agree_plan(by, plan, plan.outcomes.all(), agreed_on, who, how))
    for person in who:
        refuse(rules.why_not_have_agreed(plan.case, person))
        PlanAgreement(
            plan=plan, family=plan.family, agreed_on=agreed_on, how=how, recorded_by=by, **named(person)
        ).save(force_insert=True)
    first = plan.status == PlanStatus.DRAFT
    plan.status, plan.agreed_on, plan.agreed_at = PlanStatus.AGREED, agreed_on, clock.now()
    plan.disagreement = clean(disagreement).strip()
    plan.save()
    set_due(case=plan.case, kind="plan", done=True)
    finish_stepped_down(plan.case)
    if first:
        due_review(plan, clock.add_working_days(agreed_on, pack().first_review_days(plan.type)))
        _start_working(by, plan.case)
    record("plans.plan_agreed", family=plan.family_id, subject=plan, first=first, by=len(who), on=agreed_on, how=how)
    return plan


def _start_working(by: Any, case: Case) -> None:
    if case.stage in (Stage.ASSESSING, Stage.PLANNING):
        set_stage(by=by, case=case, stage=Stage.WORKING)


def due_review(plan: Plan, day: dt.date | None) -> None:
    """Set the day of the next review, on the plan and among what is due."""
    plan.next_review_on = day
    plan.save(update_fields=["next_review_on"])
    set_due(
        case=plan.case,
        kind="review",
        what="Review the plan with the family",
        due_on=day,
        owner=plan.case.lead,
        source_id=plan.id,
        done=day is None,
    )


@action
def end_plan(*, by: Any, plan: Plan, why: str) -> Plan:
    """End a plan while the case goes on, so that another can be started."""
    hold(plan)
    refuse(rules.why_not_end_plan(by, plan))
    finish_plan(plan, clean(why).strip())
    record("plans.plan_ended", family=plan.family_id, subject=plan)
    return plan


def finish_plan(plan: Plan, why: str) -> None:
    """A plan's last day: it stays to be read, and nothing of it is due any more."""
    plan.status, plan.ended_on, plan.ended_why, plan.next_review_on = PlanStatus.ENDED, clock.today(), why, None
    plan.save()
    finish_due(case=plan.case, source_ids=[plan.id, *plan.actions.values_list("id", flat=True)])
    set_due(case=plan.case, kind="plan", done=True)
