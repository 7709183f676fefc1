"""Who awards, to whom, and when a notice is published; and the sentence when not yet."""

from collections.abc import Mapping, Sequence
from typing import Any

from hearth.commissioning.procurement.models import Award, Conflict, Scorer, Tender, TenderState
from hearth.commissioning.procurement.rules import why_not_run
from hearth.commissioning.procurement.scoring.queries import LotResult
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import day


def why_not_award(
    user: Any, tender: Tender, found: LotResult | None, mine: Scorer | None, award: Award | None
) -> Refusal | None:
    """Awarding a lot: whoever runs tenders and has no conflict of interest in it, once everything is agreed; once."""
    refusal = why_not_run(user)
    if refusal is not None:
        return refusal
    if mine is not None and mine.conflict == Conflict.CONFLICT:
        return Refusal("procurement.conflict", "You declared a conflict of interest. Somebody else awards this lot.")
    if award is not None:
        return Refusal("procurement.awarded", "This lot is awarded already.")
    if tender.state != TenderState.COMPARED or found is None or not found.is_whole:
        return Refusal("procurement.not_agreed", "The panel has not agreed on all scores of this lot yet.")
    return None


def why_not_this_award(found: LotResult, bid: Any, reasons: str, words: Mapping[str, str]) -> Refusal | None:
    """The best bid wins, the notice says why, and each bidder is told why."""
    best = [each.bid.pk for each in found.results if each.place == 1]
    if bid is None or bid.pk not in best:
        return Refusal("procurement.not_best", "Another bid has more points. The lot goes to the one with the most.")
    if not reasons.strip():
        return Refusal("procurement.no_reason", "Say why, as everybody reads it in the notice.")
    return _why_not_told([each.bid for each in found.results], words)


def _why_not_told(bids: Sequence[Any], words: Mapping[str, str]) -> Refusal | None:
    for each in bids:
        if not words.get(each.reference, "").strip():
            return Refusal("procurement.no_reason", f"Say to {each.organisation.name} why their bid won or did not.")
    return None


def why_not_publish_award(user: Any, award: Award) -> Refusal | None:
    """Publishing the notice: once the standstill has passed, so that a bidder can still object before."""
    refusal = why_not_run(user)
    if refusal is not None:
        return refusal
    if award.published_at is not None:
        return Refusal("procurement.noticed", "The notice is published already.")
    if award.stands_still:
        return Refusal(
            "procurement.stands_still",
            f"The standstill runs to the end of {day(award.standstill_until)}. Publish the notice after it.",
        )
    return None
