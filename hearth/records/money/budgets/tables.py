"""Budgets and purchases as tables that can be taken away, each with what its figures mean."""

from collections.abc import Callable
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.spreadsheet import Cell, Sheet
from hearth.records.money.budgets import queries
from hearth.records.money.purchases.queries import every_purchase, need_words
from hearth.records.money.tables import amount


def budgets(reader: Any, state: str) -> Sheet:
    """Each budget, and how much of it is left."""
    rows: list[list[Cell]] = [
        [
            row.name, row.area.name if row.area else "The whole authority", row.get_kind_display(), row.holder.full_name,
            amount(row.allocated), amount(row.committed), amount(row.paid), amount(row.available), row.reference,
        ]
        for row in queries.budgets(reader)
    ]  # fmt: skip
    return Sheet(
        "Budgets",
        "Pounds. Put in: what was delegated to the budget, less what was taken back. Committed: approved and not paid. Paid: less what came "
        f"back. Left: neither committed nor paid. As at {clock.today():%d/%m/%Y}.",
        ("Budget", "District", "Whose", "Who answers for it", "Put in", "Committed", "Paid", "Left", "Reference"),
        rows,
    )  # fmt: skip


def purchases(reader: Any, state: str) -> Sheet:
    """Each purchase that the reader may see. For whom it is stands nowhere in it."""
    rows: list[list[Cell]] = [
        [
            row.reference, row.what, need_words(row.need), row.supplier, row.budget.name, amount(row.pence),
            amount(row.paid_pence) if row.paid_pence else "", row.get_state_display(), row.asked_on.isoformat(), row.asked_by.full_name,
            "By rule" if row.by_rule else (row.decided_by.full_name if row.decided_by else ""),
        ]
        for row in every_purchase(reader, state)
    ]  # fmt: skip
    return Sheet(
        "Purchases",
        "Pounds. At most: what was asked for, and is committed from approval on. Paid: what the supplier was paid. A purchase is for one "
        f"family, which is not named here. As at {clock.today():%d/%m/%Y}.",
        ("Reference", "What", "Need", "From whom", "Budget", "At most", "Paid", "Where it is", "Asked on", "Asked by", "Approved by"),
        rows,
    )  # fmt: skip


TABLES: dict[str, Callable[[Any, str], Sheet]] = {"budgets": budgets, "purchases": purchases}
