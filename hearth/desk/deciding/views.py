"""The page on which a request is decided."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from hearth.casework.front_door.triage import known, queries, rules
from hearth.desk.deciding import actions
from hearth.desk.deciding.forms import DecideRequestForm
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.page import form_page
from hearth.intelligence.insight.involvement.queries import view_of_people


def _next(decided: Any) -> str:
    """Back to the request; on to asking social care, or to telling the agency: there the right to share is checked."""
    if decided.outcome == "step_up" and decided.case is not None:
        return reverse("request_step_up", args=[decided.case.reference])
    if decided.outcome == "single_agency":
        return reverse("pass_on_request", args=[decided.reference])
    return reverse("triage_request", args=[decided.reference])


def decide_request(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Decide a request, with the levels of need beside the choice."""
    found = queries.triage_of(request.user, reference)
    refuse(rules.why_not_triage(request.user, found))
    return form_page(
        request,
        "desk/decide_request.html",
        DecideRequestForm,
        do=lambda form: actions.decide_request(by=request.user, request=found, **form.decided()),
        then=_next,
        said=lambda decided: (
            "The request is decided."
            + (" The referrer can read the answer." if rules.can_be_asked(decided) else " Now tell whoever asked.")
            + {"step_up": " Now ask social care.", "single_agency": " Now tell the agency."}.get(decided.outcome, "")
        ),
        form_kwargs={"reader": request.user, "request": found, "late": rules.decision_is_late(found)},
        context={
            "asked": found,
            "levels": pack().levels,
            "unmatched": known.unmatched_of(request.user, found),
            "decided": not found.is_undecided,
            "family_view": partial(
                view_of_people, request.user, known.matched(queries.matches_of(found)), "front door"
            ),
        },
    )
