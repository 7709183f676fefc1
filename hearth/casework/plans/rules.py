"""What may be done to a plan, and the sentence when it may not."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from hearth.casework.cases import rules as case_rules
from hearth.casework.cases.models import Case, TeamMember
from hearth.casework.plans.models import AgreedHow, Outcome, Plan, PlanStatus
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.records.people.models import Membership, Person


def why_not_write_plan(user: Any, plan: Plan) -> Refusal | None:
    """Writing in a plan: while it is live, whoever may write in the case."""
    refusal = case_rules.why_not_write(user, plan.case)
    if refusal is None and not plan.is_live:
        return Refusal("plans.ended", "This plan has ended. Start another one to go on.")
    return refusal


def why_not_start_plan(user: Any, case: Case, plan_type: str) -> Refusal | None:
    """Starting a plan: one live plan a case, of a kind the pack offers."""
    refusal = case_rules.why_not_write(user, case) or why_not_have_type(plan_type)
    if refusal is None and Plan.objects.filter(case=case).exclude(status=PlanStatus.ENDED).exists():
        return Refusal("plans.another_live", "This family has a plan already. Work in that one.")
    return refusal


def why_not_have_type(plan_type: str) -> Refusal | None:
    """A kind of plan that the pack offers."""
    found = pack().plans.type(plan_type)
    if found is None or found.retired:
        return Refusal("plans.type", "Choose the kind of plan.")
    return None


def why_not_change_type(user: Any, plan: Plan, plan_type: str) -> Refusal | None:
    """Making it another kind of plan."""
    refusal = why_not_write_plan(user, plan) or why_not_have_type(plan_type)
    if refusal is None and plan_type == plan.type:
        return Refusal("plans.same_type", "It is that kind of plan already. Choose another.")
    return refusal


def wanting_of(outcome: Outcome) -> list[str]:
    """What an outcome still lacks before a family can agree to it."""
    lacks = (
        (not outcome.area, "what it is about"),
        (not outcome.want.strip(), "what the family wants"),
        (not outcome.measure.strip(), "how we will know"),
        (outcome.starting_score is None, "a starting score"),
    )
    return [words for missing, words in lacks if missing]


def wanting(plan: Plan, outcomes: Iterable[Outcome]) -> list[str]:
    """What a plan still lacks before it can be agreed, each as a sentence; nothing when it is ready."""
    live = [outcome for outcome in outcomes if outcome.state == Outcome.State.OPEN]
    led = plan.case.lead_id and not plan.case.lead_has_left
    sentences = [] if led else ["Name a lead practitioner: a plan without one is nobody's."]
    if not live:
        sentences.append("Add at least one outcome: something the family wants to be different.")
    for outcome in live:
        lacks = wanting_of(outcome)
        if lacks:
            sentences.append(f"Outcome {outcome.number} needs {_listed(lacks)}.")
    return sentences


def _listed(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def why_not_agree_plan(
    user: Any, plan: Plan, outcomes: Iterable[Outcome], agreed_on: dt.date, agreed_by: Sequence[Any], how: str
) -> Refusal | None:
    """Agreeing it with the family: complete, by somebody of theirs, in a way that is known, on a day that has come."""
    refusal = why_not_write_plan(user, plan)
    sentences = wanting(plan, outcomes)
    if refusal is None and sentences:
        return Refusal("plans.not_ready", " ".join(sentences))
    if not agreed_by:
        return Refusal("plans.nobody_agreed", "Say who agreed. A plan is agreed with the family, or it is not agreed.")
    if how not in AgreedHow.values:
        return Refusal("plans.agreed_how", "Choose how they agreed.")
    if agreed_on > clock.today():
        return Refusal("plans.agreed_in_future", "The day the family agreed must be today or in the past.")
    if agreed_on < plan.started_on:
        return Refusal("plans.agreed_before_start", "The day the family agreed cannot be before the plan was started.")
    return refusal


def why_not_have_agreed(case: Case, person: Any) -> Refusal | None:
    """Somebody agreed the plan: one of the family."""
    if isinstance(person, Person) and not _in_family(case, person):
        return Refusal("plans.not_of_family", "That person is not in this family. Choose somebody who is.")
    return None


def why_not_end_plan(user: Any, plan: Plan) -> Refusal | None:
    """Ending a plan while the case goes on: the lead practitioner or a manager of the area."""
    return why_not_write_plan(user, plan) or case_rules.why_not_manage(user, plan.case)


def why_not_ask(case: Case, who: Any) -> Refusal | None:
    """Giving somebody an action or asking them to a meeting: one of the team, one of the family, or anybody by name."""
    if isinstance(who, User) and not TeamMember.objects.filter(case=case, user=who, left_on=None).exists():
        return Refusal("plans.not_in_team", f"{who.full_name} is not in the team. Add them to the team first.")
    if isinstance(who, Person) and not _in_family(case, who):
        return Refusal("plans.not_of_family", "That person is not in this family. Choose somebody who is.")
    if isinstance(who, str) and not who.strip():
        return Refusal("plans.nobody_named", "Say who will do it.")
    return None


def _in_family(case: Case, person: Person) -> bool:
    now = Membership.objects.filter(family_id=case.family_id, person=person, until_on=None)
    return now.exists() or TeamMember.objects.filter(case=case, person=person, left_on=None).exists()


def why_not_have_area(area: str) -> Refusal | None:
    """An outcome's area: one of the pack, or none while the plan is being made."""
    if area and find(pack().plans.outcome_areas, area) is None:
        return Refusal("plans.outcome_area", "Choose what the outcome is about.")
    return None


