"""Agreements, for everybody who signs in: they name no family."""

from typing import Any

from django.db.models import Q
from django.http import Http404

from hearth.foundation.core import clock
from hearth.foundation.core.paging import Page, page_of
from hearth.records.sharing.models import Agreement


def agreements(reader: Any, *, ended: bool = False, page: Any = 1) -> Page:
    """A page of agreements in force (those that end first, first), or of those that have ended."""
    today, over = clock.today(), Q(until_on__lt=clock.today()) | Q(ended_at__isnull=False)
    rows = Agreement.objects.visible_to(reader).select_related("organisation")
    rows = (
        rows.filter(over).order_by("-until_on", "id")
        if ended
        else rows.filter(until_on__gte=today, ended_at=None).order_by("until_on", "id")
    )
    return page_of(rows, page)


def agreement_of(reader: Any, reference: str) -> Agreement:
    """One agreement, or not found."""
    rows = Agreement.objects.visible_to(reader).select_related("organisation", "written_by", "ended_by")
    agreement = rows.filter(reference=reference).first()
    if agreement is None:
        raise Http404
    return agreement
