"""Pages about an outcome."""

from django.http import HttpRequest, HttpResponseBase

from hearth.casework.plans import queries
from hearth.casework.plans.outcomes import actions, forms
from hearth.casework.plans.views import about, address
from hearth.foundation.ui.page import form_page


def add_outcome(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add an outcome."""
    plan = queries.plan_of(request.user, reference)
    return form_page(
        request,
        "plans/add_outcome.html",
        forms.AddOutcomeForm,
        do=lambda form: actions.add_outcome(by=request.user, plan=plan, **form.cleaned_data),
        then=lambda outcome: f"{address(plan)}#outcome-{outcome.number}",
        said="The outcome is added.",
        form_kwargs={"choices": queries.family_choices(request.user, plan.case)},
        context=about(request, plan),
    )


def change_outcome(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Change an outcome."""
    plan = queries.plan_of(request.user, reference)
    outcome = queries.outcome_of(request.user, plan, number)
    return form_page(
        request,
        "plans/change_outcome.html",
        forms.ChangeOutcomeForm,
        do=lambda form: actions.change_outcome(by=request.user, outcome=outcome, **form.cleaned_data),
        then=f"{address(plan)}#outcome-{number}",
        said="The outcome is changed.",
        form_kwargs={"choices": queries.family_choices(request.user, plan.case)},
        initial={
            "want": outcome.want,
            "measure": outcome.measure,
            "area": outcome.area,
            "starting_score": outcome.starting_score,
            "target_score": outcome.target_score,
            "seen_version": outcome.version,
            "person": f"person-{outcome.person_id}" if outcome.person_id else "family",
        },
        context=about(request, plan) | {"outcome": outcome},
    )


def end_outcome(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Say that an outcome was reached or is set aside, or take it up again."""
    plan = queries.plan_of(request.user, reference)
    outcome = queries.outcome_of(request.user, plan, number)
    return form_page(
        request,
        "plans/end_outcome.html",
        forms.EndOutcomeForm,
        do=lambda form: actions.end_outcome(by=request.user, outcome=outcome, **form.cleaned_data),
        then=f"{address(plan)}#outcome-{number}",
        said="It is written down.",
        form_kwargs={"now": outcome.state},
        context=about(request, plan) | {"outcome": outcome},
    )
