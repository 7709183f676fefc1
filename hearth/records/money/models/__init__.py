"""The ledger's tables, and those of budgets and purchases."""

from hearth.records.money.models.budgets import OPEN, Budget, BudgetKind, Purchase, PurchaseState, PurchaseWords
from hearth.records.money.models.ledger import Account, AccountKind, Entry, EntryKind, Fund, Line, Share

__all__ = [
    "OPEN",
    "Account",
    "AccountKind",
    "Budget",
    "BudgetKind",
    "Entry",
    "EntryKind",
    "Fund",
    "Line",
    "Purchase",
    "PurchaseState",
    "PurchaseWords",
    "Share",
]
