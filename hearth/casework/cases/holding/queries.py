"""Reads of the teams that hold cases."""

from functools import cache

from hearth.casework.cases.holding import rules
from hearth.casework.cases.models import Case
from hearth.foundation.accounts.models import Team
from hearth.foundation.core.statements import Statement


@cache
def _teams() -> Statement:
    ours = Team.objects.filter(organisation__is_authority=True).order_by("name")
    return Statement(ours.values_list("id", "name", named=True))


def teams_of_authority() -> list[tuple[str, str]]:
    """Every team of the authority: its key and name, by name. It stands on the list of cases, so it is planned once."""
    return [(str(team.id), team.name) for team in _teams().rows()]


def who_might_hold(case: Case) -> list[Team]:
    """The authority's teams that work in the case's district."""
    ours = Team.objects.filter(organisation__is_authority=True).select_related("organisation").order_by("name")
    return [team for team in ours if rules.works_there(team, case.area)]
