"""Pages about reviews and the distance travelled."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.casework.plans.queries import choices_of, outcomes_of, plan_of
from hearth.casework.plans.reviews import actions, forms, queries
from hearth.casework.plans.reviews.rules import CLOSE, STEP_UP, leads_to
from hearth.casework.plans.views import about
from hearth.foundation.audit.looks import looked
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.ui.page import form_page, render


def reviews(request: HttpRequest, reference: str) -> HttpResponse:
    """Every review of a plan."""
    plan = plan_of(request.user, reference)
    looked(request.user, "plans.reviews_opened", family=plan.family_id, subject=plan)
    context = {"reviews": queries.reviews_of(request.user, plan), "decision_words": queries.decision_words}
    return render(request, "plans/reviews.html", about(request, plan) | context)


def review(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A review side by side with the one before."""
    plan = plan_of(request.user, reference)
    found, before = queries.two_reviews(request.user, plan, number)
    looked(request.user, "plans.review_opened", family=plan.family_id, subject=plan, review=number)
    context = {
        "review": found,
        "last": before,
        "scored": queries.side_by_side(request.user, plan, found, before),
        "decision_words": queries.decision_words,
        "may_correct": queries.may_correct(request.user, plan, found),
    }
    return render(request, "plans/review.html", about(request, plan) | context)


def record_review(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Record a review, with the last one beside it."""
    plan = plan_of(request.user, reference)
    last = queries.last_review(request.user, plan)
    outcomes = [each for each in outcomes_of(request.user, plan) if each.state == "open"]
    suggested = clock.add_working_days(clock.today(), pack().review_interval_days(plan.type))
    return form_page(
        request,
        "plans/record_review.html",
        forms.RecordReviewForm,
        do=lambda form: actions.record_review(by=request.user, plan=plan, **form.cleaned_data),
        then=_afterwards,
        said="The review is recorded.",
        form_kwargs={
            "outcomes": outcomes,
            "choices": choices_of(request.user, plan.case),
            "meetings": queries.held_meetings(request.user, plan),
        },
        initial={"reviewed_on": clock.today(), "next_review_on": suggested, "seen_version": last.number if last else 0},
        context=about(request, plan)
        | {
            "outcomes": outcomes,
            "last": last,
            "scores_before": queries.scores_last_time(last),
            "decision_words": queries.decision_words,
        },
    )


def correct_review(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Put the latest review right."""
    plan = plan_of(request.user, reference)
    found, before = queries.two_reviews(request.user, plan, number)
    found.plan = plan
    scored = queries.scores_last_time(found)
    outcomes = [each for each in outcomes_of(request.user, plan) if each.state == "open" or each.id in scored]
    return form_page(
        request,
        "plans/correct_review.html",
        forms.CorrectReviewForm,
        do=lambda form: actions.correct_review(by=request.user, review=found, **form.cleaned_data),
        then=_afterwards,
        said="The review is corrected.",
        form_kwargs={"outcomes": outcomes},
        initial=queries.as_typed(found, outcomes),
        context=about(request, plan)
        | {
            "outcomes": outcomes,
            "last": before,
            "scores_before": queries.scores_last_time(before),
            "decision_words": queries.decision_words,
            "review": found,
        },
    )


def _afterwards(found: Any) -> str:
    """Where the decision leads: on to closing the case, to asking social care, or to the review."""
    onward = {CLOSE: "close_case", STEP_UP: "request_step_up"}.get(leads_to(found.decision))
    if onward:
        return reverse(onward, args=[found.plan.case.reference])
    return reverse("review", args=[found.plan.reference, found.number])


def distance_travelled(request: HttpRequest, reference: str) -> HttpResponse:
    """How far each outcome has come, drawn and in a table."""
    plan = plan_of(request.user, reference)
    looked(request.user, "plans.distance_opened", family=plan.family_id, subject=plan)
    context = {"journeys": queries.journeys(request.user, plan), "reviews": queries.days_of_reviews(request.user, plan)}
    return render(request, "plans/distance_travelled.html", about(request, plan) | context)
