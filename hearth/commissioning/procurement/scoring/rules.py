"""Who scores, who may not, and when the panel compares; and the sentence when it is not yet."""

from collections.abc import Mapping, Sequence
from typing import Any

from hearth.commissioning.procurement.models import Award, Bid, Conflict, OpenedFile, Scorer, Tender, TenderState
from hearth.commissioning.procurement.models.scoring import MOST
from hearth.commissioning.procurement.reach import SEES
from hearth.commissioning.procurement.rules import why_not_run
from hearth.foundation.core.refusals import Refusal
from hearth.records.documents.models import Scan

FEWEST = 2  # scorers of a panel
OVER = (TenderState.COMPARED, TenderState.WITHDRAWN)


def why_not_name_scorer(
    user: Any, tender: Tender, scorer: Any, there: Sequence[Scorer], chairs: bool
) -> Refusal | None:
    """Naming a scorer: whoever runs the tender, until scoring is over; one of them chairs."""
    refusal = why_not_run(user)
    if refusal is not None:
        return refusal
    if tender.state in OVER:
        return Refusal("procurement.scored", "Scoring is over. Nobody else is named to it.")
    if not scorer.may(SEES):
        return Refusal(
            "procurement.may_not_score", f"{scorer.full_name} has no role that scores bids. Choose somebody else."
        )
    if any(each.user_id == scorer.id for each in there):
        return Refusal("procurement.named", f"{scorer.full_name} is named already.")
    if chairs and any(each.chairs for each in there):
        return Refusal("procurement.chair", "Somebody chairs this panel already. Name this one as a scorer.")
    return None


def why_not_declare(tender: Tender, mine: Scorer | None, conflict: bool, own_bids: bool, words: str) -> Refusal | None:
    """Declaring: a scorer, once it is known who bid; a conflict may be declared later, and is never taken back."""
    if mine is None:
        return Refusal("procurement.not_scorer", "You are not named to score this tender.")
    if tender.opened_at is None:
        return Refusal("procurement.not_opened", "Nobody knows yet who bid. Declare when the bids are opened.")
    if mine.conflict == Conflict.CONFLICT:
        return Refusal("procurement.conflict", "You declared a conflict of interest. That stands.")
    if conflict and not words.strip():
        return Refusal("procurement.conflict_words", "Say what the conflict of interest is.")
    if not conflict and own_bids:
        return Refusal("procurement.own_bid", "Your own organisation bid. Declare the conflict of interest.")
    return None


def why_not_read_bids(tender: Tender, mine: Scorer | None, own_bids: bool) -> Refusal | None:
    """Reading what was opened: a scorer without a conflict of interest, and nobody else."""
    if mine is None:
        return Refusal("procurement.not_scorer", "Opened bids are read by those who score them.")
    if mine.conflict == Conflict.CONFLICT or own_bids:
        return Refusal(
            "procurement.conflict", "You have a conflict of interest in this tender, so its bids are closed to you."
        )
    if mine.conflict == Conflict.UNSAID:
        return Refusal(
            "procurement.undeclared", "First declare whether you have a conflict of interest with anybody who bid."
        )
    return None


def why_not_take_file(file: OpenedFile, *, scanner: bool) -> Refusal | None:
    """Taking a file of a bid: one that held no virus, and was checked, where there is a scanner."""
    if file.scan == Scan.FOUND:
        return Refusal(
            "procurement.virus",
            "This file held a virus. It is kept from everybody and stays under its seal as it was sent. Decide in the panel whether its bidder "
            "is asked for another copy.",
        )
    if file.scan == Scan.UNCHECKED and scanner:
        return Refusal("procurement.unchecked", "This file is being checked for viruses. Try again in some minutes.")
    return None


def why_not_score(tender: Tender, mine: Scorer | None, bid: Bid, own_bids: bool) -> Refusal | None:
    """Scoring: by oneself, before the panel compares."""
    refusal = why_not_read_bids(tender, mine, own_bids)
    if refusal is not None:
        return refusal
    if tender.state != TenderState.OPENED or not bid.stands:
        return Refusal("procurement.scored", "Scoring is over. What the panel agrees on is written by its chair.")
    return None


def why_not_these_scores(given: Mapping[int, tuple[int, str]], asked: Mapping[int, str]) -> Refusal | None:
    """Each criterion has its points and a reason."""
    for number, name in asked.items():
        points, words = given.get(number, (-1, ""))
        if not 0 <= points <= MOST:
            return Refusal("procurement.points", f"Give “{name}” 0 to {MOST} points.")
        if not words.strip():
            return Refusal("procurement.why", f"Say why “{name}” has {points} points: the bidder is told why.")
    return None


def why_not_close(
    user: Any, tender: Tender, scorers: Sequence[Scorer], given: Mapping[Any, int], expected: int
) -> Refusal | None:
    """Ending the scoring: the chair or whoever runs the tender, once all who may score have scored every bid."""
    chairs = any(each.user_id == user.id and each.chairs and each.conflict == Conflict.NONE for each in scorers)
    if not chairs and why_not_run(user) is not None:
        return Refusal("procurement.not_chair", "The chair of the panel ends the scoring.")
    if tender.state != TenderState.OPENED:
        return Refusal("procurement.scored", "There is no scoring to end.")
    free = [each for each in scorers if each.conflict == Conflict.NONE]
    if len(free) < FEWEST:
        return Refusal(
            "procurement.few", f"A panel has at least {FEWEST} scorers without a conflict of interest. Name another."
        )
    if not any(each.chairs for each in free):
        return Refusal("procurement.no_chair", "Nobody chairs the panel. Name somebody who does.")
    waiting = [each.user.full_name for each in free if given.get(each.user_id, 0) < expected]
    if waiting:
        return Refusal("procurement.unscored", f"Not everything is scored yet: {', '.join(waiting)}.")
    return None


def why_not_agree(user: Any, tender: Tender, mine: Scorer | None, bid: Bid, own_bids: bool) -> Refusal | None:
    """Writing what is agreed: the chair, once all have scored, until the lot is awarded."""
    refusal = why_not_read_bids(tender, mine, own_bids)
    if refusal is not None:
        return refusal
    if mine is None or not mine.chairs:
        return Refusal("procurement.not_chair", "The chair of the panel writes down what it agreed on.")
    if tender.state != TenderState.COMPARED:
        return Refusal("procurement.not_compared", "First everybody scores by themselves; then the panel compares.")
    if not bid.stands or Award.objects.filter(lot_id=bid.lot_id).exists():
        return Refusal("procurement.awarded", "The lot is awarded. Its scores stand.")
    return None
