"""Pages about a case and the team around the family."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.casework.cases import actions, forms, queries
from hearth.foundation.audit.looks import looked
from hearth.foundation.core import clock
from hearth.foundation.core.seen import seen_of
from hearth.foundation.ui.page import form_page, render
from hearth.records.sharing import words
from hearth.records.sharing.queries import shared_with


def case(request: HttpRequest, reference: str) -> HttpResponse:
    """The case itself: how it stands, what is due, and how it ended."""
    found = queries.case_of(request.user, reference)
    looked(request.user, "cases.case_page_opened", family=found.family_id, subject=found)
    context = _about(request, found) | {"words": queries.words_of(found)}
    return render(request, "cases/case.html", context)


def team(request: HttpRequest, reference: str) -> HttpResponse:
    """The team around the family."""
    found = queries.case_of(request.user, reference)
    looked(request.user, "cases.team_opened", family=found.family_id, subject=found)
    context = {
        "team": queries.team_of(request.user, found),
        "left": queries.who_left(request.user, found),
        "role_words": queries.role_words,
    }
    return render(request, "cases/team.html", _about(request, found) | context)


def join_team(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add somebody who signs in to the team."""
    found = queries.case_of(request.user, reference)
    return form_page(
        request,
        "cases/join_team.html",
        forms.JoinTeamForm,
        do=lambda form: actions.join_team(by=request.user, case=found, **form.cleaned_data),
        then=reverse("team", args=[reference]),
        said=lambda member: f"{member.user.full_name} is in the team.{queries.what_they_read(member)}",
        form_kwargs={"reader": request.user},
        context=_about(request, found) | {"shared": shared_with(found.family), "sharing": words},
    )


def add_other_member(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add a member of the family, or somebody who does not sign in."""
    found = queries.case_of(request.user, reference)
    return form_page(
        request,
        "cases/add_other_member.html",
        forms.AddOtherMemberForm,
        do=lambda form: actions.add_other_member(by=request.user, case=found, **form.cleaned_data),
        then=reverse("team", args=[reference]),
        said=lambda member: f"{member.who} is in the team.",
        form_kwargs={"people": queries.people_of(request.user, found.family)},
        context=_about(request, found),
    )


def leave_team(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take somebody from the team."""
    found = queries.case_of(request.user, reference)
    members = queries.who_may_leave(request.user, found)
    return form_page(
        request,
        "cases/leave_team.html",
        forms.LeaveTeamForm,
        do=lambda form: actions.leave_team(by=request.user, case=found, **form.cleaned_data),
        then=lambda _: _after_leaving(request, reference),
        said="They are no longer in the team.",
        form_kwargs={"members": members},
        context=_about(request, found) | {"members": members},
    )


def name_lead(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Name or change the lead practitioner."""
    found = queries.case_of(request.user, reference)
    return form_page(
        request,
        "cases/name_lead.html",
        forms.NameLeadForm,
        do=lambda form: actions.name_lead(by=request.user, case=found, **form.cleaned_data),
        then=reverse("team", args=[reference]),
        said=lambda member: f"{member.user.full_name} leads now.",
        initial={"seen": seen_of(found.lead_id)},
        form_kwargs={"reader": request.user, "workers": queries.who_might_lead(request.user, found)},
        context=_about(request, found),
    )


def move_family(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Move the family and its case to another district."""
    found = queries.case_of(request.user, reference)
    return form_page(
        request,
        "cases/move_family.html",
        forms.MoveFamilyForm,
        do=lambda form: actions.move_family(by=request.user, case=found, **form.cleaned_data),
        then=reverse("case", args=[reference]),
        said=lambda case: f"The family is now in {case.area.name}.",
        form_kwargs={"areas": queries.districts(request.user, found)},
        context=_about(request, found),
    )


def _about(request: HttpRequest, found: Any) -> dict[str, Any]:
    return {
        "case": found,
        "family": found.family,
        "today": clock.today(),
        "may": queries.what_may(request.user, found),
    }


def _after_leaving(request: HttpRequest, reference: str) -> str:
    """The team's page; home for somebody who has just taken themselves from it and may not open it any more."""
    still = queries.may_open(request.user, reference)
    return reverse("team", args=[reference]) if still else reverse("home")
