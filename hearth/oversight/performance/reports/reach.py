"""Who reads reports, who writes, approves and publishes them: as conditions, and the same in SQL."""

from typing import Any

from django.db.models import Q

from hearth.oversight.performance.reach import SEES
from hearth.records.money.reach import holds_whole
from hearth.records.people.reach import areas

WRITES, APPROVES, PUBLISHES = "write_reports", "approve_reports", "publish_reports"
ALL = (WRITES, APPROVES, PUBLISHES)


def works(user: Any, permission: str, prefix: str = "") -> Q:
    """Reports of the user's districts, and the authority's own for whoever holds the permission for all of it."""
    found = Q(**{f"{prefix}area__one_of": areas(user, permission)})
    if user.organisation.is_authority and holds_whole(user, permission):
        found |= Q(**{f"{prefix}area": None})
    return found


def reads(user: Any, prefix: str = "") -> Q:
    """What one works on; and what is approved, for whoever sees counts."""
    found = Q(pk__in=[])
    for permission in ALL:
        if user.may(permission):
            found |= works(user, permission, prefix)
    return found | Q(**{f"{prefix}state": "approved"}) if user.may(SEES) else found


def works_in_sql(permission: str, area: str = "area_id") -> str:
    """The same of one permission."""
    return (
        f"({area} = any((select hearth_areas(hearth_reader(), '{permission}'))::uuid[]) or ({area} is null"
        f" and (select hearth_money_whole(hearth_reader(), '{permission}')) and (select hearth_of_authority(hearth_reader()))))"
    )


def any_in_sql(area: str = "area_id") -> str:
    """Whoever writes, approves or publishes there."""
    return "(" + " or ".join(works_in_sql(permission, area) for permission in ALL) + ")"


def reads_in_sql() -> str:
    """Whoever reads a report, in SQL."""
    return f"({any_in_sql()} or (state = 'approved' and (select hearth_holds(hearth_reader(), '{SEES}'))))"
