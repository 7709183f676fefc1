"""Which team may hold a case, and the sentence when none may."""

from typing import Any

from hearth.casework.cases.models import Case
from hearth.foundation.accounts.models import Area, Team
from hearth.foundation.core.refusals import Refusal


def works_there(team: Team, area: Area) -> bool:
    """Whether a team works in a district: in it, in the locality it lies in, or everywhere."""
    return team.area_id in (None, area.id, area.parent_id)


def why_not_hold(user: Any, case: Case) -> Refusal | None:
    """Saying which team holds a case: whoever allocates cases where it is, as it lets the team's managers in."""
    if not case.is_open:
        return Refusal("cases.closed", "This case is closed. Reopen it to give it to a team.")
    if not user.may("allocate_case", case.area):
        return Refusal(
            "cases.may_not_give",
            "Only a manager or the front door of the area can give a case to a team. Ask one of them.",
        )
    return None


def why_not_give_to_team(user: Any, case: Case, team: Team | None) -> Refusal | None:
    """Giving a case to a team of the authority that works in its district; None takes it back from the one that has it."""
    refusal = why_not_hold(user, case)
    if refusal is not None or team is None:
        return refusal
    if not team.organisation.is_authority:
        return Refusal(
            "cases.partners_team",
            "A team of another organisation cannot hold a case. Add its practitioners to the team around the family.",
        )
    if not works_there(team, case.area):
        return Refusal("cases.works_elsewhere", f"{team.name} does not work in {case.area.name}. Choose another team.")
    return None
