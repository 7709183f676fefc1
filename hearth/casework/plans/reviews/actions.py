"""Record a review of a plan."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from hearth.casework.cases.due import finish_stepped_down, set_due
from hearth.casework.plans.actions import due_review, hold, named, refuse_stale
from hearth.casework.plans.models import Attendance, Meeting, Outcome, OutcomeScore, Plan, Review
from hearth.casework.plans.reviews import rules
from hearth.casework.plans.reviews.rules import CLOSE, STEP_UP
from hearth.casework.plans.rules import why_not_ask
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Conflict, refuse
from hearth.foundation.core.text import clean


@action
def record_review(
    *,
    by: Any,
    plan: Plan,
    reviewed_on: dt.date,
    took_part: Iterable[Any],
    scores: rules.Scores,
    changed: str,
    decision: str,
    seen_version: int,
    worries: str = "",
    child_words: str = "",
    family_words: str = "",
    decision_why: str = "",
    next_review_on: dt.date | None = None,
    meeting: Meeting | None = None,
) -> Review:
    """Record what the family and the team found together. `seen_version` is the number of the last review seen."""
    hold(plan)
    last = plan.reviews.select_related("recorded_by").order_by("-number").first()
    refuse(rules.why_not_record_review(by, plan))
    words = _tidied(changed, worries, child_words, family_words, decision_why)
    if last is not None and last.number != seen_version:
        _refuse_unseen(by, last, words)
        record("plans.review_recorded_again", family=plan.family_id, subject=plan, review=last.number)
        return last
    refuse(rules.why_not_review_on(plan, reviewed_on, last.reviewed_on if last else None))
    refuse(rules.why_not_score(plan, plan.outcomes.filter(state=Outcome.State.OPEN).order_by("number"), scores))
    refuse(rules.why_not_decide(plan, decision, next_review_on, meeting))
    review = Review(
        plan=plan,
        family=plan.family,
        number=(last.number if last else 0) + 1,
        reviewed_on=reviewed_on,
        meeting=meeting,
        decision=decision,
        next_review_on=next_review_on if rules.goes_on(decision) else None,
        recorded_by=by,
        changed_by=by,
        **words,
    )
    review.save(force_insert=True)
    _write_who(review, plan, took_part)
    _write_scores(review, scores)
    _carry_on(review)
    finish_stepped_down(plan.case)
    record("plans.review_recorded", family=plan.family_id, subject=plan, review=review.number, decision=decision)
    return review


def _tidied(changed: str, worries: str, child_words: str, family_words: str, decision_why: str) -> dict[str, str]:
    typed = {
        "changed": changed,
        "worries": worries,
        "child_words": child_words,
        "family_words": family_words,
        "decision_why": decision_why,
    }
    return {name: clean(words).strip() for name, words in typed.items()}


def _refuse_unseen(by: Any, last: Review, typed: dict[str, str]) -> None:
    """Somebody else recorded a review meanwhile, maybe of the same meeting: show both. Sent twice is no conflict."""
    texts = {name: (getattr(last, name), words) for name, words in typed.items()}
    if last.recorded_by_id != by.id or any(saved != words for saved, words in texts.values()):
        raise Conflict(texts, last.recorded_by.full_name)


@action
def correct_review(
    *,
    by: Any,
    review: Review,
    reviewed_on: dt.date,
    scores: rules.Scores,
    changed: str,
    decision: str,
    seen_version: int,
    worries: str = "",
    child_words: str = "",
    family_words: str = "",
    decision_why: str = "",
    next_review_on: dt.date | None = None,
) -> Review:
    """Put right what was written of the latest review. What stood before is kept in its history."""
    plan = review.plan
    hold(plan)
    review.refresh_from_db(from_queryset=Review.objects.select_related("changed_by", "plan__case__lead"))
    before = plan.reviews.filter(number=review.number - 1).first()
    refuse(rules.why_not_correct_review(by, review))
    words = _tidied(changed, worries, child_words, family_words, decision_why)
    refuse_stale(review, seen_version, {**words, "reviewed_on": reviewed_on, "decision": decision})
    refuse(rules.why_not_review_on(plan, reviewed_on, before.reviewed_on if before else None))
    refuse(rules.why_not_score(plan, plan.outcomes.filter(state=Outcome.State.OPEN).order_by("number"), scores))
    refuse(rules.why_not_decide(plan, decision, next_review_on, None))
    for name, value in {**words, "reviewed_on": reviewed_on, "decision": decision}.items():
        setattr(review, name, value)
    review.next_review_on = next_review_on if rules.goes_on(decision) else None
    review.changed_by, review.version = by, review.version + 1
    review.save()
    _write_scores(review, scores)
    _carry_on(review)
    record("plans.review_corrected", family=plan.family_id, subject=plan, review=review.number, decision=decision)
    return review


def _write_who(review: Review, plan: Plan, took_part: Iterable[Any]) -> None:
    for who in took_part:
        refuse(why_not_ask(plan.case, who))
        Attendance(review=review, family=plan.family, came=pack().plans.attendances[0].code, **named(who)).save(
            force_insert=True
        )


def _write_scores(review: Review, scores: rules.Scores) -> None:
    for outcome, (score, why) in scores.items():
        OutcomeScore.objects.update_or_create(
            review=review,
            outcome=outcome,
            defaults={"score": score, "why": clean(why).strip()},
            create_defaults={"score": score, "why": clean(why).strip(), "family": review.family},
        )
        latest = outcome.scores.exclude(score=None).select_related("review").order_by("-review__number").first()
        Outcome.objects.filter(pk=outcome.pk).update(
            latest_score=latest.score if latest else None,
            latest_scored_on=latest.review.reviewed_on if latest else None,
        )


def _carry_on(review: Review) -> None:
    """What the decision makes due: the next review, the closing, or asking social care."""
    plan, leads_to = review.plan, rules.leads_to(review.decision)
    lead, today = plan.case.lead, clock.today()
    due_review(plan, review.next_review_on)
    set_due(
        case=plan.case,
        kind="closing",
        what="Close the case, as the review decided",
        owner=lead,
        done=leads_to != CLOSE,
        due_on=clock.add_working_days(today, pack().limits.close_after_review),
    )
    set_due(
        case=plan.case,
        kind="step_up",
        what="Ask social care to take the case, as the review decided",
        owner=lead,
        due_on=clock.add_working_days(today, pack().limits.step_up_answer),
        done=leads_to != STEP_UP,
    )
