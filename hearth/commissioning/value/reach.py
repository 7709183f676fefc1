"""Who reads what something was worth, and who writes it: conditions that `visible_to` and the row policies share."""

from typing import Any

from django.db.models import Q

from hearth.records.money.reach import holds_whole, money_areas

READS, WRITES = "see_value", "value_contracts"


def reads_values(user: Any) -> bool:
    """Whether the user reads any value at all."""
    return bool(user.may(READS))


def reads(user: Any, prefix: str = "") -> Q:
    """Something of the user's districts; anything, for whoever reads values of the whole authority."""
    return Q() if holds_whole(user, READS) else Q(**{f"{prefix}area__one_of": money_areas(user, READS)})


def writes_in(user: Any, area: Any) -> bool:
    """Whether the user writes values of a district; of the whole authority, where it is none."""
    return holds_whole(user, WRITES) if area is None else bool(user.may(WRITES, area))


# The same for whoever reads, as row policies ask it.
def in_reach(permission: str, prefix: str = "") -> str:
    """A row whose district, or the whole authority, the reader holds a permission for."""
    return (
        f"(select hearth_money_whole(hearth_reader(), '{permission}'))"
        f" or {prefix}area_id = any((select hearth_money_areas(hearth_reader(), '{permission}'))::uuid[])"
    )
