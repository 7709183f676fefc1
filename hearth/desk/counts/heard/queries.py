"""Reads how long panels take through the database's function, and what a figure is made of through visible_to."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import DateField, Exists, OuterRef, Q
from django.db.models.functions import TruncMonth

from hearth.casework.panels.models import PanelItem, Status
from hearth.desk.counts.rules import why_not_see_counts
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.records.people.models import Membership

PERIODS = {"quarter": 3, "year": 12, "two_years": 24}  # whole months, this one among them
SPLITS = {"kind": "Kind of panel", "area": "District", "month": "Month"}


@dataclass(frozen=True)
class Wanted:
    """What a reader asked for; of one figure that is opened, also which month."""

    area: str = ""
    kind: str = ""
    period: str = "year"
    month: dt.date | None = None

    @property
    def months(self) -> list[dt.date]:
        """The first days of the months that are asked for, the earliest first."""
        today, number = clock.today(), PERIODS.get(self.period, PERIODS["year"])
        back = [today.year * 12 + today.month - 1 - ago for ago in reversed(range(number))]
        return [dt.date(month // 12, month % 12 + 1, 1) for month in back]

    @property
    def filters(self) -> dict[str, str]:
        """As the page's address says it."""
        return {"area": self.area, "kind": self.kind, "period": self.period}

    @property
    def told(self) -> dict[str, str]:
        """As the trail says it."""
        return {"area": self.area, "panels": self.kind, "period": self.period}


@dataclass(frozen=True)
class Times:
    """How many families were heard and what the middle one waited; how many had help, and what the middle one waited for it.

    Where nobody was heard, or no help began, there is no middle: it is empty, and not nought.
    """

    key: str
    name: str
    heard: int = 0
    to_decision: float | None = None
    helped: int = 0
    to_help: float | None = None


@dataclass(frozen=True)
class Taken:
    """The same by kind of panel, by district and by month, and all together."""

    splits: dict[str, list[Times]]
    total: Times


def open_areas(wanted: Wanted) -> list[str]:
    """Codes of the districts that are asked for and where early help has begun: of others no figure is shown."""
    today = clock.today()
    return [each.code for each in pack().areas.districts if each.is_live(today) and wanted.area in ("", each.code)]


def times_taken(reader: Any, wanted: Wanted) -> Taken:
    """How long panels took, by kind, district and month of the decision: one query."""
    refuse(why_not_see_counts(reader))
    with connection.cursor() as cursor:
        cursor.execute(
            "select split, key, heard, to_decision, helped, to_help from hearth_panel_times(%s, %s, %s, %s)",
            [reader.id, wanted.months[0], open_areas(wanted), wanted.kind],
        )
        found = {(split, key): figures for split, key, *figures in cursor.fetchall()}
    areas = sorted((each.name, each.code) for each in pack().areas.districts if each.code in open_areas(wanted))
    named = {
        "kind": [(each.code, each.label) for each in pack().panels.kinds if ("kind", each.code) in found],
        "area": [(code, name) for name, code in areas],
        "month": [(month.isoformat(), f"{month:%B %Y}") for month in reversed(wanted.months)],
    }
    splits = {
        split: [Times(key, name, *found.get((split, key), ())) for key, name in named[split]] for split in SPLITS
    }  # fmt: skip
    return Taken(splits, Times("", "All together", *found.get(("all", ""), ())))


@dataclass(frozen=True)
class Opened:
    """Behind one figure: how many were counted, how many of them the reader may open, and a page of these."""

    counted: int
    may_open: int
    page: Page


def counted_panel_items(reader: Any, wanted: Wanted, page: Any = 1) -> Opened:
    """What panels heard, behind one figure, as far as the reader may open it: three queries."""
    taken = times_taken(reader, wanted)
    by_month = {each.key: each.heard for each in taken.splits["month"]}
    counted = by_month.get(wanted.month.isoformat(), 0) if wanted.month else taken.total.heard
    heard = PanelItem.objects.visible_to(reader).filter(_in_figures(), status=Status.HEARD, case__isnull=False)
    heard = heard.annotate(month=TruncMonth("heard_at", tzinfo=clock.LONDON, output_field=DateField()))
    narrow = Q(month=wanted.month) if wanted.month else Q(month__gte=wanted.months[0])
    narrow &= Q(case__area__code__in=open_areas(wanted))
    narrow &= Q(panel__kind=wanted.kind) if wanted.kind else Q()
    rows = heard.filter(narrow).select_related("panel", "case__area").order_by("-heard_at", "id")
    return Opened(counted, rows.count(), page_of(rows, page))


def _in_figures() -> Q:
    """As the database counts: a family through its people who are not restricted, for a reader who is named for one too."""
    people = Membership.objects.filter(family=OuterRef("family_id"), until_on=None, hidden=False)
    return Q(family__restricted=False) & Q(Exists(people))


def kinds() -> list[tuple[str, str]]:
    """Kinds of panel that discuss families."""
    return [(each.code, each.label) for each in pack().panels.kinds if each.discusses == "families"]


def kind_words(code: str) -> str:
    """A kind of panel as the pack words it."""
    return label_of(pack().panels.kinds, code)
