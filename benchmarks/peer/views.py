"""The peer's list of cases, and a view that returns a word."""

from typing import Any

from django import forms
from django.db.models import F
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hearth.casework.cases.models import Case, Stage
from hearth.desk.forms import DUE, WHOSE
from hearth.foundation.accounts.models import Team
from hearth.foundation.accounts.public import open_to_the_public
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.ui.navigation import offered_to
from hearth.foundation.ui.theme import theme

SIZE = 50
HEADINGS = (
    ("Family", "family"), ("Next", "due"), ("Lead practitioner", "lead"), ("Stage", ""), ("Last contact", "contact"),
    ("Children", ""),
)  # fmt: skip


class Filters(forms.Form):
    """The list's filters, drawn by Django's own widgets."""

    default_renderer = DjangoTemplates
    whose = forms.ChoiceField(label="Whose", choices=WHOSE, required=False)
    name = forms.CharField(label="Family name begins with", required=False, max_length=60)
    lead = forms.CharField(
        label="Lead practitioner", required=False, max_length=60, help_text="A name, or how it begins"
    )
    team = forms.ChoiceField(label="Held by", required=False)
    area = forms.ChoiceField(label="Area", required=False)
    stage = forms.ChoiceField(label="Stage", choices=[("", "Every open stage"), *Stage.choices], required=False)
    due = forms.ChoiceField(label="Due", choices=[("", "Any time"), *DUE], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [(team.pk, team.name) for team in Team.objects.filter(organisation__is_authority=True).order_by("name")]
        areas = pack().areas
        inside = [
            (
                top.name,
                [
                    (top.code, f"All of {top.name}"),
                    *((d.code, d.name) for d in areas.districts if d.locality == top.code),
                ],
            )
            for top in areas.localities
        ]
        alone = [(each.code, each.name) for each in areas.districts if each.locality is None]
        self.fields["team"].choices = [("", "Any team or none"), *teams, ("none", "No team")]  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", "Every area"), *alone, *inside]  # type: ignore[attr-defined]


def peer_list(request: HttpRequest) -> HttpResponse:
    """The first page of open cases that the reader may open, the next due first: one query with its joins, and one for the teams."""
    reader: Any = request.user
    cases = (
        Case.objects.visible_to(reader)
        .exclude(stage=Stage.CLOSED)
        .select_related("family", "area", "lead", "team")
        .order_by(F("next_due_on").asc(nulls_last=True), "id")
    )
    found = list(cases[: SIZE + 1])
    context = {
        "cases": found[:SIZE],
        "more": len(found) > SIZE,
        "form": Filters({"whose": "all"}),
        "headings": HEADINGS,
        "sort": "due",
        "today": clock.today(),
        "authority": pack().authority,
        "theme_version": theme()[1],
        "navigation": offered_to(reader, request),
        "nonce": getattr(request, "csp_nonce", ""),
    }
    return render(request, "peer/list.html", context, using="django")


@open_to_the_public
def word(request: HttpRequest) -> HttpResponse:
    """The least that a view can do."""
    return HttpResponse("word", content_type="text/plain")
