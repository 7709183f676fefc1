"""Record a review of a plan."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from hearth.casework.cases.due import set_due
from hearth.casework.plans.actions import due_review, hold, named
from hearth.casework.plans.models import Attendance, Meeting, Outcome, OutcomeScore, Plan, Review
from hearth.casework.plans.reviews import rules
from hearth.casework.plans.rules import why_not_ask
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Conflict, refuse
from hearth.foundation.core.text import clean

DAYS_TO_CLOSE = 10  # working days in which a case that a review decided to close should be closed
TYPED = ("changed", "worries", "child_words", "family_words", "decision_why")


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
    words = {
        "changed": clean(changed).strip(),
        "worries": clean(worries).strip(),
        "child_words": clean(child_words).strip(),
        "family_words": clean(family_words).strip(),
        "decision_why": clean(decision_why).strip(),
    }
    _refuse_unseen(last, seen_version, words)
    refuse(rules.why_not_review_on(plan, reviewed_on, last.reviewed_on if last else None))
    refuse(rules.why_not_score(plan, plan.outcomes.filter(state=Outcome.State.OPEN).order_by("number"), scores))
    refuse(rules.why_not_decide(plan, decision, next_review_on, meeting))
    next_on = next_review_on if rules.goes_on(decision) else None
    review = Review(
        plan=plan,
        family=plan.family,
        number=(last.number if last else 0) + 1,
        reviewed_on=reviewed_on,
        meeting=meeting,
        decision=decision,
        next_review_on=next_on,
        recorded_by=by,
        **words,
    )
    review.save(force_insert=True)
    _write_who(review, plan, took_part)
    _write_scores(review, scores)
    _carry_on(plan, decision, next_on)
    record("plans.review_recorded", family=plan.family_id, subject=plan, review=review.number, decision=decision)
    return review


def _refuse_unseen(last: Review | None, seen_version: int, typed: dict[str, str]) -> None:
    """Somebody recorded a review while this one was written, maybe of the same meeting: show both."""
    if last is not None and last.number != seen_version:
        raise Conflict(
            {name: (getattr(last, name), words) for name, words in typed.items()}, last.recorded_by.full_name
        )


def _write_who(review: Review, plan: Plan, took_part: Iterable[Any]) -> None:
    for who in took_part:
        refuse(why_not_ask(plan.case, who))
        Attendance(review=review, family=plan.family, came=pack().plans.attendances[0].code, **named(who)).save(
            force_insert=True
        )


def _write_scores(review: Review, scores: rules.Scores) -> None:
    for outcome, (score, why) in scores.items():
        OutcomeScore(review=review, outcome=outcome, family=review.family, score=score, why=clean(why).strip()).save(
            force_insert=True
        )
        if score is not None:
            Outcome.objects.filter(pk=outcome.pk).update(latest_score=score, latest_scored_on=review.reviewed_on)


def _carry_on(plan: Plan, decision: str, next_on: dt.date | None) -> None:
    """What the decision makes due: the next review, the closing, or asking social care."""
    found = rules.decision_of(decision)
    closes, steps_up = bool(found and found.closes), bool(found and found.steps_up)
    lead, today = plan.case.lead, clock.today()
    due_review(plan, next_on)
    set_due(
        case=plan.case,
        kind="closing",
        what="Close the case, as the review decided",
        owner=lead,
        done=not closes,
        due_on=clock.add_working_days(today, DAYS_TO_CLOSE),
    )
    set_due(
        case=plan.case,
        kind="step_up",
        what="Ask social care to take the case, as the review decided",
        owner=lead,
        due_on=clock.add_working_days(today, pack().limits.step_up_answer),
        done=not steps_up,
    )
