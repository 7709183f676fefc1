"""People who sign in: the list, one of them, inviting, roles; and finding a name from any page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from hearth.foundation.accounts import actions, queries, rules
from hearth.foundation.accounts.forms import (
    AddOrganisationForm,
    AddTeamForm,
    AppointPersonForm,
    ChooseOrganisationForm,
    ColleaguesForm,
    EndAppointmentForm,
    InvitePersonForm,
)
from hearth.foundation.accounts.roles import HELD_BY_PARTNERS, PERMISSIONS, ROLES
from hearth.foundation.accounts.sign_in.links import last_sent_to, waiting_for
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.errors import wants_json
from hearth.foundation.ui.page import form_page, render, say


def colleagues(request: HttpRequest) -> HttpResponseBase:
    """People of my organisation; of every organisation, for an administrator."""
    reader: Any = request.user
    filters = ColleaguesForm(request.GET, reader=reader)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    page = queries.colleagues(
        reader,
        chosen.get("words", ""),
        chosen.get("organisation", ""),
        bool(chosen.get("closed")),
        request.GET.get("page"),
    )
    context = {
        "page": page,
        "filters": filters,
        "invites": reader.may("invite_people"),
        "waiting": waiting_for(list(page.rows)),
    }
    return render(request, "accounts/colleagues.html", context)


def colleague(request: HttpRequest, reference: str) -> HttpResponseBase:
    """One person who signs in, and what may be done about their account."""
    reader: Any = request.user
    person = queries.colleague(reader, reference)
    roles = queries.roles_of(person)
    return render(request, "accounts/colleague.html", {
        "person": person, "roles": roles, "joining": bool(waiting_for([person])),
        "may_appoint": rules.why_not_look_after(reader, person.organisation) is None and reader.id != person.id,
        "may_end": any(rules.why_not_end_appointment(reader, one) is None for one in roles),
        "may_close": rules.why_not_close_account(reader, person) is None,
        "may_open": rules.why_not_open_account(reader, person) is None,
        "may_send": (may_send := rules.why_not_send_link(reader, person) is None),
        "link": last_sent_to(person) if may_send else None,
    })  # fmt: skip


def invite_person(request: HttpRequest) -> HttpResponseBase:
    """Invite somebody: their name, their address, and a role."""
    reader: Any = request.user
    organisation = reader.organisation
    if reader.may("administer"):
        organisation = queries.organisation_by(request.GET.get("organisation", ""))
        if organisation is None:
            return _choose_organisation(request)
    refuse(rules.why_not_look_after(reader, organisation))
    return form_page(
        request,
        "accounts/invite_person.html",
        InvitePersonForm,
        form_kwargs={"by": reader, "organisation": organisation},
        do=lambda form: actions.invite_person(by=reader, organisation=organisation, **form.cleaned_data),
        then=lambda person: reverse("colleague", args=[person.reference]),
        context={"organisation": organisation},
        said=lambda person: f"{person.full_name} is invited. The link in the e-mail works for 7 days.",
    )


def _choose_organisation(request: HttpRequest) -> HttpResponseBase:
    form = ChooseOrganisationForm(request.GET if "organisation" in request.GET else None)
    return render(request, "accounts/choose_organisation.html", {"form": form})


def appoint_person(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Give somebody another role."""
    reader: Any = request.user
    person = queries.colleague(reader, reference)
    refuse(rules.why_not_look_after(reader, person.organisation) or (rules.SELF if reader.id == person.id else None))
    return form_page(
        request,
        "accounts/appoint_person.html",
        AppointPersonForm,
        form_kwargs={"by": reader, "organisation": person.organisation},
        do=lambda form: actions.appoint_person(by=reader, person=person, **form.cleaned_data),
        then=reverse("colleague", args=[reference]),
        said="The role is given. They will be asked to sign in again.",
        context={"person": person},
    )


def end_appointment(request: HttpRequest, reference: str) -> HttpResponseBase:
    """End one of somebody's roles."""
    reader: Any = request.user
    person = queries.colleague(reader, reference)
    refuse(rules.why_not_look_after(reader, person.organisation))
    held = [one for one in queries.roles_of(person) if rules.why_not_end_appointment(reader, one) is None]
    return form_page(
        request,
        "accounts/end_appointment.html",
        EndAppointmentForm,
        form_kwargs={"held": held},
        do=lambda form: actions.end_appointment(by=reader, **form.cleaned_data),
        then=reverse("colleague", args=[reference]),
        said="The role has ended. They have been signed out.",
        context={"person": person, "held": held},
    )


