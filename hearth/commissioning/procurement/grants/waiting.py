"""What waits for whoever decides grants and reviews bids for outside funding: two queries."""

from typing import Any

from django.db.models import Count, Q

from hearth.commissioning.procurement.grants.bids.rules import why_not_review
from hearth.commissioning.procurement.grants.models import ApplicationState, BidState, GrantApplication, OutsideBid
from hearth.commissioning.procurement.grants.reach import WRITES
from hearth.commissioning.procurement.grants.rules import why_not_decide_grants
from hearth.foundation.core import clock


def grants_waiting(reader: Any) -> dict[str, int]:
    """Applications to decide, of rounds that take no more; and grants to pay. The reader's own organisation's are somebody else's."""
    if why_not_decide_grants(reader) is not None:
        return {"decide": 0, "pay": 0}
    over = Q(round__closes_on__lt=clock.today()) | Q(round__ended_at__isnull=False)
    found: dict[str, int] = GrantApplication.objects.visible_to(reader).aggregate(
        decide=Count("pk", filter=Q(state=ApplicationState.SENT) & over),
        pay=Count("pk", filter=Q(state=ApplicationState.AWARDED, paid_on=None)),
    )
    return found


def bids_waiting(reader: Any) -> list[Any]:
    """Days by which funders want the bids that the reader is to review."""
    if not reader.may(WRITES):
        return []
    rows = OutsideBid.objects.visible_to(reader).filter(state=BidState.TOLD).select_related("area", "organisation")
    return [each.due_on for each in rows.order_by("due_on", "pk")[:100] if why_not_review(reader, each) is None]
