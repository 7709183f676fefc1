"""Who may read contracts: conditions that `visible_to` shares, and the same in SQL for the row policies."""

from typing import Any

from django.db.models import Expression, Q

from hearth.records.money.reach import holds_whole, money_areas
from hearth.records.people.reach import called

SEES, RUNS, SIGNS, CHECKS, DELIVERS = (
    "see_contracts", "run_contracts", "sign_contracts", "check_contracts", "deliver_contracts",
)  # fmt: skip


def contracts(user: Any, what: str = "see") -> Expression:
    """Contracts that the user may read ("see"), visit and verify ("check"), or delivers for their organisation ("deliver")."""
    return called("hearth_contracts", user, what)


def of_contract(user: Any, prefix: str = "contract", what: str = "see") -> Q:
    """Rows that hang from such a contract."""
    return Q(**{f"{prefix}__one_of": contracts(user, what)})


def reads_part(user: Any, prefix: str = "") -> Q:
    """Every part, for whoever sees all contracts or delivers this one; for a district's people what it bears, or all districts together."""
    of = of_contract(user, f"{prefix}contract")
    if holds_whole(user, SEES) or holds_whole(user, RUNS) or holds_whole(user, SIGNS):
        return of
    delivers = of_contract(user, f"{prefix}contract", "deliver")
    own = Q(**{f"{prefix}area__one_of": money_areas(user, SEES)}) | Q(**{f"{prefix}area": None})
    return delivers | of & own


def in_sql(what: str, column: str = "contract_id") -> str:
    """A row's contract is one of those, for whoever reads: as row policies ask it."""
    return f"{column} = any((select hearth_contracts(hearth_reader(), '{what}'))::uuid[])"


def whole(permission: str) -> str:
    """The reader holds a permission for the whole authority."""
    return f"(select hearth_money_whole(hearth_reader(), '{permission}'))"
