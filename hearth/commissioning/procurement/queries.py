"""Reads of tenders: the reader first (nobody, for the public), always through visible_to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import Http404

from hearth.commissioning.needs.models import Intention, IntentionState
from hearth.commissioning.procurement import rules
from hearth.commissioning.procurement.models import (
    Award,
    Bid,
    BidReason,
    CallFile,
    CallFollower,
    Criterion,
    JointShare,
    Keyholder,
    Lot,
    PublishedAnswer,
    SupplierQuestion,
    Tender,
    TenderState,
)
from hearth.commissioning.procurement.reach import BIDS, part, runs
from hearth.commissioning.procurement.scoring import queries as scoring
from hearth.foundation.accounts.models import Area, Organisation
from hearth.foundation.core import clock
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse


def tenders_page(reader: Any, page: Any) -> Page:
    """Tenders that the reader may see, the latest deadline first: one query."""
    refuse(rules.why_not_see_tenders(reader))
    rows = Tender.objects.visible_to(reader).annotate(
        lots_many=Count("lots", distinct=True), awards_many=Count("awards", distinct=True)
    )
    return page_of(rows.order_by("-deadline_at", "reference"), page)


def open_calls() -> list[Tender]:
    """Calls that take bids, for everybody; the first to close first."""
    rows = Tender.objects.visible_to(None).calling().prefetch_related("lots")
    return list(rows.order_by("deadline_at", "reference"))


def past_calls() -> list[Tender]:
    """Calls that are over, with what was awarded of them: the latest twenty."""
    rows = Tender.objects.visible_to(None).filter(Q(deadline_at__lte=clock.now()) | Q(state=TenderState.WITHDRAWN))
    return list(rows.order_by("-deadline_at", "reference")[:20])


def tender_of(reader: Any, reference: str) -> Tender:
    """A tender, or a page that never says whether it exists."""
    rows = Tender.objects.visible_to(reader).select_related("written_by__organisation", "published_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def whole_tender(reader: Any, reference: str) -> Tender:
    """A tender for those who work with tenders; the public reads the call itself."""
    refuse(rules.why_not_see_tenders(reader))
    return tender_of(reader, reference)


def tender_to_write(reader: Any, reference: str) -> Tender:
    """A draft that the reader may change, or the reason why not, before they type."""
    found = tender_of(reader, reference)
    refuse(rules.why_not_write(reader, found))
    return found


def tender_to_run(reader: Any, reference: str) -> Tender:
    """A tender for whoever runs it."""
    found = tender_of(reader, reference)
    refuse(rules.why_not_run(reader))
    return found


def who_runs(reader: Any) -> None:
    """Refuse the page to whoever may not run tenders, before they type."""
    refuse(rules.why_not_run(reader))


def may_run(reader: Any) -> bool:
    """Whether the reader writes and publishes tenders."""
    return runs(reader)


def names_of_districts() -> dict[str, str]:
    """Districts by their codes: one query."""
    return dict(Area.objects.values_list("code", "name"))


@dataclass(frozen=True)
class Call:
    """What everybody reads of a tender."""

    tender: Tender
    lots: Sequence[Any]
    shares: Sequence[Any]
    criteria: Sequence[Any]
    files: Sequence[Any]
    answers: Sequence[Any]
    awards: Sequence[Any]
    districts: dict[str, str]


def call_of(reader: Any, tender: Tender) -> Call:
    """A call with all that belongs to it, and its published awards: seven queries."""
    awards = Award.objects.visible_to(reader).filter(tender=tender).select_related("organisation", "lot")
    return Call(
        tender,
        list(Lot.objects.visible_to(reader).filter(tender=tender)),
        list(JointShare.objects.visible_to(reader).filter(tender=tender).select_related("organisation")),
        list(Criterion.objects.visible_to(reader).filter(tender=tender)),
        list(CallFile.objects.visible_to(reader).filter(tender=tender).defer("content")),
        list(PublishedAnswer.objects.visible_to(reader).filter(tender=tender).order_by("number")),
        list(awards.order_by("lot__number")),
        names_of_districts(),
    )


def call_file(reader: Any, reference: str, number: int) -> CallFile:
    """A file of a call with its bytes, or a page that never says whether it exists."""
    found = CallFile.objects.visible_to(reader).filter(tender__reference=reference, number=number).first()
    if found is None:
        raise Http404
    return found


def keyholders(reader: Any, tender: Tender) -> list[Keyholder]:
    """Who keeps the passphrases, the openers first."""
    rows = Keyholder.objects.visible_to(reader).filter(tender=tender).select_related("user__organisation")
    order = {"one": 0, "two": 1, "escrow": 2}
    return sorted(rows, key=lambda each: order[each.place])


def own_lock(reader: Any, tender: Tender) -> Keyholder | None:
    """The reader as a keyholder of the tender."""
    return Keyholder.objects.visible_to(reader).filter(tender=tender, user=reader).first()


def questions_waiting(reader: Any, tender: Tender) -> list[Any]:
    """Questions that the reader may see and nobody has answered yet, the first first."""
    rows = SupplierQuestion.objects.visible_to(reader).filter(tender=tender, answer=None).select_related("organisation")
    return list(rows.order_by("asked_at", "reference"))


def question_of(reader: Any, reference: str) -> SupplierQuestion:
    """A question for whoever answers it."""
    refuse(rules.why_not_run(reader))
    rows = SupplierQuestion.objects.visible_to(reader).select_related("tender", "organisation")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def own_bids(reader: Any, tender: Tender) -> list[Bid]:
    """What the reader's organisation sent, the latest first, with the receipts."""
    if not reader.may("bid_for_tenders"):
        return []
    rows = Bid.objects.visible_to(reader).filter(tender=tender, organisation_id=reader.organisation_id)
    return list(rows.select_related("lot", "sent_by", "tender").order_by("lot__number", "-sent_at", "reference"))


