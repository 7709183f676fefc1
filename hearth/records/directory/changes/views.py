"""Pages of changes: a list, and one change seen side by side, to be approved, declined or taken back."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.records.directory import forms, rules
from hearth.records.directory.changes import actions, queries


def service_changes(request: HttpRequest) -> HttpResponse:
    """Changes that wait for a steward, or those that are over."""
    decided = request.GET.get("show") == "decided"
    context = {
        "page": queries.changes(request.user, decided=decided, page=request.GET.get("page")),
        "decided": decided,
        "is_steward": rules.why_not_steward(request.user) is None,
    }
    return render(request, "directory/service_changes.html", context)


def service_change(request: HttpRequest, reference: str) -> HttpResponse:
    """One change: what the entry says now beside what it would say."""
    found = queries.change_of(request.user, reference)
    beside = queries.beside(found)
    context = beside | {
        "change": found,
        "may_decide": rules.why_not_decide(request.user, found) is None,
        "may_take_back": rules.why_not_take_back(request.user, found) is None,
        "entry_moved_on": found.state == "waiting" and found.based_on != beside["version"],
    }
    return render(request, "directory/service_change.html", context)


def approve_service_change(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Publish what was sent."""
    found = queries.change_of(request.user, reference)
    refuse(rules.why_not_decide(request.user, found))
    beside = queries.beside(found)
    return form_page(
        request,
        "directory/approve_service_change.html",
        forms.ApproveServiceChangeForm,
        do=lambda form: actions.approve_service_change(by=request.user, change=found, **form.cleaned_data),
        then=lambda change: reverse("service_entry", args=[change.service.reference]),
        said="It is published. Whoever sent it is told.",
        initial={"version": beside["version"]},
        context=beside | {"change": found},
        draft=False,
    )


def decline_service_change(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Leave the entry as it is, with a reason."""
    found = queries.change_of(request.user, reference)
    refuse(rules.why_not_decide(request.user, found))
    return form_page(
        request,
        "directory/decline_service_change.html",
        forms.DeclineServiceChangeForm,
        do=lambda form: actions.decline_service_change(by=request.user, change=found, **form.cleaned_data),
        then=reverse("service_changes"),
        said="It is declined. Whoever sent it is told, and reads why.",
        context={"change": found},
    )


def take_back_service_change(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take a change back before it is decided."""
    found = queries.change_of(request.user, reference)
    refuse(rules.why_not_take_back(request.user, found))
    return form_page(
        request,
        "directory/take_back_service_change.html",
        forms.ConfirmServiceForm,
        do=lambda form: actions.take_back_service_change(by=request.user, change=found),
        then=reverse("service_changes"),
        said="It is taken back. The entry stays as it is.",
        context={"change": found},
        draft=False,
    )
