"""Rounds of grants and what is asked of them; and bids for outside funding."""

from hearth.commissioning.procurement.grants.models.bids import BidState, OutsideBid
from hearth.commissioning.procurement.grants.models.rounds import (
    ApplicationState,
    GrantApplication,
    GrantInterest,
    GrantRound,
)

__all__ = ["ApplicationState", "BidState", "GrantApplication", "GrantInterest", "GrantRound", "OutsideBid"]
