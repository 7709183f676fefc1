"""Who reads a strategy, keeps it and says how its actions go: conditions that `visible_to` and the row policies share."""

from typing import Any

from django.db.models import Q

from hearth.oversight.governance.reach import in_area_sql

SEES, KEEPS = "see_strategy", "keep_strategy"


def sees(user: Any) -> Q:
    """Everything, for whoever sees strategies: what a board agreed to is for all of its districts."""
    return Q() if user.may(SEES) else Q(pk__in=[])


SEES_SQL = f"(select hearth_holds(hearth_reader(), '{SEES}'))"
KEEPS_SQL = in_area_sql(KEEPS)
