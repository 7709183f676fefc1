"""Who may read the ledger, and which part of it: conditions that `visible_to` and the row policies share."""

from typing import Any

from django.db.models import Expression, Q

from hearth.foundation.accounts.roles import permissions_of
from hearth.records.people.reach import called

SEES, KEEPS = "see_ledger", "keep_ledger"


def money_areas(user: Any, permission: str = SEES) -> Expression:
    """Districts in which the user holds the permission, a partner's people too: what is read there names nobody."""
    return called("hearth_money_areas", user, permission)


def sees_whole(user: Any) -> bool:
    """Whether the user sees the whole ledger: the permission, held for no one district."""
    return holds_whole(user, SEES)


def holds_whole(user: Any, permission: str) -> bool:
    """Whether the user holds a permission for the whole authority."""
    held = user.appointments_now() if user.is_active else []
    return any(one.area_id is None and permission in permissions_of(one.role) for one in held)


def sees_money(user: Any) -> bool:
    """Whether the user sees anything of the ledger."""
    return bool(user.may(SEES))


def reads_share(user: Any) -> Q:
    """A share of the user's districts; any, for whoever sees the whole ledger."""
    return Q() if sees_whole(user) else Q(area__one_of=money_areas(user))


def reads_account(user: Any, shares: Any) -> Q:
    """An account of a share that the user reads; a source's own, for whoever sees the whole ledger."""
    return Q() if sees_whole(user) else Q(share__in=shares.values("pk"))


# The same for whoever reads, as row policies ask it.
WHOLE = f"(select hearth_money_whole(hearth_reader(), '{SEES}'))"
KEEPS_WHOLE = f"(select hearth_money_whole(hearth_reader(), '{KEEPS}'))"
IN_AREA = f"{{column}} = any((select hearth_money_areas(hearth_reader(), '{SEES}'))::uuid[])"
