"""Pages about reaching a family that is hard to engage."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearth.casework.cases.queries import case_with_plan, who_might_visit
from hearth.casework.cases.reaching import actions, forms, queries, rules
from hearth.foundation.audit.looks import looked
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.ui.page import form_page, render, say


def reaching(request: HttpRequest, reference: str) -> HttpResponse:
    """How the family is being reached, and how it was before."""
    case = case_with_plan(request.user, reference)
    looked(request.user, "cases.reaching_opened", family=case.family_id, subject=case)
    plans = queries.reaching_plans(request.user, case)
    context = {
        "plans": plans,
        "way_words": lambda code: label_of(pack().notes.kinds, code),
        "tries_left": rules.tries_left,
        "may_write": queries.may_write(request.user, case),
        "may_agree": bool(plans) and rules.why_not_agree_to_stop(request.user, plans[0]) is None,
    }
    return render(request, "cases/reaching.html", _about(case) | context)


def start_reaching(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Make a plan for reaching the family."""
    case = case_with_plan(request.user, reference)
    return form_page(
        request,
        "cases/start_reaching.html",
        forms.StartReachingForm,
        do=lambda form: actions.start_reaching(by=request.user, case=case, **form.cleaned_data),
        then=reverse("plan_try", args=[reference]),
        said="The plan is saved. Now plan the first try.",
        context=_about(case),
    )


def change_reaching(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Change the words of the plan."""
    case = case_with_plan(request.user, reference)
    plan = queries.live_reaching_plan(request.user, case)
    return form_page(
        request,
        "cases/change_reaching.html",
        forms.ChangeReachingForm,
        do=lambda form: actions.change_reaching(by=request.user, plan=plan, **form.cleaned_data),
        then=reverse("reaching", args=[reference]),
        said="The plan is changed.",
        context=_about(case),
        initial={
            "noticed": plan.noticed,
            "in_the_way": plan.in_the_way,
            "approach": plan.approach,
            "seen_version": plan.version,
        },
    )


def plan_try(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Plan one more try."""
    case = case_with_plan(request.user, reference)
    plan = queries.live_reaching_plan(request.user, case)
    return form_page(
        request,
        "cases/plan_try.html",
        forms.PlanTryForm,
        do=lambda form: actions.plan_try(by=request.user, plan=plan, **form.cleaned_data),
        then=reverse("reaching", args=[reference]),
        said="The try is planned.",
        form_kwargs={"workers": who_might_visit(request.user, case)},
        initial={"by_user": str(request.user.pk)},
        context=_about(case) | {"plan": plan},
    )


def record_try(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Say how a try went."""
    case = case_with_plan(request.user, reference)
    attempt = queries.try_of(request.user, case, number)
    return form_page(
        request,
        "cases/record_try.html",
        forms.RecordTryForm,
        do=lambda form: actions.record_try(by=request.user, attempt=attempt, **form.cleaned_data),
        then=reverse("reaching", args=[reference]),
        said="It is written down.",
        initial={"tried_on": attempt.tried_on or clock.today(), "note": attempt.note},
        context=_about(case) | {"attempt": attempt, "way": label_of(pack().notes.kinds, attempt.way)},
    )


@require_http_methods(["GET", "POST"])
def undo_try(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Take back how a try went. Its address alone changes nothing."""
    case = case_with_plan(request.user, reference)
    if request.method == "POST":
        actions.undo_try(by=request.user, attempt=queries.try_of(request.user, case, number))
        say(request, "It is taken back. Say again how the try went.")
    return HttpResponseRedirect(reverse("reaching", args=[reference]))


def end_reaching(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say how it ended."""
    case = case_with_plan(request.user, reference)
    plan = queries.live_reaching_plan(request.user, case)
    return form_page(
        request,
        "cases/end_reaching.html",
        forms.EndReachingForm,
        do=lambda form: actions.end_reaching(by=request.user, plan=plan, **form.cleaned_data),
        then=reverse("reaching", args=[reference]),
        said="It is written down.",
        context=_about(case) | {"plan": plan},
    )


def agree_to_stop(request: HttpRequest, reference: str) -> HttpResponseBase:
    """A manager agrees that enough was tried."""
    case = case_with_plan(request.user, reference)
    plan = queries.plan_to_agree(request.user, case)
    return form_page(
        request,
        "cases/agree_to_stop.html",
        forms.AgreeToStopForm,
        do=lambda form: actions.agree_to_stop(by=request.user, plan=plan),
        then=reverse("reaching", args=[reference]),
        said="You have agreed. The lead practitioner can close the case.",
        context=_about(case) | {"plan": plan},
    )


def _about(case: Any) -> dict[str, Any]:
    return {"case": case, "family": case.family, "today": clock.today()}
