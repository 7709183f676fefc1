"""Reads of scoring: the reader first, always through visible_to; results exact, and whole or not at all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import Http404

from hearth.commissioning.procurement import arithmetic
from hearth.commissioning.procurement.arithmetic import Weighed
from hearth.commissioning.procurement.models import (
    AgreedScore,
    Bid,
    Conflict,
    Criterion,
    CriterionKind,
    Lot,
    OpenedBid,
    OpenedFile,
    Score,
    Scorer,
    Tender,
)
from hearth.commissioning.procurement.reach import runs
from hearth.commissioning.procurement.scoring.rules import FEWEST
from hearth.records.documents.models import Scan


def scorer_of(reader: Any, tender: Any) -> Scorer | None:
    """The reader as a scorer of the tender."""
    return Scorer.objects.visible_to(reader).filter(tender=tender, user=reader).first()


def own_bids(reader: Any, tender: Any) -> bool:
    """Whether the reader's own organisation bid, as far as the reader may know who did."""
    return Bid.objects.filter(tender=tender, organisation_id=reader.organisation_id).standing().exists()


def scorers(reader: Any, tender: Any) -> list[Scorer]:
    """The panel, its chair first."""
    rows = Scorer.objects.visible_to(reader).filter(tender=tender).select_related("user__organisation")
    return list(rows.order_by("-chairs", "user__full_name", "pk"))


def scores_given(tender: Any) -> dict[Any, int]:
    """How many scores each scorer gave; nothing of what they are."""
    with connection.cursor() as cursor:
        cursor.execute("select scorer, given from hearth_scores_given(%s)", [tender.pk])
        return dict(cursor.fetchall())


def expected_scores(tender: Any) -> int:
    """How many scores each scorer gives: every standing bid on every criterion that is scored."""
    criteria = Criterion.objects.filter(tender=tender, kind=CriterionKind.QUALITY).count()
    return Bid.objects.filter(tender=tender).standing().count() * criteria


@dataclass(frozen=True)
class Progress:
    """How many scores each scorer gave, of how many."""

    given: dict[Any, int]
    expected: int


def progress(tender: Any) -> Progress:
    """How far the panel got; nothing of what anybody gave."""
    return Progress(scores_given(tender), expected_scores(tender))


def may_close(reader: Any, tender: Any, mine: Scorer | None) -> bool:
    """Whether the reader is offered to have the panel compare: whoever runs the tender or chairs, once all have scored."""
    chairs = mine is not None and mine.chairs and mine.conflict == Conflict.NONE
    declared = Scorer.objects.filter(tender=tender, conflict=Conflict.NONE).count()
    return (runs(reader) or chairs) and declared >= FEWEST and all_have_scored(tender, (Conflict.NONE,))


def all_have_scored(tender: Any, of: Sequence[str] = (Conflict.NONE, Conflict.UNSAID)) -> bool:
    """Whether everybody has scored every bid who declared that, as far as somebody of the panel sees who is on it."""
    given, expected = scores_given(tender), expected_scores(tender)
    may = Scorer.objects.filter(tender=tender, conflict__in=of).values_list("user_id", flat=True)
    return bool(expected) and all(given.get(each, 0) >= expected for each in may)


def bids(reader: Any, tender: Any) -> list[Bid]:
    """Bids that stand, as far as the reader may know of them, by lot and bidder."""
    rows = Bid.objects.visible_to(reader).filter(tender=tender).standing().select_related("organisation", "lot")
    return list(rows.order_by("lot__number", "organisation__name", "pk"))


def bid_of(reader: Any, reference: str) -> Bid:
    """A bid, or a page that never says whether it exists."""
    rows = Bid.objects.visible_to(reader).select_related("tender", "lot", "organisation")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def opened_of(reader: Any, bid: Bid) -> OpenedBid:
    """What a bid says, for its scorers."""
    found = OpenedBid.objects.visible_to(reader).filter(bid=bid).first()
    if found is None:
        raise Http404
    return found


def files_of(reader: Any, bid: Bid) -> list[Any]:
    """The files of an opened bid, without a byte of them."""
    return list(OpenedFile.objects.visible_to(reader).filter(bid=bid).defer("content").order_by("number"))


def file_of(reader: Any, bid: Bid, number: int) -> OpenedFile:
    """A file of an opened bid, for its scorers."""
    found = OpenedFile.objects.visible_to(reader).filter(bid=bid, number=number).first()
    if found is None:
        raise Http404
    return found


