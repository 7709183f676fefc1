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


def held(user: Any) -> Expression:
    """Budgets that the user holds today."""
    return called("hearth_money_held", user, "budget")


def reads_account(user: Any, shares: Any) -> Q:
    """An account of a share that the user reads, or of a budget that they hold; a source's own, for whoever sees the whole ledger."""
    return Q() if sees_whole(user) else Q(share__in=shares.values("pk")) | Q(budget__one_of=held(user))


def reads_budget(user: Any) -> Q:
    """A budget with what is in it: one's own, or one of the ledger that the user sees."""
    return Q() if sees_whole(user) else Q(holder=user) | Q(area__one_of=money_areas(user))


def asks_of_budget(user: Any) -> Q:
    """A budget from which the user may ask: their own, or one of a district in which they work with families."""
    return Q(holder=user) | Q(kind="district", area__one_of=money_areas(user, "work_case"))


def reads_purchase(user: Any, words: Any) -> Q:
    """A purchase that the user asked for, whose budget they hold, or whose family's plan they may read; any, for the ledger's keeper."""
    if holds_whole(user, KEEPS):
        return Q()
    return Q(asked_by=user) | Q(budget__one_of=held(user)) | Q(pk__in=words.values("purchase_id"))


# The same for whoever reads, as row policies ask it.
WHOLE = f"(select hearth_money_whole(hearth_reader(), '{SEES}'))"
KEEPS_WHOLE = f"(select hearth_money_whole(hearth_reader(), '{KEEPS}'))"
IN_AREA = f"{{column}} = any((select hearth_money_areas(hearth_reader(), '{SEES}'))::uuid[])"