def own_standing(reader: Any, tender: Tender, lot: Lot) -> list[Bid]:
    """What the reader's organisation sent for a lot, and another bid would take the place of."""
    return [each for each in own_bids(reader, tender) if each.stands and each.lot_id == lot.pk]


def own_bid_of(reader: Any, tender: Tender, number: int) -> Bid:
    """What the reader's organisation sent for a lot last, or a page that never says whether it exists."""
    found = [each for each in own_bids(reader, tender) if each.lot.number == number]
    if not found:
        raise Http404
    return found[0]


def own_reasons(reader: Any, tender: Tender) -> list[BidReason]:
    """What the reader's organisation was told of its bids."""
    if not reader.may("bid_for_tenders"):
        return []
    rows = BidReason.objects.visible_to(reader).filter(bid__tender=tender, bid__organisation_id=reader.organisation_id)
    return list(rows.select_related("bid__lot", "award__organisation").order_by("bid__lot__number"))


def lot_of(reader: Any, tender: Tender, number: int) -> Lot:
    """A lot of a tender, or a page that never says whether it exists."""
    found = Lot.objects.visible_to(reader).select_related("tender").filter(tender=tender, number=number).first()
    if found is None:
        raise Http404
    return found


def award_of(reader: Any, reference: str, number: int) -> Award:
    """The award of a lot, for whoever runs tenders."""
    refuse(rules.why_not_run(reader))
    rows = Award.objects.visible_to(reader).select_related("tender", "lot", "organisation")
    found = rows.filter(tender__reference=reference, lot__number=number).first()
    if found is None:
        raise Http404
    return found


def organisations(reader: Any) -> list[tuple[str, str]]:
    """Organisations to choose from."""
    refuse(rules.why_not_run(reader))
    rows = Organisation.objects.filter(ended_on=None).order_by("-is_authority", "name").values_list("pk", "name")
    return [(str(key), name) for key, name in rows]


def organisation_of(key: str) -> Organisation | None:
    """The organisation that was chosen."""
    return Organisation.objects.filter(pk=key).first()


def missing(reader: Any, tender: Tender) -> list[str]:
    """What a draft still needs, for whoever writes it."""
    return rules.missing_of(tender) if tender.is_draft and runs(reader) else []


