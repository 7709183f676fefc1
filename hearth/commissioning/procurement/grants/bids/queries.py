"""Reads of bids for outside funding, and what is bought already beside each: the reader first, always through visible_to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from hearth.commissioning.needs.figures import need_words
from hearth.commissioning.needs.models import Intention, IntentionState
from hearth.commissioning.procurement.grants.bids import rules
from hearth.commissioning.procurement.grants.models import ApplicationState, BidState, GrantApplication, OutsideBid
from hearth.foundation.accounts.models import Organisation
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse


@dataclass(frozen=True)
class Overlap:
    """Something that is bought, given or bid for already, for the same need in the same place."""

    kind: str
    reference: str
    title: str
    detail: str
    needs: str
    url: str


def outside_bids(reader: Any) -> QuerySet[OutsideBid]:
    """Bids that the reader may read, those that wait first, by the funder's day."""
    refuse(rules.why_not_see_bids(reader))
    rows = OutsideBid.objects.visible_to(reader).select_related("area", "organisation")
    return rows.annotate(waits=Q(state=BidState.TOLD)).order_by("-waits", "due_on", "-created_at", "id")


def bids_page(reader: Any, page: Any) -> Page:
    """A page of them."""
    return page_of(outside_bids(reader), page)


def bid_of(reader: Any, reference: str) -> OutsideBid:
    """A bid, or a page that never says whether it exists."""
    rows = OutsideBid.objects.visible_to(reader).select_related("area", "organisation", "told_by", "reviewed_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def overlaps(reader: Any, bid: OutsideBid) -> list[Overlap]:
    """What is meant to be bought or bought, what grants were awarded, and which other bids there are for its needs in its place.

    Three queries, for the authority's people alone: a partner is told what the review says.
    """
    if not sees_overlaps(reader):
        return []
    mine = set(bid.needs)
    intentions = Intention.objects.seen_by(reader).exclude(state=IntentionState.WITHDRAWN).filter(
        _in_place(bid, "area"), needs__overlap=bid.needs
    )  # fmt: skip
    grants = GrantApplication.objects.visible_to(reader).filter(
        _in_place(bid, "round__area"), need__in=bid.needs, state=ApplicationState.AWARDED
    )
    others = OutsideBid.objects.visible_to(reader).filter(
        _in_place(bid, "area"), needs__overlap=bid.needs, state__in=[BidState.TOLD, BidState.SUPPORTED]
    )
    return [
        *(
            Overlap(
                "Intention", row.reference, row.title, f"{row.where}, {row.get_state_display().lower()}", _same(mine, row.needs),
                reverse("intention", args=[row.reference]),
            )
            for row in intentions.select_related("area").order_by("buy_by", "id")
        ),
        *(
            Overlap(
                "Grant", row.reference, row.title, f"{row.organisation.name}, {row.round.where}", need_words(row.need),
                reverse("grant_application", args=[row.reference]),
            )
            for row in grants.select_related("round__area", "organisation").order_by("-decided_on", "id")
        ),
        *(
            Overlap(
                "Outside bid", row.reference, row.title, f"{row.organisation.name}, {row.where}", _same(mine, row.needs),
                reverse("outside_bid", args=[row.reference]),
            )
            for row in others.exclude(pk=bid.pk).select_related("area", "organisation").order_by("due_on", "id")
        ),
    ]  # fmt: skip


def _in_place(bid: OutsideBid, column: str) -> Q:
    """Of the same district, or where one of the two is for the whole authority."""
    return Q() if bid.area_id is None else Q(**{column: bid.area_id}) | Q(**{column: None})


def _same(mine: set[str], theirs: list[str]) -> str:
    return ", ".join(need_words(code) for code in theirs if code in mine)


def sees_overlaps(reader: Any) -> bool:
    """Whether the reader is shown what stands beside a bid."""
    return bool(reader.may(rules.SEES)) and reader.organisation.is_authority


def may_tell(reader: Any) -> bool:
    """Whether the reader is offered to tell of a bid."""
    return rules.why_not_tell(reader) is None


def organisations(reader: Any) -> list[Organisation]:
    """Whose bid it may be: the reader's own organisation, or any partner for whoever writes intentions."""
    rows = Organisation.objects.filter(is_authority=False, ended_on=None).order_by("name")
    return list(rows if reader.may(rules.WRITES) else rows.filter(pk=reader.organisation_id))


def what_may(reader: Any, bid: OutsideBid) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    return {
        "review": rules.why_not_review(reader, bid) is None,
        "withdraw": rules.why_not_withdraw(reader, bid) is None,
        "overlaps": sees_overlaps(reader),
    }
