"""What a manager is offered when they invite or appoint: only what they may give."""

from typing import Any

from hearth.foundation.accounts import queries, rules
from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.accounts.roles import ROLES

EVERYWHERE = "everywhere"


def roles_to_give(user: User, organisation: Organisation) -> list[tuple[str, str]]:
    """Roles that the user may give in the organisation, somewhere at least."""
    places = [None, *queries.areas()]
    return [
        (code, role.name)
        for code, role in ROLES.items()
        if any(rules.why_not_give(user, organisation, code, place) is None for place in places)
    ]


def areas_to_give(user: User) -> list[tuple[str, Any]]:
    """Areas the user may give roles in, districts under their locality; the whole authority where they reach it."""
    free = user.may("administer")
    areas = [area for area in queries.areas() if free or rules.reaches(user, area)]
    tops = {area.parent_id for area in areas if area.parent_id} | {area.id for area in areas if area.parent_id is None}
    groups: list[tuple[str, Any]] = []
    for top in sorted((area for area in queries.areas() if area.id in tops), key=lambda area: area.name):
        inside = [(area.code, area.name) for area in areas if area.parent_id == top.id]
        itself = [(top.code, f"All of {top.name}" if inside else top.name)] if top in areas else []
        groups.append((top.name, itself + inside))
    whole = [(EVERYWHERE, "The whole authority")] if free or rules.reaches(user, None) else []
    return whole + groups


def area_of(code: str) -> Any:
    """The area that was chosen; None for the whole authority."""
    return next((area for area in queries.areas() if area.code == code), None)
