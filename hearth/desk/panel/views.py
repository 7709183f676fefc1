"""The list for the panel, and what the panel said."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.casework.cases.queries import case_of
from hearth.desk.panel import actions, forms, queries, rules
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page, render
from hearth.intelligence.insight.involvement.queries import family_view


def waiting_for_panel(request: HttpRequest) -> HttpResponse:
    """Families that wait for the panel, with their days."""
    refuse(rules.why_not_see_panel_list(request.user))
    page = queries.waiting_for_panel(request.user, request.GET.get("page"))
    context = {"page": page, "today": clock.today(), "panel": pack().words.panel}
    return render(request, "desk/panel/waiting_for_panel.html", context)


def record_panel(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say what the panel did with a family."""
    case = case_of(request.user, reference)
    refuse(rules.why_not_record_panel(request.user, case))
    return form_page(
        request,
        "desk/panel/record_panel.html",
        forms.RecordPanelForm,
        do=lambda form: actions.record_panel(by=request.user, case=case, **form.cleaned_data),
        then=reverse("waiting_for_panel"),
        said="It is on record.",
        context={"case": case, "family_view": partial(family_view, request.user, case.family, "panel")},
    )
