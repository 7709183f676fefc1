"""Give a case to a team of the authority, or take it back."""

from typing import Any

from hearth.casework.cases.actions import HELD, hold, open_to_team
from hearth.casework.cases.holding import rules
from hearth.casework.cases.models import Case
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.refusals import Conflict, refuse
from hearth.foundation.core.seen import seen_of
from hearth.records.people.access.actions import end_access

NOBODY = "No team"


@action
def give_to_team(*, by: Any, case: Case, team: Any, seen: str | None = None) -> Case:
    """Give the case to a team, whose managers may open the family from now; `team` None takes it back.

    `seen` is who held it as the page showed it.
    """
    hold(case)
    refuse(rules.why_not_give_to_team(by, case, team))
    key = getattr(team, "id", None)
    if seen and seen != seen_of(case.team_id) and case.team_id != key:
        raise Conflict({"Which team holds it": (_named(case.team), _named(team))})
    before = case.team
    record("cases.given_to_team", family=case.family_id, subject=case, team=key, before=getattr(before, "id", None))
    if before is not None and before != team:
        end_access(by=by, family=case.family, basis=case.id, why=HELD)
    Case.objects.filter(pk=case.pk).update(team=team)
    case.team = team
    open_to_team(by, case)
    return case


def _named(team: Any) -> str:
    return team.name if team is not None else NOBODY
