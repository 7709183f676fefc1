"""The list of families that wait for the panel."""

from typing import Any

from django.db.models import Count, F, Q

from hearth.casework.cases.models import DueItem
from hearth.desk.panel.rules import PANEL
from hearth.foundation.core import clock
from hearth.foundation.core.paging import Page, page_of
from hearth.records.people.reach import may_open_family

ROW = {
    "family_name": F("family__name"),
    "family_reference": F("family__reference"),
    "area_name": F("case__area__name"),
    "case_reference": F("case__reference"),
    "lead_name": F("case__lead__full_name"),
    "waiting_since": F("created_at"),
}


def _waiting(reader: Any) -> Any:
    return DueItem.objects.filter(may_open_family(reader, "family__"), kind=PANEL, done_at=None)


def waiting_for_panel(reader: Any, page: Any = 1) -> Page:
    """Families that the reader may open and the panel has not discussed, the first meeting first: one query."""
    return page_of(_waiting(reader).order_by("due_on", "id").values("due_on", **ROW), page)


def how_many_wait_for_panel(reader: Any) -> dict[str, int]:
    """How many wait, for how many the day has passed, and for how many it is within the week: one query."""
    today = clock.today()
    late, week = Q(due_on__lt=today), Q(due_on__range=(today, today + clock.WEEK))
    return _waiting(reader).aggregate(all=Count("id"), late=Count("id", filter=late), week=Count("id", filter=week))
