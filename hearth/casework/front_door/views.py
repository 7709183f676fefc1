"""Asking for help, and following the answer."""

import uuid
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from hearth.casework.front_door import actions, forms, prefill, queries, rules
from hearth.casework.front_door.documents.queries import documents_of, page_parts
from hearth.casework.front_door.passing.queries import passing_to
from hearth.casework.front_door.triage import actions as triage_actions
from hearth.casework.front_door.triage import rules as triage_rules
from hearth.foundation.audit.looks import exported, looked
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.foundation.ui.page import form_page, render, say


def _start(request: HttpRequest, channel: str, template: str) -> HttpResponseBase:
    refuse(rules.why_not_ask(request.user, channel))
    return form_page(
        request,
        template,
        forms.SignsForm,
        draft=False,
        initial={"key": str(uuid.uuid4())},
        do=lambda form: actions.start_request(by=request.user, channel=channel, **form.cleaned_data),
        then=lambda made: _on(request, reverse("ring_now" if made.signs else "write_request", args=[made.reference])),
        context={"asker": rules.asker_of(channel), "channel": channel},
    )


def _on(request: HttpRequest, address: str) -> str:
    """The next page of a request, still knowing which family it began with."""
    about = {name: request.GET[name] for name in ("like", "family") if request.GET.get(name)}
    return f"{address}?{urlencode(about)}" if about else address


def ask_for_help(request: HttpRequest) -> HttpResponseBase:
    """A partner begins a request: first, is a child in danger?"""
    return _start(request, "partner", "front_door/ask_for_help.html")


def note_telephone_request(request: HttpRequest) -> HttpResponseBase:
    """An officer begins to note what a caller asks."""
    return _start(request, "phone", "front_door/note_telephone_request.html")


def hand_down_request(request: HttpRequest) -> HttpResponseBase:
    """Social care hands down a request that misses its threshold."""
    return _start(request, "step_down", "front_door/hand_down_request.html")


def ring_now(request: HttpRequest, reference: str) -> HttpResponse:
    """A sign of danger was ticked: whom to ring now, before anything else."""
    help_request = queries.own_request_of(request.user, reference)
    return render(
        request,
        "front_door/ring_now.html",
        {
            "asked": help_request,
            "safeguarding": pack().authority.safeguarding,
            "next": _on(request, reverse("write_request", args=[reference])),
        },
    )


def write_request(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The request itself. What is typed is kept; it goes to the front door when it is sent.

    Whoever comes back to it once it is sent is led to it; what they send again from there is answered with the way to it.
    """
    help_request = queries.own_request_of(request.user, reference)
    if help_request.state != "started" and request.method != "POST":
        say(request, rules.SENT)
        return HttpResponseRedirect(reverse("view_request", args=[reference]))
    like, family = (clean(request.GET.get(name, "")) for name in ("like", "family"))
    known = prefill.known_of(request.user, like, family)
    documents = documents_of(request.user, help_request)
    return form_page(
        request,
        "front_door/write_request.html",
        forms.WriteRequestForm,
        do=lambda form: actions.send_request(by=request.user, request=help_request, **form.said()),
        then=lambda sent: reverse("request_sent", args=[sent.reference]),
        initial={"asker_phone": request.user.phone} | known,
        form_kwargs={"channel": help_request.channel},
        away={
            "attach": reverse("add_request_document", args=[reference]),
            "discard": reverse("discard_request", args=[reference]),
        }
        | {
            f"withdraw-{each.reference}": reverse("withdraw_request_document", args=[reference, each.reference])
            for each in documents
        },
        context={
            "asked": help_request,
            "documents": documents,
            "asker": rules.asker_of(help_request.channel),
            "request_form": pack().request_form,
            "known": bool(known),
        },
    )


def request_sent(request: HttpRequest, reference: str) -> HttpResponse:
    """It is sent: the reference, and what happens next."""
    help_request = queries.sent_request_of(request.user, reference)
    context = {"asked": help_request, "asker": rules.asker_of(help_request.channel)}
    return render(request, "front_door/request_sent.html", context)


def my_requests(request: HttpRequest) -> HttpResponse:
    """What I asked for, half-finished ones first."""
    page = queries.my_requests(request.user, request.GET.get("page"))
    return render(request, "front_door/my_requests.html", {"page": page, "outcome_label": queries.outcome_label})


def organisation_requests(request: HttpRequest) -> HttpResponse:
    """What people of my organisation asked for."""
    refuse(rules.why_not_see_organisation(request.user))
    page = queries.requests_of_organisation(request.user, request.GET.get("page"))
    return render(
        request, "front_door/organisation_requests.html", {"page": page, "outcome_label": queries.outcome_label}
    )


def view_request(request: HttpRequest, reference: str) -> HttpResponse:
    """One request as it was sent, and its answer. Whoever asked has been told once they have opened the answer."""
    help_request = queries.request_of(request.user, reference)
    if help_request.state == "started":
        return HttpResponseRedirect(reverse("write_request", args=[reference]))
    if triage_rules.why_not_read_answer(request.user, help_request) is None:
        triage_actions.note_answer_read(by=request.user, request=help_request)
    looked(request.user, "front_door.request_opened", family=help_request.family_id, subject=help_request)
    context = queries.page_of_request(request.user, reference) | page_parts(request.user, help_request)
    context["passing"] = passing_to(request.user, help_request)
    return render(request, "front_door/view_request.html", context)


def print_request(request: HttpRequest, reference: str) -> HttpResponse:
    """One request on paper."""
    help_request = queries.sent_request_of(request.user, reference)
    exported(request.user, "front_door.request_printed", family=help_request.family_id, subject=help_request)
    context = queries.page_of_request(request.user, reference) | page_parts(request.user, help_request)
    return render(request, "front_door/print_request.html", context)


def answer_front_door(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The referrer answers the front door, or adds something."""
    help_request = queries.own_request_of(request.user, reference)
    refuse(rules.why_not_answer(request.user, help_request))
    return form_page(
        request,
        "front_door/answer_front_door.html",
        forms.AnswerFrontDoorForm,
        do=lambda form: actions.answer_front_door(by=request.user, request=help_request, **form.cleaned_data),
        then=reverse("view_request", args=[reference]),
        said="The front door has your words.",
        context={"sent": queries.sent_of(request.user, help_request)},
    )


def withdraw_request(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The referrer takes the request back."""
    help_request = queries.own_request_of(request.user, reference)
    refuse(rules.why_not_withdraw(request.user, help_request))
    return form_page(
        request,
        "front_door/withdraw_request.html",
        forms.WithdrawRequestForm,
        do=lambda form: actions.withdraw_request(by=request.user, request=help_request, **form.cleaned_data),
        then=reverse("my_requests"),
        said="The request is withdrawn.",
        context={"asked": help_request},
    )


def discard_request(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Throw away a request that was begun and not sent, with all that was typed in it, after a page that says what goes."""
    help_request = queries.own_request_of(request.user, reference)
    if help_request.state != "started" and request.method != "POST":
        return HttpResponseRedirect(reverse("view_request", args=[reference]))
    return form_page(
        request,
        "front_door/discard_request.html",
        forms.DiscardRequestForm,
        draft=False,
        do=lambda form: actions.discard_request(by=request.user, request=help_request),
        then=reverse("my_requests"),
        said="The request you had begun is thrown away.",
        context={
            "asked": help_request,
            "called": queries.called(request.user, help_request),
            "documents": documents_of(request.user, help_request),
        },
    )
