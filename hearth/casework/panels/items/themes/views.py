"""The page on which a theme is brought to a panel."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from hearth.casework.panels import queries as panels
from hearth.casework.panels.items.themes import actions, forms, queries, rules
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page


def bring_theme(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Bring a theme to a meeting of a panel; begun from a theme of unmet need, with what that says."""
    panel = panels.panel_of(request.user, reference)
    refuse(rules.why_not_bring_theme(request.user, panel))
    meetings = queries.meetings_to_bring_to(request.user, panel)
    worked = queries.themes_to_bring(request.user, panel)
    return form_page(
        request,
        "panels/bring_theme.html",
        forms.BringThemeForm,
        do=lambda form: actions.bring_theme(by=request.user, **form.cleaned_data),
        then=lambda item: reverse("panel_item", args=[item.reference]),
        said="It is on the list. Everybody who sits there can read it now; the list tells them of it.",
        form_kwargs={"meetings": meetings, "worked": worked},
        initial=_begun_from(request.GET.get("theme", ""), meetings, worked),
        context={"panel": panel, "kind_words": panels.kind_words, "meetings": meetings},
    )


def _begun_from(reference: str, meetings: list[Any], worked: list[Any]) -> dict[str, Any]:
    first = {"meeting": meetings[0].reference} if len(meetings) == 1 else {}
    theme = next((each for each in worked if each.reference == reference), None)
    if theme is None:
        return first
    return first | {"theme": theme.reference, "title": theme.title, "words": theme.analysis, "ask": "gap"}
