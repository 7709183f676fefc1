"""Tell of a bid for outside funding, review it, and withdraw it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from hearth.commissioning.procurement.grants.bids import queries, rules
from hearth.commissioning.procurement.grants.models import BidState, OutsideBid
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean, one_line
from hearth.foundation.messages.actions import send


@action
def tell_of_bid(
    *, by: Any, organisation: Any, title: str, funder: str, needs: Sequence[str], what: str, pence: int, due_on: dt.date,
    area: Any = None, key: uuid.UUID | None = None,
) -> OutsideBid:  # fmt: skip
    """Say what a partner asks of somebody else, before it does; once from one page."""
    refuse(rules.why_not_tell(by) or rules.why_not_of_organisation(by, organisation, area))
    said: dict[str, Any] = {
        "title": one_line(title, 120),
        "funder": one_line(funder, 120),
        "what": clean(what).strip(),
        "needs": list(dict.fromkeys(needs)),
    }
    said |= {"pence": pence, "due_on": due_on}
    refuse(rules.why_not_this_bid(**said))
    key = key_of_sending(key, said, organisation, area)
    sent_before = OutsideBid.objects.filter(told_by=by, key=key).first()
    if sent_before is not None:
        record("grants.bid_sent_again", subject=sent_before)
        return sent_before
    made = OutsideBid(
        reference=drawn_reference("OB"), organisation=organisation, area=area, told_by=by, key=key, **said
    )
    made.save(force_insert=True)
    record("grants.bid_told", subject=made, pence=pence, area=area.code if area else "", needs=said["needs"])
    return made


@action
def review_bid(*, by: Any, bid: OutsideBid, state: str, words: str) -> OutsideBid:
    """Say whether it is supported or would duplicate; what stood beside it is kept by reference, and the partner is told."""
    bid.hold()
    words = clean(words).strip()
    refuse(rules.why_not_review(by, bid) or rules.why_not_this_review(state, words))
    bid.beside = [each.reference for each in queries.overlaps(by, bid)]
    bid.state, bid.words, bid.reviewed_by, bid.reviewed_on = BidState(state), words, by, clock.today()
    bid.save(update_fields=["state", "words", "reviewed_by", "reviewed_on", "beside"])
    if bid.told_by.pk != by.pk and bid.told_by.is_active:
        link = reverse("outside_bid", args=[bid.reference])
        send(by=by, to=bid.told_by, template="bid_reviewed", link=link, key=f"bid_reviewed {bid.pk}")
    record(f"grants.bid_{bid.state}", subject=bid, beside=bid.beside)
    return bid


@action
def withdraw_outside_bid(*, by: Any, bid: OutsideBid) -> OutsideBid:
    """The partner does not bid after all."""
    bid.hold()
    refuse(rules.why_not_withdraw(by, bid))
    bid.state = BidState.WITHDRAWN
    bid.save(update_fields=["state"])
    record("grants.bid_withdrawn", subject=bid)
    return bid
