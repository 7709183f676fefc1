"""Pages of a plan."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.casework.cases.queries import case_with_plan, role_words, team_of
from hearth.casework.plans import actions, forms, queries
from hearth.casework.plans.documents.queries import documents_of
from hearth.casework.plans.referring.queries import asked_in
from hearth.foundation.audit.looks import exported, looked
from hearth.foundation.core import clock
from hearth.foundation.ui.page import form_page, render


def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """The family's plan; or that there is none, and how to start one."""
    case = case_with_plan(request.user, reference)
    plans = queries.plans_of(request.user, case)
    if plans:
        return _show(request, plans[0], plans[1:])
    looked(request.user, "plans.no_plan_opened", family=case.family_id, subject=case)
    context = {"case": case, "family": case.family, "may": {"write": queries.may_start(request.user, case)}}
    return render(request, "plans/no_plan.html", context)


def plan_by_reference(request: HttpRequest, reference: str) -> HttpResponse:
    """Any plan, one that has ended too."""
    found = queries.plan_of(request.user, reference)
    others = [each for each in queries.plans_of(request.user, found.case) if each.id != found.id]
    return _show(request, found, others)


def _show(request: HttpRequest, found: Any, others: list[Any]) -> HttpResponse:
    looked(request.user, "plans.plan_opened", family=found.family_id, subject=found)
    context = {
        "whole": queries.whole_plan(request.user, found),
        "others": others,
        "meeting": queries.next_meeting(request.user, found.case),
        "type_changes": queries.type_changes(request.user, found),
        "documents": documents_of(request.user, found),
        "asked": asked_in(request.user, found),
    }
    return render(request, "plans/plan.html", about(request, found) | context)


def print_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """What the family is given: plain words, big type."""
    found = queries.plan_of(request.user, reference)
    exported(request.user, "plans.plan_printed", family=found.family_id, subject=found)
    context = {
        "whole": queries.whole_plan(request.user, found),
        "team": team_of(request.user, found.case),
        "role_words": role_words,
        "meeting": queries.next_meeting(request.user, found.case),
        "documents": documents_of(request.user, found),
    }
    return render(request, "plans/print_plan.html", about(request, found) | context)


def start_plan(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Start a plan."""
    case = case_with_plan(request.user, reference)
    return form_page(
        request,
        "plans/start_plan.html",
        forms.StartPlanForm,
        do=lambda form: actions.start_plan(by=request.user, case=case, **form.cleaned_data),
        then=reverse("plan", args=[reference]),
        said="The plan is started. Write its outcomes with the family.",
        form_kwargs={"points": queries.starting_points(request.user, case)},
        context={"case": case, "family": case.family},
    )


def describe_plan(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Write what the family wants life to look like."""
    found = queries.plan_of(request.user, reference)
    return form_page(
        request,
        "plans/describe_plan.html",
        forms.DescribePlanForm,
        do=lambda form: actions.describe_plan(by=request.user, plan=found, **form.cleaned_data),
        then=address(found),
        said="The plan is saved.",
        context=about(request, found),
        initial={
            "aim": found.aim,
            "strengths": found.strengths,
            "if_harder": found.if_harder,
            "seen_version": found.version,
        },
    )


def change_plan_type(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Make it another kind of plan."""
    found = queries.plan_of(request.user, reference)
    return form_page(
        request,
        "plans/change_plan_type.html",
        forms.ChangePlanTypeForm,
        do=lambda form: actions.change_plan_type(by=request.user, plan=found, **form.cleaned_data),
        then=address(found),
        said="It is another kind of plan now. What it was is kept.",
        context=about(request, found),
        form_kwargs={"now": found.type},
    )


def agree_plan(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The family agrees the plan."""
    found = queries.plan_of(request.user, reference)
    outcomes = queries.outcomes_of(request.user, found)
    return form_page(
        request,
        "plans/agree_plan.html",
        forms.AgreePlanForm,
        do=lambda form: actions.agree_plan(by=request.user, plan=found, **form.cleaned_data),
        then=address(found),
        said="The plan is agreed with the family.",
        initial={"agreed_on": clock.today()},
        form_kwargs={"choices": queries.family_choices(request.user, found.case)},
        context=about(request, found) | {"wanting": queries.wanting(found, outcomes), "outcomes": outcomes},
    )


def end_plan(request: HttpRequest, reference: str) -> HttpResponseBase:
    """End the plan while the case goes on."""
    found = queries.plan_of(request.user, reference)
    return form_page(
        request,
        "plans/end_plan.html",
        forms.EndPlanForm,
        do=lambda form: actions.end_plan(by=request.user, plan=found, **form.cleaned_data),
        then=address(found),
        said="The plan has ended. It can still be read.",
        context=about(request, found),
    )


def address(found: Any) -> str:
    """Where a plan is read."""
    return (
        reverse("plan", args=[found.case.reference])
        if found.is_live
        else reverse("plan_by_reference", args=[found.reference])
    )


def about(request: HttpRequest, found: Any) -> dict[str, Any]:
    """What every page of a plan needs."""
    return {
        "plan": found,
        "case": found.case,
        "family": found.case.family,
        "today": clock.today(),
        "may": queries.what_may(request.user, found),
        "words": queries.WORDS,
    }
