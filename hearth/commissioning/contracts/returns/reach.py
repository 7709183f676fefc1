"""Who may read returns, their lists and what came of them: conditions that `visible_to` shares, and the same in SQL for the row policies."""

from typing import Any

from django.db.models import Q

from hearth.commissioning.contracts.reach import in_sql, of_contract

GOVERNS = "govern_retention"  # information governance, who answers and erases


def reads_return(user: Any, prefix: str = "") -> Q:
    """Of contracts that one's organisation delivers, for whoever does so for it; the authority's own people, those that they read."""
    delivers = of_contract(user, f"{prefix}contract", "deliver")
    return delivers | of_contract(user, f"{prefix}contract") if user.organisation.is_authority else delivers


def reads_checks(user: Any, prefix: str = "") -> Q:
    """The authority's own people, of contracts that they read."""
    return of_contract(user, f"{prefix}contract") if user.organisation.is_authority else Q(pk__in=[])


def reads_names(user: Any, prefix: str = "") -> Q:
    """Names on a list: whoever delivers the contract for the provider; every one, for information governance."""
    return Q() if user.may(GOVERNS) else of_contract(user, f"{prefix}contract", "deliver")


OWN_PEOPLE = "(select hearth_of_authority(hearth_reader()))"
DELIVERS, CHECKS, SEES = in_sql("deliver"), in_sql("check"), in_sql("see")
READS = f"({DELIVERS} or ({OWN_PEOPLE} and {SEES}))"