def what_may(reader: Any, tender: Tender, lots_awarded: bool, mine: Any, lock: Any) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    bids = reader.may("bid_for_tenders")
    closed = tender.state == TenderState.PUBLISHED and clock.now() >= tender.deadline_at
    return {
        "run": runs(reader),
        "write": rules.why_not_write(reader, tender) is None,
        "withdraw": rules.why_not_withdraw(reader, tender, lots_awarded, "-") is None,
        "bid": bids and tender.is_calling,
        "ask": rules.why_not_ask(reader, tender, "-") is None,
        "clarify": rules.why_not_clarify(reader, tender, "-", "-") is None,
        "lock": lock is not None and tender.is_draft,
        "open": lock is not None and closed,
        "name_scorers": runs(reader) and tender.state not in (TenderState.COMPARED, TenderState.WITHDRAWN),
        "declare": mine is not None and tender.opened_at is not None and mine.conflict != "conflict",
        "read": mine is not None and mine.conflict == "none" and tender.opened_at is not None,
        "close": scoring.may_close(reader, tender, mine) if tender.state == TenderState.OPENED else False,
    }


def intention_of(reader: Any, tender: Tender) -> Intention | None:
    """The intention that a tender comes from, where the reader may read that."""
    if tender.intention_id is None:
        return None
    return Intention.objects.visible_to(reader).select_related("area").filter(pk=tender.intention_id).first()


def intentions_to_buy(reader: Any, before: Intention | None = None) -> list[Intention]:
    """What a tender may come from: drafted or agreed, and what it comes from already."""
    open_ = Q(state__in=[IntentionState.DRAFTED, IntentionState.AGREED])
    rows = Intention.objects.seen_by(reader).filter(open_ | Q(pk=before.pk if before else None)).select_related("area")
    return list(rows.order_by("buy_by", "title", "id"))


def tenders_of_intention(reader: Any, intention: Any) -> list[Tender]:
    """The tenders that come from an intention, for its page below this room, which is given them by name."""
    rows = Tender.objects.visible_to(reader).filter(intention=intention)
    return list(rows.order_by("-deadline_at", "reference")) if rules.why_not_see_tenders(reader) is None else []


def may_write_tender(reader: Any) -> bool:
    """Whether the reader writes tenders, for the same page."""
    return runs(reader)


def follows(reader: Any, tender: Tender | None) -> bool | None:
    """Whether the reader is told of new calls, or of this one; None for whoever bids for nobody."""
    if not reader.may(BIDS):
        return None
    return CallFollower.objects.visible_to(reader).filter(tender=tender).exists()


def scored_tenders(reader: Any) -> Any:
    """Tenders whose opened bids the reader may read, as ids."""
    return Tender.objects.filter(pk__one_of=part(reader, "scores"))


def page_of_tender(reader: Any, tender: Tender) -> dict[str, Any]:
    """All that the page of a tender shows its reader: a fixed number of queries."""
    mine, lock = scoring.scorer_of(reader, tender), own_lock(reader, tender)
    call, sent = call_of(reader, tender), own_bids(reader, tender)
    works = runs(reader) or mine is not None or lock is not None  # a bidder reads of its own what it is told
    return {
        "tender": tender,
        "call": call,
        "mine": mine,
        "lock": lock,
        "intention": intention_of(reader, tender),
        "follows": follows(reader, tender) if tender.published_at else None,
        "keyholders": keyholders(reader, tender),
        "questions": questions_waiting(reader, tender),
        "own_bids": sent,
        "own_lots": {each.lot_id for each in sent if each.stands},
        "own_reasons": own_reasons(reader, tender),
        "scorers": scoring.scorers(reader, tender),
        "lot_results": scoring.results(reader, tender, call.criteria) if tender.opened_at and works else [],
        "progress": scoring.progress(tender) if tender.state == TenderState.OPENED and (runs(reader) or mine) else None,
        "missing": missing(reader, tender),
        "awarded": {each.lot_id for each in call.awards},
        "may": what_may(reader, tender, bool(call.awards), mine, lock),
    }
