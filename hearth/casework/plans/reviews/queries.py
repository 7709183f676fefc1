"""Reads of reviews: side by side with the last one, and the distance travelled."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from hearth.casework.plans.models import Attendance, Meeting, Outcome, OutcomeScore, Plan, Review
from hearth.casework.plans.queries import outcomes_of
from hearth.casework.plans.reviews.drawing import Journey, Point, journey_of
from hearth.casework.plans.reviews.rules import why_not_correct_review
from hearth.foundation.core.pack import label_of, pack


def _reviews(reader: Any, plan: Plan) -> QuerySet[Review]:
    scores = OutcomeScore.objects.visible_to(reader)
    came = Attendance.objects.visible_to(reader).select_related("user", "person").order_by("created_at")
    rows = Review.objects.visible_to(reader).filter(plan=plan).select_related("recorded_by", "meeting")
    return rows.prefetch_related(Prefetch("scores", scores), Prefetch("attendances", came))


def reviews_of(reader: Any, plan: Plan) -> list[Review]:
    """Every review of the plan, newest first."""
    return list(_reviews(reader, plan).order_by("-number"))


def two_reviews(reader: Any, plan: Plan, number: int) -> tuple[Review, Review | None]:
    """A review and the one before it."""
    rows = {row.number: row for row in _reviews(reader, plan).filter(number__in=(number, number - 1))}
    if number not in rows:
        raise Http404
    return rows[number], rows.get(number - 1)


def last_review(reader: Any, plan: Plan) -> Review | None:
    """The latest review of the plan."""
    return _reviews(reader, plan).order_by("-number").first()


def held_meetings(reader: Any, plan: Plan) -> list[Meeting]:
    """Meetings of the case that a review may have been part of, the latest first."""
    rows = Meeting.objects.visible_to(reader).filter(case=plan.case).exclude(state=Meeting.State.CANCELLED)
    return list(rows.order_by("-planned_for")[:10])


@dataclass(frozen=True)
class ScoredBeside:
    """One outcome as two reviews scored it."""

    outcome: Outcome
    before: int | None
    now: int | None
    why: str
    why_before: str


def side_by_side(reader: Any, plan: Plan, review: Review, before: Review | None) -> list[ScoredBeside]:
    """Each outcome's score at a review beside the one before; beside the start, for the first."""
    now = {row.outcome_id: row for row in review.scores.all()}
    then = {row.outcome_id: row for row in before.scores.all()} if before is not None else {}

    def score(row: OutcomeScore | None) -> int | None:
        return row.score if row is not None else None

    return [
        ScoredBeside(
            outcome,
            score(then.get(outcome.id)) if before is not None else outcome.starting_score,
            score(now.get(outcome.id)),
            now[outcome.id].why if outcome.id in now else "",
            then[outcome.id].why if outcome.id in then else "",
        )
        for outcome in outcomes_of(reader, plan)
        if outcome.id in now or outcome.id in then
    ]


def scores_last_time(review: Review | None) -> dict[Any, OutcomeScore]:
    """Each outcome's score at a review."""
    return {row.outcome_id: row for row in review.scores.all()} if review is not None else {}


def as_typed(review: Review, outcomes: list[Outcome]) -> dict[str, Any]:
    """A review as its form is filled in."""
    words = ("reviewed_on", "changed", "worries", "child_words", "family_words", "decision", "decision_why")
    scores = scores_last_time(review)
    typed = {name: getattr(review, name) for name in (*words, "next_review_on")} | {"seen_version": review.version}
    for outcome in outcomes:
        row = scores.get(outcome.id)
        typed |= {
            f"score_{outcome.number}": row.score if row else None,
            f"why_{outcome.number}": row.why if row else "",
        }
    return typed


def may_correct(reader: Any, plan: Plan, review: Review) -> bool:
    """Whether the reader is offered to put a review right."""
    review.plan = plan
    return why_not_correct_review(reader, review) is None


def journeys(reader: Any, plan: Plan) -> list[Journey]:
    """The distance travelled on each outcome, from its start through every review: two queries."""
    scored = OutcomeScore.objects.visible_to(reader).filter(review__plan=plan).exclude(score=None)
    points: dict[Any, list[Point]] = defaultdict(list)
    for row in scored.select_related("review").order_by("review__number"):
        points[row.outcome_id].append(Point(row.review.reviewed_on, row.score or 0, f"Review {row.review.number}"))
    return [
        journey_of(outcome, plan.agreed_on or plan.started_on, points[outcome.id])
        for outcome in outcomes_of(reader, plan)
        if outcome.starting_score is not None
    ]


def days_of_reviews(reader: Any, plan: Plan) -> list[Review]:
    """The reviews in their order, for the heads of a table."""
    return list(Review.objects.visible_to(reader).filter(plan=plan).order_by("number"))


def decision_words(code: str) -> str:
    """A review decision as the pack words it."""
    return label_of(pack().plans.review_decisions, code)
