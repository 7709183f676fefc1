"""Who may read what is meant to be bought: conditions that `visible_to` shares, and the same in SQL for the row policies."""

from typing import Any

from django.db.models import Q

from hearth.casework.panels.unmet.reach import theme_areas
from hearth.records.people.reach import areas

SEES, WRITES, PANELS = "see_intentions", "write_intentions", "see_panels"
TOLD = ("agreed", "bought")  # states in which panels of the district are told of it


def sees(user: Any, prefix: str = "") -> Q:
    """Of a district in which the user sees intentions; those of the whole authority, for whoever sees any."""
    whole = Q(**{f"{prefix}area": None}) if user.may(SEES) else Q(pk__in=[])
    return whole | Q(**{f"{prefix}area__one_of": theme_areas(user, SEES)})


def sees_amount(user: Any, prefix: str = "") -> Q:
    """The same for the authority's own people alone: what may be paid is no partner's to know before it is asked for."""
    own = user.may(SEES) and user.organisation.is_authority
    whole = Q(**{f"{prefix}area": None}) if own else Q(pk__in=[])
    return whole | Q(**{f"{prefix}area__one_of": areas(user, SEES)})


def is_told(user: Any) -> Q:
    """What is agreed or bought, for whoever brings something to a panel of the district."""
    whole = Q(area=None) if user.may(PANELS) else Q(pk__in=[])
    return Q(state__in=TOLD) & (whole | Q(area__one_of=theme_areas(user, PANELS)))


def _held(permission: str, column: str) -> str:
    return f"{column} = any((select hearth_theme_areas(hearth_reader(), '{permission}'))::uuid[])"


def of_area(permission: str, column: str = "area_id") -> str:
    """In SQL: of a district in which the reader holds it; of the whole authority, for whoever holds it anywhere."""
    return f"(({column} is null and (select hearth_holds(hearth_reader(), '{permission}'))) or {_held(permission, column)})"


def over_area(permission: str, column: str = "area_id") -> str:
    """In SQL: of a district in which the reader holds it; of the whole authority, for whoever holds it for all of it."""
    return f"(({column} is null and (select hearth_money_whole(hearth_reader(), '{permission}'))) or {_held(permission, column)})"


OWN_AREAS = f"(select hearth_areas(hearth_reader(), '{SEES}'))::uuid[]"


def of_own_people(column: str) -> str:
    """In SQL: the same as `sees_amount`."""
    return f"({column} = any({OWN_AREAS}) or ({column} is null and cardinality({OWN_AREAS}) > 0))"
