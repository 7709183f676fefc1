"""The tables of tenders: what is called for, what was asked, what was bid, how it was scored, and what was awarded."""

from hearth.commissioning.procurement.models.awards import Award, BidReason
from hearth.commissioning.procurement.models.bids import Bid, OpenedBid, OpenedFile, SealedPart
from hearth.commissioning.procurement.models.followers import CallFollower
from hearth.commissioning.procurement.models.questions import PublishedAnswer, SupplierQuestion
from hearth.commissioning.procurement.models.scoring import AgreedScore, Conflict, Score, Scorer
from hearth.commissioning.procurement.models.tenders import (
    CallFile,
    Criterion,
    CriterionKind,
    JointShare,
    Keyholder,
    KeyholderPlace,
    Lot,
    Tender,
    TenderState,
)

__all__ = [
    "AgreedScore", "Award", "Bid", "BidReason", "CallFile", "CallFollower", "Conflict", "Criterion", "CriterionKind", "JointShare", "Keyholder",
    "KeyholderPlace", "Lot", "OpenedBid", "OpenedFile", "PublishedAnswer", "Score", "Scorer", "SealedPart", "SupplierQuestion", "Tender",
    "TenderState",
]  # fmt: skip
