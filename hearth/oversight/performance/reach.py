"""Who reads figures of performance, who types them and who sets a district's targets: as conditions, and the same in SQL."""

from typing import Any

from django.db.models import Q

SEES, TYPES, AIMS = "see_counts", "type_figures", "set_local_targets"


def sees(user: Any) -> Q:
    """Everything, for whoever sees counts: it names nobody."""
    return Q() if user.may(SEES) else Q(pk__in=[])


IN_SQL = f"(select hearth_holds(hearth_reader(), '{SEES}'))"
TYPES_IN_SQL = f"(select hearth_money_whole(hearth_reader(), '{TYPES}'))"
AIMS_IN_SQL = f"area_id = any((select hearth_areas(hearth_reader(), '{AIMS}'))::uuid[])"
AIMS_WHOLE_IN_SQL = f"(select hearth_money_whole(hearth_reader(), '{AIMS}'))"
