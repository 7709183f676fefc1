"""Who may tell of a bid for outside funding and review it; and the sentence when they may not."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.commissioning.needs.reach import SEES, WRITES
from hearth.commissioning.needs.rules import why_not_write
from hearth.commissioning.procurement.grants.models import BidState, OutsideBid
from hearth.commissioning.procurement.grants.reach import ASKS
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import pounds
from hearth.records.money.rules import MOST

State = BidState


def why_not_see_bids(user: Any) -> Refusal | None:
    """The list: whoever may tell of one, and whoever sees what is bought."""
    if user.may(ASKS) or (user.may(SEES) and user.organisation.is_authority):
        return None
    return Refusal(
        "grants.may_not_see_bids", "Your role does not include bids for outside funding. Ask a commissioner."
    )


def why_not_tell(user: Any) -> Refusal | None:
    """Telling of a bid: a partner of its own, whoever writes intentions of any partner's."""
    if user.may(WRITES) or (user.may(ASKS) and not user.organisation.is_authority):
        return None
    return Refusal("grants.may_not_tell", "Only a partner who may apply for grants, or a commissioner, tells of a bid.")


def why_not_of_organisation(user: Any, organisation: Any, area: Any) -> Refusal | None:
    """Of one's own organisation; of any partner, for whoever writes intentions there."""
    if organisation is None or organisation.is_authority:
        return Refusal("grants.whose_bid", "Choose the partner organisation whose bid it is.")
    if organisation.pk == user.organisation_id and user.may(ASKS):
        return None
    return why_not_write(user, area)


def why_not_this_bid(
    *, title: str, funder: str, what: str, needs: Sequence[str], pence: int, due_on: dt.date
) -> Refusal | None:
    """It says what it would pay for, of whom it is asked, for which needs, how much and by when."""
    if not title.strip() or not funder.strip() or not what.strip():
        return Refusal("grants.bid_words", "Say what it would pay for, and of whom it is asked.")
    if not needs or any(find(pack().unmet.needs, code) is None for code in needs):
        return Refusal("grants.needs", "Tick at least one need that it is for.")
    if not 0 < pence <= MOST:
        return Refusal("grants.amount", f"Enter an amount from {pounds(1)} to {pounds(MOST)}.")
    if due_on < clock.today():
        return Refusal("grants.bid_due", "The funder’s day has passed. Enter today or a later day.")
    return None


def why_not_review(user: Any, bid: OutsideBid) -> Refusal | None:
    """Reviewing: whoever writes intentions for the district, and is not of the organisation; once."""
    refusal = why_not_write(user, bid.area)
    if refusal is None and bid.organisation_id == user.organisation_id:
        return Refusal("grants.own_bid", "It is your own organisation’s. Somebody of another one reviews it.")
    if refusal is None and bid.state != State.TOLD:
        return Refusal("grants.reviewed", f"It is settled already: {bid.get_state_display().lower()}.")
    return refusal


def why_not_this_review(state: str, words: str) -> Refusal | None:
    """It says what is thought of it, and why."""
    if state not in (State.SUPPORTED, State.DUPLICATES):
        return Refusal("grants.review", "Choose whether it is supported, or would duplicate what is bought.")
    return None if words.strip() else Refusal("grants.no_reason", "Write why: the partner reads it.")


def why_not_withdraw(user: Any, bid: OutsideBid) -> Refusal | None:
    """Withdrawing: the organisation whose it is, while it waits."""
    if not user.may(ASKS) or bid.organisation_id != user.organisation_id:
        return Refusal("grants.not_yours", "Only the organisation whose bid it is can withdraw it.")
    return None if bid.state == State.TOLD else Refusal("grants.reviewed", "It is settled already.")