def why_not_score_so(start: int | None, target: int | None) -> Refusal | None:
    """Good enough is somewhere else than where they are now, or nothing could be seen to change."""
    if start is not None and start == target:
        return Refusal("plans.scores_alike", "Good enough must differ from the start.")
    return None


def why_not_keep_outcome(user: Any, plan: Plan, outcome: Outcome) -> Refusal | None:
    """Saving an outcome: in a plan that the family has agreed, never half of one."""
    refusal = why_not_write_plan(user, plan) or why_not_have_area(outcome.area)
    refusal = refusal or why_not_score_so(outcome.starting_score, outcome.target_score)
    lacks = wanting_of(outcome) if plan.status == PlanStatus.AGREED and outcome.state == Outcome.State.OPEN else []
    if refusal is None and lacks:
        return Refusal(
            "plans.outcome_not_whole", f"The family has agreed this plan. Each outcome needs {_listed(lacks)}."
        )
    return refusal


def why_not_be_whose(case: Case, person: Any) -> Refusal | None:
    """An outcome is the whole family's or one member's."""
    if person is not None and not _in_family(case, person):
        return Refusal("plans.not_of_family", "That person is not in this family. Choose somebody who is.")
    return None


def why_not_change_outcome(user: Any, outcome: Outcome) -> Refusal | None:
    """Changing an outcome that is still worked on. Its starting score is fixed once a review has scored it."""
    if outcome.state != Outcome.State.OPEN:
        return Refusal("plans.outcome_over", "This outcome is not being worked on. Take it up again to change it.")
    if (
        outcome.latest_score is not None
        and Outcome.objects.filter(pk=outcome.pk).exclude(starting_score=outcome.starting_score).exists()
    ):
        return Refusal(
            "plans.starting_score_fixed",
            "A review has scored this outcome, so its starting score stays. Change the rest.",
        )
    return why_not_keep_outcome(user, outcome.plan, outcome)


def why_not_end_outcome(user: Any, outcome: Outcome, state: str) -> Refusal | None:
    """Saying that an outcome was reached or is set aside: once; or taking it up again."""
    refusal = why_not_write_plan(user, outcome.plan)
    if refusal is None and state not in Outcome.State.values:
        return Refusal("plans.outcome_state", "Choose whether it was reached or is set aside.")
    if refusal is None and outcome.state == state:
        return Refusal("plans.outcome_state_already", "It stands like that already.")
    return refusal
