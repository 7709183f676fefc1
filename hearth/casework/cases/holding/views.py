"""The page that gives a case to a team."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from hearth.casework.cases.holding import actions, forms, queries
from hearth.casework.cases.queries import case_of
from hearth.foundation.core.seen import seen_of
from hearth.foundation.ui.page import form_page


def give_to_team(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Give the case to a team, or take it back."""
    case = case_of(request.user, reference)
    return form_page(
        request,
        "cases/give_to_team.html",
        forms.GiveToTeamForm,
        do=lambda form: actions.give_to_team(by=request.user, case=case, **form.cleaned_data),
        then=reverse("case", args=[reference]),
        said=lambda given: f"{given.team.name} holds the case now." if given.team else "No team holds the case now.",
        initial={"team": str(case.team_id) if case.team_id else "", "seen": seen_of(case.team_id)},
        form_kwargs={"teams": queries.who_might_hold(case)},
        context={"case": case, "family": case.family},
    )
