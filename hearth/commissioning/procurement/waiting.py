"""What waits for somebody in tenders, as their first page says it: a bounded number of queries, and none for whoever has no part."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from hearth.commissioning.procurement.models import (
    AgreedScore,
    Award,
    Bid,
    BidReason,
    Conflict,
    Criterion,
    CriterionKind,
    Keyholder,
    Score,
    Scorer,
    SupplierQuestion,
    Tender,
    TenderState,
)
from hearth.commissioning.procurement.reach import BIDS, SEES, runs
from hearth.foundation.core import clock
from hearth.foundation.ui.filters import count

SHOWN = 5  # of a kind; the others are on the list of tenders


@dataclass(frozen=True)
class Waits:
    """Something to do in a tender: what, where, and by when, if there is a day."""

    words: str
    url: str
    due_on: dt.date | None = None


def waiting(reader: Any) -> list[Waits]:
    """Everything that waits for the reader in tenders."""
    found: list[Waits] = []
    if reader.may(SEES):
        found += [*_of_keyholder(reader), *_of_scorer(reader)]
    if runs(reader):
        found += _of_runner(reader)
    if reader.may(BIDS):
        found += _of_bidder(reader)
    return found


def _there(tender: Any) -> str:
    return reverse("tender", args=[tender.reference])


def _of_keyholder(reader: Any) -> Iterator[Waits]:
    rows = Keyholder.objects.visible_to(reader).filter(user=reader).select_related("tender")
    unset = Q(tender__state=TenderState.DRAFT, set_at=None)
    closed = Q(tender__state=TenderState.PUBLISHED, tender__deadline_at__lte=clock.now())
    for mine in rows.filter(unset | closed).order_by("tender__deadline_at", "pk")[:SHOWN]:
        tender = mine.tender
        if tender.is_draft:
            yield Waits(f"Set your passphrase: {tender.title}", reverse("set_passphrase", args=[tender.reference]))
        else:
            closed_on = clock.in_london(tender.deadline_at).date()
            open_ = reverse("open_bids", args=[tender.reference])
            yield Waits(
                f"Open the bids, two of you together: {tender.title}", open_, clock.add_working_days(closed_on, 1)
            )


def _of_scorer(reader: Any) -> Iterator[Waits]:
    rows = Scorer.objects.visible_to(reader).filter(user=reader).exclude(conflict=Conflict.CONFLICT)
    going = rows.filter(tender__state__in=[TenderState.OPENED, TenderState.COMPARED]).select_related("tender")
    for mine in going.order_by("tender__deadline_at", "pk")[:SHOWN]:
        tender = mine.tender
        if mine.conflict == Conflict.UNSAID:
            yield Waits(f"Declare your interests: {tender.title}", reverse("declare_conflict", args=[tender.reference]))
        elif tender.state == TenderState.OPENED:
            yield from _to_score(reader, tender, mine.chairs)
        elif mine.chairs and _asked(tender) > AgreedScore.objects.visible_to(reader).filter(bid__tender=tender).count():
            yield Waits(f"Write down what the panel agrees on: {tender.title}", _there(tender))


def _asked(tender: Any) -> int:
    """How many scores make the bids of a tender whole."""
    criteria = Criterion.objects.filter(tender=tender, kind=CriterionKind.QUALITY).count()
    return criteria * Bid.objects.filter(tender=tender).standing().count()


def _to_score(reader: Any, tender: Any, chairs: bool) -> Iterator[Waits]:
    given = Score.objects.visible_to(reader).filter(bid__tender=tender, scorer=reader).count()
    if given < _asked(tender):
        yield Waits(f"Score the bids: {tender.title}", _there(tender))
    elif chairs:
        yield Waits(f"When all have scored, have the panel compare: {tender.title}", _there(tender))


def _of_runner(reader: Any) -> Iterator[Waits]:
    asked = SupplierQuestion.objects.visible_to(reader).filter(answer=None, tender__state=TenderState.PUBLISHED)
    calling = asked.filter(tender__deadline_at__gt=clock.now()).select_related("tender")
    by_tender = Counter(each.tender for each in calling.order_by("tender__deadline_at", "asked_at")[:100])
    for tender, many in list(by_tender.items())[:SHOWN]:
        words = f"{count(many, 'question')} to answer: {tender.title}"
        yield Waits(words, _there(tender), clock.in_london(tender.questions_until).date())
    yield from _to_award(reader)
    rows = Award.objects.visible_to(reader).filter(published_at=None, standstill_until__lt=clock.today())
    for award in rows.select_related("tender", "lot").order_by("standstill_until", "pk")[:SHOWN]:
        yield Waits(f"Publish the notice of lot {award.lot.number}: {award.tender.title}", _there(award.tender))


def _to_award(reader: Any) -> Iterator[Waits]:
    """Tenders whose bids are all agreed on, and a lot of which is not awarded."""
    standing = Q(bids__withdrawn_at=None, bids__replaced_at=None, bids__isnull=False)
    rows = Tender.objects.visible_to(reader).filter(state=TenderState.COMPARED)
    rows = rows.annotate(
        sent=Count("bids", filter=standing, distinct=True),
        lots_bid=Count("bids__lot", filter=standing, distinct=True),
        given=Count("awards", distinct=True),
        agreed=Count("bids__agreed", filter=standing, distinct=True),
        asked=Count("criterions", filter=Q(criterions__kind=CriterionKind.QUALITY), distinct=True),
    )
    for tender in rows.order_by("deadline_at", "reference")[:100]:
        if tender.given < tender.lots_bid and tender.agreed == tender.sent * tender.asked:
            yield Waits(f"Award it: {tender.title}", _there(tender))


def _of_bidder(reader: Any) -> Iterator[Waits]:
    rows = BidReason.objects.visible_to(reader).filter(
        bid__organisation_id=reader.organisation_id, award__standstill_until__gte=clock.today()
    )
    for told in rows.select_related("bid__lot", "bid__tender", "award").order_by("award__standstill_until", "pk")[
        :SHOWN
    ]:
        words = f"Lot {told.bid.lot.number} is decided, read why: {told.bid.tender.title}"
        yield Waits(words, _there(told.bid.tender))
