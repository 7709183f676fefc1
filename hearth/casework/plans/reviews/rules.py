"""What may be done to a review, and the sentence when it may not."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from hearth.casework.plans import rules
from hearth.casework.plans.models import Meeting, Outcome, Plan, PlanStatus, Review
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.packs.plans import ReviewDecision
from hearth.foundation.core.refusals import Refusal

CLOSE, STEP_UP = "close", "step_up"
Scores = Mapping[Outcome, tuple[int | None, str]]


def decision_of(code: str) -> ReviewDecision | None:
    """The pack's review decision with that code."""
    return find(pack().plans.review_decisions, code)


def goes_on(code: str) -> bool:
    """Whether the plan goes on after that decision."""
    return not leads_to(code)


def leads_to(code: str) -> str:
    """What a decision makes next: close, step_up, or nothing."""
    found = decision_of(code)
    if found is None or not (found.closes or found.steps_up):
        return ""
    return CLOSE if found.closes else STEP_UP


def why_not_record_review(user: Any, plan: Plan) -> Refusal | None:
    """Reviewing a plan that the family has agreed."""
    refusal = rules.why_not_write_plan(user, plan)
    if refusal is None and plan.status != PlanStatus.AGREED:
        return Refusal("plans.not_agreed_yet", "Agree the plan with the family first. Then it can be reviewed.")
    return refusal


def why_not_correct_review(user: Any, review: Review) -> Refusal | None:
    """Putting a review right: the latest alone, as what came after was built on it."""
    refusal = why_not_record_review(user, review.plan)
    if refusal is None and review.plan.reviews.filter(number__gt=review.number).exists():
        return Refusal("plans.not_the_latest", "There is a later review. Only the latest can be put right.")
    return refusal


def why_not_review_on(plan: Plan, reviewed_on: dt.date, last_on: dt.date | None) -> Refusal | None:
    """The day of a review: come, and not before the plan was started or the last review."""
    if reviewed_on > clock.today():
        return Refusal("plans.review_in_future", "The day of the review must be today or in the past.")
    if reviewed_on < plan.started_on:
        return Refusal("plans.review_before_plan", "The review cannot be before the plan was started.")
    if last_on is not None and reviewed_on < last_on:
        return Refusal("plans.review_before_last", "The review cannot be before the last one.")
    return None


def why_not_score(plan: Plan, outcomes: Iterable[Outcome], scores: Scores) -> Refusal | None:
    """Each outcome being worked on has a score, or the reason why it could not be scored."""
    mine = {outcome.id for outcome in plan.outcomes.all()}
    if any(outcome.id not in mine for outcome in scores):
        return Refusal("plans.other_plan", "A score is for an outcome of another plan. Open the review again.")
    for outcome in outcomes:
        score, why = scores.get(outcome, (None, ""))
        if score is None and not why.strip():
            return Refusal("plans.score_missing", f"Score outcome {outcome.number}, or say why it could not be scored.")
        if score is not None and not 0 <= score <= 10:
            return Refusal("plans.score_off_scale", f"Score outcome {outcome.number} from 0 to 10.")
    return None


def why_not_decide(
    plan: Plan, decision: str, next_review_on: dt.date | None, meeting: Meeting | None
) -> Refusal | None:
    """What happens next: in the pack's words, with the day of the next review where the plan goes on."""
    if decision_of(decision) is None:
        return Refusal("plans.review_decision", "Choose what happens next.")
    if goes_on(decision) and next_review_on is None:
        return Refusal("plans.next_review", "Enter the day of the next review.")
    if next_review_on is not None and next_review_on < clock.today():
        return Refusal("plans.next_review_past", "The day of the next review must be today or later.")
    if meeting is not None and meeting.case_id != plan.case_id:
        return Refusal("plans.other_meeting", "That meeting is another family's. Choose one of this family's.")
    return None