def close_account(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Close somebody's account: asked first, because everything of theirs ends with it."""
    reader: Any = request.user
    person = queries.colleague(reader, reference)
    refuse(rules.why_not_close_account(reader, person))
    if request.method != "POST":
        return render(request, "accounts/close_account.html", {"person": person})
    actions.close_account(by=reader, person=person)
    say(request, f"The account of {person.full_name} is closed. They have been signed out everywhere.")
    return HttpResponseRedirect(reverse("colleague", args=[reference]))


def _for_a_button(request: HttpRequest, reference: str) -> Any:
    """The colleague whose page a button is on; an address without a page of its own is not there when it is typed."""
    person = queries.colleague(request.user, reference)
    if request.method != "POST":
        raise Http404
    return person


def open_account(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Open a closed account again."""
    reader: Any = request.user
    person = _for_a_button(request, reference)
    actions.open_account(by=reader, person=person)
    say(request, "The account is open. Give them a role now: without one they see nothing.")
    return HttpResponseRedirect(reverse("appoint_person", args=[reference]))


def send_link(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Send somebody a new link to come in with."""
    reader: Any = request.user
    person = _for_a_button(request, reference)
    actions.send_link(by=reader, person=person)
    say(request, "A new link is on its way to their e-mail address. Links sent before do not work any more.")
    return HttpResponseRedirect(reverse("colleague", args=[reference]))


def begin_second_step_again(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Let somebody who lost their telephone set up again."""
    reader: Any = request.user
    person = _for_a_button(request, reference)
    actions.begin_second_step_again(by=reader, person=person)
    say(
        request,
        "A link is on its way to their e-mail address. With it they choose a password and set up again.",
    )
    return HttpResponseRedirect(reverse("colleague", args=[reference]))


def organisations(request: HttpRequest) -> HttpResponseBase:
    """Every agency whose people may be invited."""
    refuse(rules.why_not_administer(request.user))
    return render(
        request,
        "accounts/organisations.html",
        {"organisations": queries.organisations_counted(), "sector_of": queries.sector_of},
    )


def add_organisation(request: HttpRequest) -> HttpResponseBase:
    """Add an agency."""
    reader: Any = request.user
    refuse(rules.why_not_administer(reader))
    return form_page(
        request,
        "accounts/add_organisation.html",
        AddOrganisationForm,
        then=reverse("organisations"),
        do=lambda form: actions.add_organisation(by=reader, **form.cleaned_data),
        said=lambda organisation: f"{organisation.name} is added. Invite its manager next.",
    )


def add_team(request: HttpRequest) -> HttpResponseBase:
    """Add a team to my organisation."""
    reader: Any = request.user
    refuse(rules.why_not_look_after(reader, reader.organisation))
    return form_page(
        request,
        "accounts/add_team.html",
        AddTeamForm,
        then=reverse("colleagues"),
        form_kwargs={"by": reader},
        do=lambda form: actions.add_team(by=reader, organisation=reader.organisation, **form.cleaned_data),
        said=lambda team: f"{team.name} is added. You can put people in it now.",
        context={"teams": queries.teams_of(reader.organisation)},
    )


def roles_page(request: HttpRequest) -> HttpResponseBase:
    """What each role may do, from the one list that decides it."""
    return render(
        request, "accounts/roles_page.html", {"roles": ROLES, "permissions": PERMISSIONS, "partners": HELD_BY_PARTNERS}
    )


def people_picker(request: HttpRequest) -> HttpResponseBase:
    """Find somebody to work with, by name: for a script as one types, and as a page for everybody."""
    words, permission = request.GET.get("words", "")[:100], request.GET.get("permission") or None
    if permission is not None and permission not in PERMISSIONS:
        permission = None
    found = queries.find_people(request.user, words, permission)
    if wants_json(request):
        return JsonResponse(
            {
                "people": [
                    {
                        "text": queries.picked_text(one),
                        "name": one.full_name,
                        "reference": one.reference,
                        "detail": queries.detail_of(one),
                    }
                    for one in found
                ]
            }
        )
    return render(
        request,
        "accounts/people_picker.html",
        {"words": words, "permission": permission, "found": found, "detail_of": queries.detail_of},
    )
