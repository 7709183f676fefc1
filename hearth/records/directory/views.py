"""Pages on which entries of the directory are kept: a list, one entry, and what may be done with it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.records.directory import actions, forms, queries, rules, words
from hearth.records.directory.changes import queries as changes
from hearth.records.directory.changes.actions import send_service_change
from hearth.records.directory.entries import EMPTY, entry_of

SENT = "It is sent to a steward of the directory. Until they approve it, the entry stays as it is."
PUBLISHED = "It is published."


def directory(request: HttpRequest) -> HttpResponse:
    """The entries that the reader looks after, those that want confirming first."""
    form = forms.DirectoryForm(request.GET or None)
    form.is_valid()
    asked = {name: value for name, value in getattr(form, "cleaned_data", {}).items() if value}
    context = {
        "form": form,
        "page": queries.entries(request.user, page=request.GET.get("page"), **asked),
        "counts": queries.counts(request.user),
        "waiting": changes.waiting(request.user),
        "is_steward": rules.why_not_steward(request.user) is None,
        "places_words": words.places_words,
    }
    return render(request, "directory/directory.html", context, partial="results")


def service_entry(request: HttpRequest, reference: str) -> HttpResponse:
    """One entry, as everybody may read it; with what the reader may do."""
    found = queries.service_of(request.user, reference)
    may_edit = rules.why_not_edit_service(request.user, found) is None
    context = {
        "service": found,
        "lines": [line for line in words.lines(entry_of(found))[1:] if line[1]],
        "places": words.places_words(found),
        "freshness": words.freshness(found),
        "may_edit": may_edit,
        "unplaced": words.unplaced_words(queries.unplaced(entry_of(found))) if may_edit else "",
        "sees_entries": rules.why_not_see_entries(request.user) is None,
        "waiting": changes.waiting_change(request.user, found) if may_edit else None,
    }
    return render(request, "directory/service_entry.html", context)


def add_service(request: HttpRequest) -> HttpResponseBase:
    """A new entry: published if a steward writes it, and sent to one otherwise."""
    refuse(rules.why_not_see_entries(request.user))
    organisations = queries.organisations_to_edit(request.user)
    return form_page(
        request,
        "directory/add_service.html",
        forms.AddServiceForm,
        do=lambda form: _write(request, form, form.cleaned_data["organisation"], None),
        then=_then,
        said=_said(request),
        initial=forms.as_typed(EMPTY, 0),
        form_kwargs={"organisations": organisations},
        context=_around(request, None) | {"nobody": not organisations},
    )


def change_service(request: HttpRequest, reference: str) -> HttpResponseBase:
    """What an entry should say: published if a steward writes it, and sent to one otherwise."""
    found = queries.service_of(request.user, reference)
    refuse(rules.why_not_edit_service(request.user, found))
    refuse(rules.why_not_another_change(changes.waiting_change(request.user, found)))
    entry = entry_of(found)
    return form_page(
        request,
        "directory/change_service.html",
        forms.ChangeServiceForm,
        do=lambda form: _write(request, form, found.organisation, found),
        then=_then,
        said=_said(request),
        initial=forms.as_typed(entry, found.version),
        form_kwargs={"entry": entry},
        context=_around(request, found),
    )


def _write(request: HttpRequest, form: Any, organisation: Any, service: Any) -> Any:
    told = {
        "organisation": organisation,
        "service": service,
        "entry": form.entry(),
        "version": form.cleaned_data["version"],
    }
    if rules.why_not_steward(request.user) is None:
        return actions.write_service(by=request.user, **told)
    return send_service_change(by=request.user, **told)


def _then(written: Any) -> str:
    name = "service_change" if hasattr(written, "sent_by") else "service_entry"
    return reverse(name, args=[written.reference])


def _said(request: HttpRequest) -> Callable[[Any], str]:
    done = PUBLISHED if rules.why_not_steward(request.user) is None else SENT
    return lambda written: " ".join(
        filter(None, (done, words.unplaced_words(queries.unplaced(queries.located(_entry_in(written))))))
    )


def _entry_in(written: Any) -> Any:
    return EMPTY | written.entry if hasattr(written, "sent_by") else entry_of(written)


def _around(request: HttpRequest, service: Any) -> dict[str, Any]:
    return {
        "service": service,
        "is_steward": rules.why_not_steward(request.user) is None,
        "times": range(1, forms.TIMES + 1),
        "more_places": len(service.at_locations.all()) - 1 if service else 0,
    }


def confirm_service(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say that an entry is still right."""
    found = queries.service_of(request.user, reference)
    refuse(rules.why_not_confirm(request.user, found))
    return form_page(
        request,
        "directory/confirm_service.html",
        forms.ConfirmServiceForm,
        do=lambda form: actions.confirm_service(by=request.user, service=found),
        then=reverse("directory"),
        said=lambda service: f"Thank you. {service.name} is confirmed.",
        context={"service": found, "lines": [line for line in words.lines(entry_of(found))[1:] if line[1]]},
        draft=False,
    )


def say_places(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say whether there are places now."""
    found = queries.service_of(request.user, reference)
    refuse(rules.why_not_edit_service(request.user, found))
    return form_page(
        request,
        "directory/say_places.html",
        forms.SayPlacesForm,
        do=lambda form: actions.say_places(by=request.user, service=found, **form.cleaned_data),
        then=reverse("service_entry", args=[reference]),
        said="Thank you. It is shown at once.",
        initial={"places": found.places, "waiting_weeks": found.waiting_weeks},
        context={"service": found},
    )


def list_organisation(request: HttpRequest) -> HttpResponseBase:
    """List an organisation, so that it can have entries."""
    refuse(rules.why_not_steward(request.user))
    return form_page(
        request,
        "directory/list_organisation.html",
        forms.ListOrganisationForm,
        do=lambda form: actions.list_organisation(by=request.user, **form.cleaned_data),
        then=reverse("add_service"),
        said=lambda listed: f"{listed.name} is listed. Add what it offers.",
        form_kwargs={"agencies": queries.agencies_to_list()},
    )


def listed_organisations(request: HttpRequest) -> HttpResponse:
    """Organisations as they are listed."""
    context = {"page": queries.listed_organisations(request.user, request.GET.get("page"))}
    return render(request, "directory/listed_organisations.html", context)


def change_organisation(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """What an organisation is listed as, and whose people keep its entries."""
    found = queries.organisation_of(request.user, key)
    refuse(rules.why_not_change_organisation(request.user, found, None))
    return form_page(
        request,
        "directory/change_organisation.html",
        forms.ChangeOrganisationForm,
        do=lambda form: actions.change_organisation(by=request.user, organisation=found, **form.cleaned_data),
        then=reverse("listed_organisations"),
        said=lambda listed: f"{listed.name} is changed.",
        initial=queries.organisation_as_typed(found),
        form_kwargs={"agencies": queries.agencies_to_list(found)},
        context={"organisation": found},
    )
