"""The room's tables: valuations with their outcomes and assumptions, investments with their care days, versions of both, and the index."""

from hearth.commissioning.value.models.investments import CareDays, Investment
from hearth.commissioning.value.models.shared import PriceIndex, Version
from hearth.commissioning.value.models.valuations import Assumption, Bought, Outcome, Valuation, What

__all__ = [
    "Assumption",
    "Bought",
    "CareDays",
    "Investment",
    "Outcome",
    "PriceIndex",
    "Valuation",
    "Version",
    "What",
]
