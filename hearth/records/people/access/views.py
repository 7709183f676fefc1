"""Who can open a family and why; who looked at it."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.foundation.audit.looks import looked
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.records.people.access import queries, rules
from hearth.records.people.access.forms import FindTrailForm, LooksForm
from hearth.records.people.queries import family_of


def who_can_open(request: HttpRequest, reference: str) -> HttpResponse:
    """Everybody who can open the family, and by what."""
    family = family_of(request.user, reference)
    refuse(rules.why_not_see_who_can_open(request.user, family))
    looked(request.user, "people.who_can_open_read", family=family, subject=family)
    named, held = queries.openers(request.user, family)
    context = {
        "family": family,
        "named": named,
        "held": held,
        "may_see_trail": rules.why_not_see_who_looked(request.user) is None,
    }
    return render(request, "people/who_can_open.html", context)


def who_looked(request: HttpRequest, reference: str) -> HttpResponse:
    """The trail of the family."""
    refuse(rules.why_not_see_who_looked(request.user))
    family, form = queries.audited(request.user, reference), LooksForm(request.GET)
    looked(request.user, "people.trail_read", family=family, subject=family)
    page = queries.who_looked(request.user, family, form.wanted(), request.GET.get("page"))
    return render(
        request,
        "people/who_looked.html",
        {"family": family, "form": form, "page": page, "words": queries.verb_words},
        partial="results",
    )


def find_trail(request: HttpRequest) -> HttpResponseBase:
    """The way to a family's trail for whoever opens no family: by its reference."""
    refuse(rules.why_not_see_who_looked(request.user))
    return form_page(
        request,
        "people/find_trail.html",
        FindTrailForm,
        do=lambda form: queries.trail_of(request.user, form.cleaned_data["reference"]),
        then=lambda family: reverse("who_looked", args=[family.reference]),
        draft=False,
    )
