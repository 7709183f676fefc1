"""Reads of the teams that hold cases."""

from functools import cache

from hearth.casework.cases.holding import rules
from hearth.casework.cases.models import Case
from hearth.foundation.accounts.models import Team
from hearth.foundation.core.remembered import Remembered
from hearth.foundation.core.statements import Statement


@cache
def _statement() -> Statement:
    ours = Team.objects.filter(organisation__is_authority=True).order_by("name")
    return Statement(ours.values_list("id", "name", named=True))


@Remembered
def _teams() -> list[tuple[str, str]]:
    return [(str(team.id), team.name) for team in _statement().rows()]


def teams_of_authority(chosen: str = "") -> list[tuple[str, str]]:
    """Every team of the authority: its key and name, by name. It stands on the list of cases, so it is remembered.

    A team of the last half minute may not be among them, unless it was `chosen`.
    """
    teams = _teams()
    return teams if not chosen or any(chosen == key for key, _ in teams) else _teams.again()


def who_might_hold(case: Case) -> list[Team]:
    """The authority's teams that work in the case's district."""
    ours = Team.objects.filter(organisation__is_authority=True).select_related("organisation").order_by("name")
    return [team for team in ours if rules.works_there(team, case.area)]
