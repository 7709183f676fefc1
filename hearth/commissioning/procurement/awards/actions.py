"""Award a lot, with reasons to each bidder; and publish its notice after the standstill."""

from collections.abc import Mapping
from typing import Any

from hearth.commissioning.procurement.awards import rules
from hearth.commissioning.procurement.models import Award, Bid, BidReason, Lot, Tender
from hearth.commissioning.procurement.scoring import queries as scoring
from hearth.commissioning.procurement.scoring.queries import LotResult, Result
from hearth.commissioning.procurement.telling.actions import tell_later
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean


@action
def award_lot(*, by: Any, lot: Lot, bid: Bid, reasons: str, words: Mapping[str, str]) -> Award:
    """Award a lot to the best bid. `words` says to each bidder, by the reference of its bid, why it won or did not."""
    tender = Tender.objects.get(pk=lot.tender_id)
    tender.hold()
    criteria = scoring.criteria_of(tender)
    found = next((each for each in scoring.results(by, tender, criteria) if each.lot.pk == lot.pk), None)
    award = Award.objects.filter(lot=lot).first()
    refuse(rules.why_not_award(by, tender, found, scoring.scorer_of(by, tender), award))
    if found is None:
        raise LookupError("A rule let a lot without bids be awarded.")
    refuse(rules.why_not_this_award(found, bid, reasons, words))
    winner = next(each for each in found.results if each.bid.pk == bid.pk)
    today = clock.today()
    award = Award(
        reference=drawn_reference("AW"), tender=tender, lot=lot, bid=winner.bid, organisation=winner.bid.organisation,
        value_pence=winner.bid.price_pence or 0, districts=lot.districts, reasons=clean(reasons).strip(), decided_on=today, decided_by=by,
        standstill_until=clock.add_working_days(today, tender.standstill_days),
    )  # fmt: skip
    award.save(force_insert=True)
    _tell(award, found, winner, criteria, words)
    tell_later(tender, "decided", lot)
    record(
        "procurement.lot_awarded", subject=award, tender=tender.reference, lot=lot.number, bid=winner.bid.reference,
        pence=award.value_pence, bids=len(found.results),
    )  # fmt: skip
    return award


def _tell(award: Award, found: LotResult, winner: Result, criteria: Any, words: Mapping[str, str]) -> None:
    for each in found.results:
        told = {
            "criteria": [
                {
                    "name": one.name, "weight": one.weight, "own": str(each.said(one.number)), "winner": str(winner.said(one.number)),
                    "why": each.reasons.get(one.number, ""),
                }
                for one in criteria
            ],
            "own": str(each.total), "winner": str(winner.total), "place": each.place, "of": len(found.results),
        }  # fmt: skip
        reason = BidReason(
            bid=each.bid, award=award, won=each is winner, words=clean(words[each.bid.reference]).strip(), scores=told
        )
        reason.save(force_insert=True)


@action
def publish_award(*, by: Any, award: Award) -> Award:
    """Publish the notice of an award: everybody reads who was awarded what, for how much and why."""
    award.hold()
    refuse(rules.why_not_publish_award(by, award))
    award.published_at, award.published_by = clock.now(), by
    award.save(update_fields=["published_at", "published_by"])
    tell_later(award.tender, "noticed", award)
    record("procurement.award_published", subject=award, tender=award.tender.reference)
    return award
