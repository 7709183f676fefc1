"""Is this person known? A page of its own, and the part that forms ask for while somebody types."""

from django.http import HttpRequest, HttpResponse

from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import render
from hearth.records.sharing.look_up import rules
from hearth.records.sharing.look_up.forms import LookUpPeopleForm
from hearth.records.sharing.look_up.queries import look_up


def look_up_people(request: HttpRequest) -> HttpResponse:
    """Whether somebody is known. Names are sent in the body: an address would be kept in logs."""
    refuse(rules.why_not_look_up(request.user))
    asked = request.method == "POST"
    form = LookUpPeopleForm(request.POST if asked else None)
    found = look_up(request.user, **form.typed()) if asked else []
    family = request.GET.get("family", "")
    return render(
        request,
        "sharing/look_up_people.html",
        {"form": form, "found": found, "asked": asked, "family": family},
        partial="found",
    )
