"""Pages for those who govern restricted records, and for the safeguarding desk."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from hearth.foundation.audit.looks import looked
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render, say
from hearth.records.people.restrictions import actions, forms, queries, rules


def restrictions(request: HttpRequest) -> HttpResponse:
    """Every restricted record, and those whose restriction was lifted."""
    found = queries.restrictions(request.user)
    lifted = queries.lifted_restrictions(request.user, request.GET.get("page"))
    looked(request.user, "people.restrictions_listed", family=None, count=len(found) + len(lifted.rows))
    return render(request, "people/restrictions.html", {"rows": found, "lifted": lifted})


def place_restriction(request: HttpRequest) -> HttpResponseBase:
    """Restrict a person or a family."""
    refuse(rules.why_not_govern(request.user))
    return form_page(
        request, "people/place_restriction.html", forms.PlaceRestrictionForm,
        do=lambda form: actions.place_restriction(by=request.user, **form.cleaned_data),
        then=lambda row: reverse("restriction", args=[queries.reference_of(request.user, row)]),
        said="The record is restricted. Nobody can open it until you name them.", draft=False,
        form_kwargs={"reader": request.user},
    )  # fmt: skip


def restriction(request: HttpRequest, reference: str) -> HttpResponse:
    """One restricted record: who is on its list, and who could open it before."""
    row, named = queries.restriction_of(request.user, reference)
    looked(request.user, "people.restriction_opened", family=row.family_id, subject=named)
    return render(
        request,
        "people/restriction.html",
        {
            "row": row,
            "named": named,
            "could_open": queries.could_open(request.user, row),
            "earlier": queries.lifted_before(request.user, row),
        },
    )


def grant_restricted_access(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Put a name on the list."""
    row, named = queries.restriction_of(request.user, reference)

    def grant(form: Any) -> Any:
        user = queries.user_by_email(form.cleaned_data.pop("email"))
        return actions.grant_restricted_access(
            by=request.user, restriction=row, reference=reference, user=user, **form.cleaned_data
        )

    return form_page(
        request, "people/grant_restricted_access.html", forms.GrantRestrictedAccessForm, do=grant,
        then=reverse("restriction", args=[reference]), said=lambda given: f"{given.user.full_name} is on the list.",
        initial={"email": request.GET.get("email", "")}, draft=False,
        context={"row": row, "named": named, "could_open": queries.could_open(request.user, row)},
    )  # fmt: skip


def end_restricted_access(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take a name off the list."""
    row, _named = queries.restriction_of(request.user, reference)
    if request.method != "POST":
        raise Http404
    user = queries.user_by_email(request.POST.get("email", ""))
    actions.end_restricted_access(by=request.user, restriction=row, reference=reference, user=user)
    say(request, f"{user.full_name} is no longer on the list.")
    return HttpResponseRedirect(reverse("restriction", args=[reference]))


def lift_restriction(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Open the record again."""
    row, named = queries.restriction_of(request.user, reference)
    return form_page(
        request, "people/lift_restriction.html", forms.LiftRestrictionForm,
        do=lambda form: actions.lift_restriction(
            by=request.user, restriction=row, reference=reference, reason=form.cleaned_data["reason"]
        ),
        then=reverse("restrictions"), said="The restriction is lifted.", context={"row": row, "named": named}, draft=False,
    )  # fmt: skip


def restricted_searches(request: HttpRequest) -> HttpResponse:
    """Who looked for restricted people."""
    page = queries.restricted_searches(request.user, request.GET.get("page"))
    looked(request.user, "people.restricted_searches_read", family=None, count=len(page.rows))
    return render(request, "people/restricted_searches.html", {"page": page})


def note_restricted_searches_seen(request: HttpRequest) -> HttpResponseBase:
    """Mark them as read."""
    refuse(rules.why_not_be_told(request.user))
    if request.method != "POST":
        raise Http404
    actions.note_restricted_searches_seen(by=request.user)
    say(request, "They are marked as read.")
    return HttpResponseRedirect(reverse("restricted_searches"))
