"""A family asks for help: whom to ring if a child is in danger, the request in their own words, and its reference."""

import uuid

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import cache_control

from hearth.casework.front_door import rules
from hearth.doorstep import actions
from hearth.doorstep.forms import WAYS, FamilyRequestForm, FamilySignsForm
from hearth.foundation.accounts.public import open_to_the_public
from hearth.foundation.core.pack import pack
from hearth.foundation.ui.page import form_page, render

SIGNS, REFERENCE, WAY = "doorstep_signs", "doorstep_reference", "doorstep_way"
SHORT = 20 * 60  # seconds a visitor is remembered: another may use the same device next
private = cache_control(no_store=True, private=True)


def _words() -> dict[str, object]:
    authority = pack().authority
    return {"asker": rules.asker_of("family"), "safeguarding": authority.safeguarding, "council": authority}


def _keep_signs(request: HttpRequest, form: FamilySignsForm) -> list[str]:
    request.session.set_expiry(SHORT)
    request.session[SIGNS] = form.cleaned_data["signs"]
    request.session.pop(REFERENCE, None)
    return list(form.cleaned_data["signs"])


@open_to_the_public
@private
def ask_as_family(request: HttpRequest) -> HttpResponseBase:
    """Where a family begins: first, is a child in danger?"""
    if request.user.is_authenticated:  # somebody who signs in asks in their own name
        return HttpResponseRedirect(reverse("ask_for_help"))
    return form_page(
        request,
        "doorstep/ask_as_family.html",
        FamilySignsForm,
        draft=False,
        initial={"key": str(uuid.uuid4())},
        do=lambda form: _keep_signs(request, form),
        then=lambda signs: reverse("family_ring_now" if signs else "write_family_request"),
        context=_words(),
    )


@open_to_the_public
@private
def family_ring_now(request: HttpRequest) -> HttpResponse:
    """A sign of danger was ticked: whom to ring now."""
    return render(request, "doorstep/family_ring_now.html", _words())


@open_to_the_public
@private
def write_family_request(request: HttpRequest) -> HttpResponseBase:
    """The request in the family's own words. Nothing is kept here until it is sent.

    The tab keeps it (static/doorstep/typed.js), so that a reload loses nothing. Whoever writes for longer than
    they are remembered loses nothing either: the page carries what it was opened with.
    """
    begun = SIGNS in request.session or "signs" in request.POST
    if request.user.is_authenticated or not begun:
        return HttpResponseRedirect(reverse("ask_as_family"))
    came_from = get_adapter().get_client_ip(request)
    return form_page(
        request,
        "doorstep/write_family_request.html",
        FamilyRequestForm,
        draft=False,
        initial={"key": str(uuid.uuid4()), "signs": ",".join(request.session.get(SIGNS, []))},
        do=lambda form: (
            actions.write_family_request(
                by=actions.DOORSTEP,
                came_from=came_from,
                **form.said() | {"signs": request.session.get(SIGNS, form.cleaned_data["signs"])},
            ),
            form.way(),
        ),
        then=lambda sent: _sent(request, *sent),
        context=_words() | {"request_form": pack().request_form},
    )


def _sent(request: HttpRequest, reference: str, way: str) -> str:
    request.session.set_expiry(SHORT)
    request.session[REFERENCE], request.session[WAY] = reference, way
    return reverse("family_request_sent")


@open_to_the_public
@private
def family_request_sent(request: HttpRequest) -> HttpResponseBase:
    """The reference, and what happens next. Nothing that was typed is shown again."""
    reference = request.session.get(REFERENCE)
    if reference is None:
        return HttpResponseRedirect(reverse("ask_as_family"))
    *_, reached = WAYS.get(request.session.get(WAY, ""), ("",))
    return render(request, "doorstep/family_request_sent.html", _words() | {"reference": reference, "reached": reached})
