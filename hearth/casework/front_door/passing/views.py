"""Passing on, the list of what was passed to me, and my answer."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.casework.front_door.passing import actions, forms, queries, rules
from hearth.casework.front_door.queries import request_of
from hearth.casework.front_door.triage.queries import triage_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render


def pass_on_request(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Tell the agency that will help, and give it what it needs."""
    found = triage_of(request.user, reference)
    refuse(rules.why_not_pass_on(request.user, found))
    decision, agreed = queries.decision_of(found), rules.agreement_in(found)
    people = queries.people_of(decision.agency if decision else None)
    return form_page(
        request,
        "front_door/pass_on_request.html",
        forms.PassOnRequestForm,
        do=lambda form: actions.pass_on_request(by=request.user, request=found, **form.passed()),
        then=reverse("triage_request", args=[reference]),
        said="The request is passed on.",
        form_kwargs={"people": people, "agreed": agreed is not None},
        context={"asked": found, "decision": decision, "agreed": agreed, "people": people},
    )


def passed_requests(request: HttpRequest) -> HttpResponse:
    """What was passed to me."""
    page = queries.passed_requests(request.user, request.GET.get("page"))
    return render(request, "front_door/passed_requests.html", {"page": page})


def answer_passed_request(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say whether we will help."""
    found = request_of(request.user, reference)
    passing = queries.own_passing_of(request.user, found)
    refuse(rules.why_not_answer_passing(request.user, passing))
    return form_page(
        request,
        "front_door/answer_passed_request.html",
        forms.AnswerPassedRequestForm,
        do=lambda form: actions.answer_passed_request(by=request.user, passing=passing, **form.cleaned_data),
        then=reverse("passed_requests"),
        said="The front door has your answer.",
        context={"asked": found, "passing": passing},
    )
