"""Pages of services for a plan, of what was asked of them, and of their answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.casework.cases.queries import people_of
from hearth.casework.plans.queries import outcomes_of, plan_of
from hearth.casework.plans.referring import actions, forms, queries, rules
from hearth.casework.plans.rules import why_not_write_plan
from hearth.casework.plans.views import about, address
from hearth.foundation.audit.looks import looked, searched
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render, say
from hearth.records.directory.queries import service_of
from hearth.records.directory.words import places_words


def _open_outcomes(request: HttpRequest, plan: Any) -> list[Any]:
    return [each for each in outcomes_of(request.user, plan) if each.state == "open"]


def services_for_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Services that may meet what the plan needs. `?outcome=2` looks for what that outcome says."""
    plan = plan_of(request.user, reference)
    refuse(why_not_write_plan(request.user, plan))
    near = {} if "near" in request.GET else {"near": queries.home_near(request.user, plan)}
    form = forms.ServicesForPlanForm(request.GET.dict() | near)
    form.is_valid()
    outcomes, number = _open_outcomes(request, plan), request.GET.get("outcome", "")
    outcome = next((each for each in outcomes if str(each.number) == number), None)
    said = form.cleaned_data
    found = queries.services_for(
        request.user, plan, outcome, said.get("words", ""), said.get("near", ""), request.GET.get("page")
    )
    looked(request.user, "plans.services_looked_for", family=plan.family_id, subject=plan)
    context = {"form": form, "found": found, "outcomes": outcomes, "outcome": outcome}
    return render(request, "plans/services_for_plan.html", about(request, plan) | context)


def refer_to_service(request: HttpRequest, reference: str, service: str) -> HttpResponseBase:
    """Ask a service to help."""
    plan, found = plan_of(request.user, reference), service_of(request.user, service)
    refuse(rules.why_not_ask(request.user, plan, found))
    outcomes = _open_outcomes(request, plan)
    agency = found.organisation.agency
    return form_page(
        request,
        "plans/refer_to_service.html",
        forms.ReferToServiceForm,
        do=lambda form: actions.refer_to_service(by=request.user, plan=plan, service=found, **form.cleaned_data),
        then=lambda made: reverse("service_referral", args=[made.reference]),
        said=lambda made: (
            "They are asked. Their answer comes into the plan, and you are told."
            if made.agency
            else "It is on record. Tell them yourself: they do not sign in here. Then write down what they answer."
        ),
        initial={
            "contact": queries.how_reached(request.user, plan),
            "outcome": request.GET.get("outcome", outcomes[0].number if len(outcomes) == 1 else forms.WHOLE_PLAN),
        },
        form_kwargs={
            "household": people_of(request.user, plan.family),
            "outcomes": outcomes,
            "agreed": agency is not None,
        },
        context=about(request, plan) | {"service": found, "agency": agency, "places_words": places_words},
    )


def service_referrals(request: HttpRequest) -> HttpResponse:
    """What was asked of the services of one's own organisation."""
    page = queries.referrals_to_answer(request.user, request.GET.get("page"))
    searched(request.user, "plans.service_referrals_listed", rows=len(page.rows))
    return render(request, "plans/service_referrals.html", {"page": page})


def service_referral(request: HttpRequest, reference: str) -> HttpResponse:
    """What was asked, and the answer."""
    found = queries.referral_of(request.user, reference)
    plan = queries.plan_behind(request.user, found)
    looked(request.user, "plans.service_referral_opened", family=found.family_id, subject=found)
    context = {"referral": found, "plan": plan, "reason": queries.reason_words(found)}
    return render(
        request, "plans/service_referral.html", context | {"may": queries.what_may(request.user, found, plan)}
    )


def answer_service_referral(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Answer for the service; or write down what it answered."""
    found = queries.referral_of(request.user, reference)
    plan = queries.plan_behind(request.user, found)
    refuse(rules.why_not_answer(request.user, found))
    return form_page(
        request,
        "plans/answer_service_referral.html",
        forms.AnswerServiceReferralForm,
        do=lambda form: actions.answer_service_referral(by=request.user, referral=found, **form.cleaned_data),
        then=reverse("service_referral", args=[reference]),
        said="The answer is in the family’s plan, and whoever asked is told."
        if plan is None
        else "The answer is in the plan.",
        form_kwargs={"of_service": rules.answers_for(request.user, found)},
        context={"referral": found, "plan": plan},
    )


def withdraw_service_referral(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take back what was asked."""
    found = queries.referral_of_plan(request.user, reference)
    refuse(rules.why_not_withdraw(request.user, found))
    return form_page(
        request,
        "plans/withdraw_service_referral.html",
        forms.WithdrawServiceReferralForm,
        do=lambda form: actions.withdraw_service_referral(by=request.user, referral=found, **form.cleaned_data),
        then=address(found.plan),
        said="It is taken back. The service reads it no more.",
        context={"referral": found, "plan": found.plan},
    )


@require_POST
def read_service_answer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say that one has read the answer."""
    found = queries.referral_of_plan(request.user, reference)
    actions.read_service_answer(by=request.user, referral=found)
    say(request, "Noted: you have read the answer. It stays in the plan.")
    return HttpResponseRedirect(reverse("service_referral", args=[reference]))
