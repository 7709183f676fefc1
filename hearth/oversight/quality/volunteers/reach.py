"""Who reads volunteers and whom they help, as conditions: `visible_to` and the row policies ask them alike."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from hearth.records.people.models import Family
from hearth.records.people.reach import areas, kept_from

COORDINATES, APPROVES = "coordinate_volunteers", "approve_volunteers"


def reads_volunteers(user: Any, to_area: str = "area") -> Q:
    """Where the user coordinates or approves volunteers."""
    return Q(**{f"{to_area}__one_of": areas(user, COORDINATES)}) | Q(**{f"{to_area}__one_of": areas(user, APPROVES)})


def reads_helping(user: Any, start: str = "") -> Q:
    """Whoever may open the family; and coordinators of the district, unless the family is restricted to others."""
    coordinates = Q(**{f"{start}area__one_of": areas(user, COORDINATES)})
    # Asked as a row of its own: a join would leave out every family that a coordinator does not open.
    opens = Exists(Family.objects.visible_to(user).filter(pk=OuterRef(f"{start}family_id")))
    return Q(opens) | (coordinates & ~Q(**{f"{start}family__one_of": kept_from(user)}))