def words_of_scan(file: OpenedFile) -> str:
    """What is known of a file, beside its name."""
    if file.scan == Scan.FOUND:
        return "Held a virus: kept from everybody, and under its seal as it was sent"
    if file.scan == Scan.CLEAN:
        return "Checked for viruses"
    return (
        "Being checked for viruses" if settings.HEARTH_CLAMD else "Not checked for viruses: no scanner is set up here"
    )


def criteria_of(tender: Any) -> list[Criterion]:
    """What is judged, in its order."""
    return list(Criterion.objects.filter(tender=tender).order_by("number"))


def scores_of(reader: Any, bid: Bid) -> dict[Any, list[Score]]:
    """The scores of a bid that the reader may see, by criterion."""
    found: dict[Any, list[Score]] = defaultdict(list)
    rows = Score.objects.visible_to(reader).filter(bid=bid).select_related("scorer")
    for row in rows.order_by("scorer__full_name", "pk"):
        found[row.criterion_id].append(row)
    return found


def own_scores(reader: Any, bid: Bid) -> dict[int, Score]:
    """What the reader gave, by the number of the criterion."""
    rows = Score.objects.visible_to(reader).filter(bid=bid, scorer=reader).select_related("criterion")
    return {each.criterion.number: each for each in rows}


def agreed_of(reader: Any, bid: Bid) -> dict[int, AgreedScore]:
    """What was agreed, by the number of the criterion."""
    rows = AgreedScore.objects.visible_to(reader).filter(bid=bid).select_related("criterion")
    return {each.criterion.number: each for each in rows}


@dataclass
class Result:
    """A bid with its points by criterion, its exact total and its place; nothing of them before all is agreed."""

    bid: Bid
    points: dict[int, Fraction] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    exact: Fraction | None = None
    place: int = 0

    @property
    def total(self) -> Decimal | None:
        """The total out of a hundred, to two decimals."""
        return None if self.exact is None else arithmetic.rounded(self.exact)

    def said(self, number: int) -> Decimal | None:
        """The points on a criterion, to two decimals."""
        return arithmetic.rounded(self.points[number]) if number in self.points else None


@dataclass
class LotResult:
    """A lot with its bids, the best first once all of it is agreed."""

    lot: Lot
    results: list[Result]

    @property
    def is_whole(self) -> bool:
        """Whether every bid of it has its total."""
        return bool(self.results) and all(each.exact is not None for each in self.results)


def results(reader: Any, tender: Tender, criteria: Sequence[Criterion] | None = None) -> list[LotResult]:
    """Each lot's bids with what was agreed: three queries."""
    found = bids(reader, tender)
    weighed = [
        Weighed(each.number, each.weight, each.kind == CriterionKind.PRICE) for each in criteria or criteria_of(tender)
    ]
    agreed: dict[Any, dict[int, AgreedScore]] = defaultdict(dict)
    rows = (
        AgreedScore.objects.visible_to(reader).filter(bid__in=[each.pk for each in found]).select_related("criterion")
    )
    for row in rows:
        agreed[row.bid_id][row.criterion.number] = row
    lots: dict[Any, list[Bid]] = defaultdict(list)
    for bid in found:
        lots[bid.lot].append(bid)
    return [LotResult(lot, _ranked(weighed, there, agreed)) for lot, there in lots.items()]


def _ranked(
    weighed: Sequence[Weighed], there: Sequence[Bid], agreed: dict[Any, dict[int, AgreedScore]]
) -> list[Result]:
    prices = [each.price_pence for each in there if each.price_pence]
    lowest = min(prices, default=0)
    made = []
    for bid in there:
        points = {number: each.points for number, each in agreed[bid.pk].items()}
        reasons = {number: each.words for number, each in agreed[bid.pk].items()}
        result = Result(bid, reasons=reasons)
        if bid.price_pence and all(each.by_price or each.number in points for each in weighed):
            result.points = arithmetic.points_of(weighed, points, bid.price_pence, lowest)
            result.exact = arithmetic.total_of(weighed, result.points)
        made.append(result)
    if all(each.exact is not None for each in made):
        places = arithmetic.ranked({str(each.bid.pk): each.exact for each in made if each.exact is not None})
        for each in made:
            each.place = places[str(each.bid.pk)]
        made.sort(key=lambda each: each.place)
    return made


def scores_by_name(reader: Any, bid: Bid) -> list[tuple[Criterion, list[Score]]]:
    """Each criterion that is scored with the points that the reader may see."""
    found = scores_of(reader, bid)
    criteria = [each for each in criteria_of(bid.tender) if each.kind == CriterionKind.QUALITY]
    return [(each, found.get(each.pk, [])) for each in criteria]
