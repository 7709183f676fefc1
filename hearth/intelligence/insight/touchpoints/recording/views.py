"""Pages on which somebody records that a touchpoint happened, and takes that back."""

import uuid

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from hearth.foundation.core.text import lower_first
from hearth.foundation.ui.page import form_page
from hearth.intelligence.insight.touchpoints.recording import actions, forms, queries
from hearth.records.people.queries import family_of


def record_touchpoint(request: HttpRequest, reference: str, child: str, touchpoint: str) -> HttpResponseBase:
    """Record that a touchpoint of a child happened."""
    family = family_of(request.user, reference)
    queries.who_records(request.user)
    found, placed = queries.of_child(request.user, family, child, touchpoint)
    page = f"{reverse('family_pathway', args=[reference])}?child={child}"
    return form_page(
        request,
        "insight/record_touchpoint.html",
        forms.RecordTouchpointForm,
        do=lambda form: actions.record_touchpoint(
            by=request.user, family=family, person=found.person, touchpoint=touchpoint, **form.cleaned_data
        ),
        then=f"{page}#{touchpoint}",
        said=f"It is recorded: {lower_first(placed.touchpoint.label)}.",
        initial={"key": str(uuid.uuid4())},
        form_kwargs={
            "me": f"{request.user.full_name}, {request.user.organisation_name}",
            "usually": placed.touchpoint.who,
        },
        context={"family": family, "child": found, "placed": placed, "page": page},
    )


def withdraw_touchpoint(request: HttpRequest, reference: str, recorded: str) -> HttpResponseBase:
    """Take back a touchpoint that was recorded by mistake."""
    family = family_of(request.user, reference)
    found = queries.recorded_touchpoint_of(request.user, family, recorded)
    queries.who_takes_back(request.user, found)
    page = f"{reverse('family_pathway', args=[reference])}?child={found.person.reference}"
    return form_page(
        request,
        "insight/withdraw_touchpoint.html",
        forms.WithdrawTouchpointForm,
        do=lambda form: actions.withdraw_touchpoint(by=request.user, recorded=found, **form.cleaned_data),
        then=f"{page}#{found.touchpoint}",
        said="It is taken back, and kept with your reason.",
        context={
            "family": family,
            "recorded": found,
            "label": queries.label_of_touchpoint(found.touchpoint),
            "page": page,
        },
    )
