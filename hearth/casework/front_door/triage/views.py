"""The front door's pages."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearth.casework.front_door.documents.queries import page_parts
from hearth.casework.front_door.passing.queries import passings_of
from hearth.casework.front_door.passing.rules import why_not_pass_on
from hearth.casework.front_door.queries import answered
from hearth.casework.front_door.rules import why_not_see_organisation
from hearth.casework.front_door.triage import actions, forms, known, queries, rules
from hearth.foundation.audit.looks import exported, looked
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.listing import sorting
from hearth.foundation.ui.page import form_page, render, say

SORTED = {"clock": "due_on", "received": "received_at", "family": "family_name", "area": "area__name"}


def requests(request: HttpRequest) -> HttpResponseBase:
    """The queue: every request of my areas, the most late first. A partner's manager has a list of their own."""
    if why_not_see_organisation(request.user) is None:
        return HttpResponseRedirect(reverse("organisation_requests"))
    refuse(rules.why_not_see_queue(request.user))
    form = forms.RequestsForm(request.GET or None, areas=queries.my_areas(request.user))
    sort = sorting(request, SORTED, default="clock")
    page = queries.requests(request.user, queries.sought(form), order_by=sort.order_by, page=request.GET.get("page"))
    context = {
        "page": page,
        "sort": sort,
        "filters": form,
        "counts": queries.counts(request.user),
        **queries.row_words(),
    }
    return render(request, "front_door/requests.html", context, partial="results")


def triage_request(request: HttpRequest, reference: str) -> HttpResponse:
    """One request beside what is known of everybody it names."""
    found = queries.triage_of(request.user, reference)
    looked(request.user, "front_door.request_triaged", family=found.family_id, subject=found)
    context = known.side_by_side(request.user, found, request.GET.get("again", "")) | page_parts(request.user, found)
    context |= {
        "passings": passings_of(found),
        "to_pass_on": why_not_pass_on(request.user, found) is None,
        "match_said": rules.match_said,
    }
    return render(request, "front_door/triage_request.html", context)


def _about(
    request: HttpRequest,
    reference: str,
    slice_: str,
    form: Any,
    do: Any,
    said: str,
    context: Callable[[Any], dict[str, Any]] = lambda found: {},
    then: str = "triage_request",
    **more: Any,
) -> HttpResponseBase:
    """A form about a request at the front door: what most of these pages are."""
    found = queries.triage_of(request.user, reference)
    refuse(rules.why_not_triage(request.user, found))
    return form_page(
        request,
        f"front_door/{slice_}.html",
        form,
        do=lambda filled: do(by=request.user, request=found, **filled.cleaned_data),
        then=reverse(then, args=[reference]),
        said=said,
        context={"asked": found} | context(found),
        **more,
    )


def pause_request(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Stop the clock."""
    return _about(
        request, reference, "pause_request", forms.PauseRequestForm, actions.pause_request, "The clock is stopped."
    )


@require_POST
def resume_request(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Start the clock again."""
    actions.resume_request(by=request.user, request=queries.triage_of(request.user, reference))
    say(request, "The clock is running again.")
    return HttpResponseRedirect(reverse("triage_request", args=[reference]))


def ask_referrer(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask the referrer for more."""
    said = "The referrer has been asked. The clock is stopped until they answer."
    return _about(request, reference, "ask_referrer", forms.AskReferrerForm, actions.ask_referrer, said)


def write_note(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Write a working note."""
    return _about(request, reference, "write_note", forms.WriteNoteForm, actions.write_note, "The note is kept.")


@require_POST
def match_person(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say who somebody is."""
    found, form = queries.triage_of(request.user, reference), forms.MatchPersonForm(request.POST)
    if not form.is_valid():
        raise Http404
    typed = queries.typed_person_of(request.user, found, form.cleaned_data["typed"])
    person = known.person_of(request.user, form.cleaned_data["person"])
    seen = form.cleaned_data["seen"] or None
    actions.match_person(by=request.user, request=found, typed=typed, person=person, seen=seen)
    return HttpResponseRedirect(reverse("triage_request", args=[reference]) + f"#typed-{typed.place}")


def record_told(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Record how the referrer was told."""
    late = rules.telling_is_late(queries.triage_of(request.user, reference))
    said = "It is on record that they were told."
    return _about(
        request,
        reference,
        "record_told",
        forms.RecordToldForm,
        actions.record_told,
        said,
        context=lambda found: {"answers": answered(found)},
        form_kwargs={"late": late},
    )


def print_letter(request: HttpRequest, reference: str) -> HttpResponse:
    """A letter to somebody who does not sign in: what was decided, in the words they may read."""
    found = queries.triage_of(request.user, reference)
    refuse(rules.why_not_write_letter(request.user, found))
    exported(request.user, "front_door.letter_printed", family=found.family_id, subject=found)
    context = {"asked": found, "council": pack().authority, "today": clock.today()}
    return render(request, "front_door/print_letter.html", context)


def reopen_decision(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Decide again."""
    said = "The decision is reopened. What was decided before stays on record."
    return _about(request, reference, "reopen_decision", forms.ReopenDecisionForm, actions.reopen_decision, said)


def move_request(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Hand a request over to another area."""
    return _about(
        request,
        reference,
        "move_request",
        forms.MoveRequestForm,
        actions.move_request,
        "The request has moved. You can read it here for seven days.",
        then="view_request",
    )


@require_POST
def known_person(request: HttpRequest) -> HttpResponse:
    """While somebody types a person: is anybody like that known? A part of the page, for signed-in people only."""
    refuse(rules.why_not_look_while_typing(request.user))
    form = forms.KnownPersonForm(request.POST, prefix=f"person-{request.GET.get('row', '')}")
    form.is_valid()  # what is half typed is not judged: what cannot be read yet is left out
    typed = {name: form.cleaned_data.get(name) or "" for name in ("given_name", "family_name")}
    found = known.while_typing(
        request.user, **typed, born=form.cleaned_data.get("born"), postcode=request.POST.get("postcode", "")
    )
    return render(request, "front_door/known_person.html", {"candidates": found})
