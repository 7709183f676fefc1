"""How long what this room holds is kept. It names organisations, and nobody who is helped; it goes with the money it leads to."""

from hearth.foundation.core.subjects import Kept

NOBODY = "what is bought and from whom, and nobody who is helped"

SUBJECTS: dict[str, Kept] = {
    f"procurement.{name}": Kept("money", why=NOBODY)
    for name in (
        "Tender", "Lot", "JointShare", "Criterion", "CallFile", "Keyholder", "SupplierQuestion", "PublishedAnswer", "Bid", "CallFollower",
        "SealedPart", "OpenedBid", "OpenedFile", "Scorer", "Score", "AgreedScore", "Award", "BidReason",
    )
}  # fmt: skip
