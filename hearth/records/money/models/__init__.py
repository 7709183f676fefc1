"""The ledger's tables."""

from hearth.records.money.models.ledger import Account, AccountKind, Entry, EntryKind, Fund, Line, Share

__all__ = ["Account", "AccountKind", "Entry", "EntryKind", "Fund", "Line", "Share"]
