"""Who may ask to hear of calls, and the sentence when they may not."""

from typing import Any

from hearth.commissioning.procurement.models import CallFollower, Tender
from hearth.commissioning.procurement.reach import BIDS
from hearth.foundation.core.refusals import Refusal


def why_not_follow(user: Any, tender: Tender | None, there: CallFollower | None) -> Refusal | None:
    """Hearing of calls: somebody who bids for their organisation, of each once."""
    if not user.may(BIDS):
        return Refusal(
            "procurement.may_not_bid", "Only somebody who bids for their organisation can be told of calls here."
        )
    if tender is not None and tender.published_at is None:
        return Refusal("procurement.not_calling", "It is not published yet.")
    if there is not None:
        return Refusal("procurement.followed", "You are told already.")
    return None


def why_not_stop(there: CallFollower | None) -> Refusal | None:
    """Stopping: whoever is told."""
    return None if there is not None else Refusal("procurement.not_followed", "You are not told already.")
