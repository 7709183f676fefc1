"""Reads of how contracts end: the reader first, always through visible_to."""

from typing import Any

from django.db import connection
from django.http import Http404

from hearth.commissioning.contracts.endings import rules
from hearth.commissioning.contracts.models import Contract, ContractState, Decommissioning, FamilyDestination
from hearth.commissioning.contracts.reach import RUNS

FEWEST = 5


def endings_of(reader: Any, contract: Contract) -> list[Decommissioning]:
    """What was asked and decided, the latest first."""
    rows = Decommissioning.objects.visible_to(reader).filter(contract=contract)
    return list(rows.select_related("asked_by", "decided_by").order_by("-asked_on", "-created_at", "id"))


def ending_of(reader: Any, reference: str) -> Decommissioning:
    """One, or a page that never says whether it exists."""
    rows = Decommissioning.objects.visible_to(reader).select_related(
        "contract__provider", "contract__manager", "asked_by"
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def destinations(reader: Any, contract: Contract) -> list[FamilyDestination]:
    """Where families of it go, of those whose plan the reader may read."""
    if contract.state != ContractState.DECOMMISSIONED:
        return []
    rows = FamilyDestination.objects.visible_to(reader).filter(contract=contract)
    return list(rows.select_related("family").order_by("written_on", "basis"))


def families_placed(contract: Contract) -> int:
    """For how many families a destination is written: a number alone, counted past what the reader may open."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth_families_moving(%s)", [contract.pk])
        (many,) = cursor.fetchone()
    return int(many)


def few(many: int, opened: int) -> str:
    """A number of families for somebody who may open so many of them: below five it is not told, but where they may open all."""
    return str(many) if many == 0 or many >= FEWEST or opened >= many else f"fewer than {FEWEST}"


def what_may(reader: Any, contract: Contract) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    return {
        "ask_to_decommission": rules.why_not_ask(reader, contract) is None,
        "place_family": bool(reader.may("work_case")) and rules.why_not_place(reader, contract) is None,
        "settle": rules.why_not_settle(reader, contract) is None,
        "decides": bool(reader.may(RUNS)),
    }
