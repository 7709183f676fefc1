"""Who may bid, until when, and who opens bids, not before when; and the sentence when they may not."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from hearth.commissioning.procurement.models import Bid, JointShare, Keyholder, Lot, Tender, TenderState
from hearth.commissioning.procurement.reach import BIDS
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import moment, pounds

MOST_FILES, MOST_WORDS = 3, 20_000
NEEDED = 2


def why_not_bid(user: Any, tender: Tender, at: dt.datetime | None = None) -> Refusal | None:
    """Bidding: somebody who bids for their organisation, until the deadline and not a second later. `at`: by the database's clock."""
    if not user.may(BIDS):
        return Refusal("procurement.may_not_bid", "Only somebody who bids for their organisation can do this.")
    if tender.state != TenderState.PUBLISHED:
        return Refusal("procurement.not_calling", "This call takes no bids.")
    if not tender.takes_bids_at(at or clock.now()):
        return Refusal(
            "procurement.too_late", f"Bids had to be in by {moment(tender.deadline_at)}. No bid is taken after that."
        )
    if JointShare.objects.filter(tender=tender, organisation_id=user.organisation_id).exists():
        return Refusal("procurement.buys", "Your organisation buys in this tender, so it cannot bid.")
    return None


def why_not_this_bid(
    lot: Lot, pence: int, answers: Mapping[int, str], asked: Mapping[int, str], files: int
) -> Refusal | None:
    """A bid names a price within the lot's most, and answers each criterion."""
    if not 0 < pence <= lot.most_pence:
        return Refusal("procurement.price", f"Enter a price up to {pounds(lot.most_pence)}, the most for this lot.")
    for number, name in asked.items():
        if not answers.get(number, "").strip():
            return Refusal("procurement.no_answer", f"Answer “{name}”.")
        if len(answers[number]) > MOST_WORDS:
            return Refusal(
                "procurement.long_answer", f"The answer to “{name}” has more than {MOST_WORDS:,} characters."
            )
    if files > MOST_FILES:
        return Refusal("procurement.files", f"A bid has up to {MOST_FILES} files. Put some of them together.")
    return None


def why_not_withdraw_bid(user: Any, bid: Bid, at: dt.datetime | None = None) -> Refusal | None:
    """Withdrawing: somebody of the organisation that bid, until the deadline. `at`: by the database's clock."""
    if not user.may(BIDS) or bid.organisation_id != user.organisation_id:
        return Refusal("procurement.not_your_bid", "Only the organisation that sent a bid can withdraw it.")
    if not bid.stands:
        return Refusal("procurement.gone_already", "This bid was withdrawn or replaced already.")
    if not bid.tender.takes_bids_at(at or clock.now()):
        return Refusal("procurement.too_late", "The deadline has passed. The bid stays as it was sent.")
    return None


def why_not_open(user: Any, tender: Tender, holders: list[Keyholder], at: dt.datetime | None = None) -> Refusal | None:
    """Opening: a keyholder of the tender, after the deadline, once. `at`: by the database's clock."""
    if user.id not in {each.user_id for each in holders}:
        return Refusal("procurement.not_keyholder", "Only those who keep its passphrases open the bids of a tender.")
    if tender.state != TenderState.PUBLISHED:
        return Refusal(
            "procurement.not_closed", "There is nothing to open: the tender is not published, or was opened already."
        )
    if (at or clock.now()) < tender.deadline_at:
        return Refusal("procurement.too_early", f"Bids are opened after {moment(tender.deadline_at)}, and no sooner.")
    return None


def why_not_with_these(given: Mapping[str, str]) -> Refusal | None:
    """Two of the three passphrases, in one sitting."""
    if len([words for words in given.values() if words]) >= NEEDED:
        return None
    return Refusal(
        "procurement.two_passphrases",
        "Enter two of the three passphrases: both people are here, or one and the envelope.",
    )


def wrong_passphrase(holder: Keyholder) -> Refusal:
    """A passphrase that does not open its lock."""
    return Refusal(
        "procurement.wrong_passphrase",
        f"That is not the passphrase of {holder.user.full_name}. Nothing was opened. Try again.",
    )
