"""The report of missed opportunities: how many missed each touchpoint, by district, and the children behind a figure whom a reader may open."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet

from hearth.foundation.accounts.models import Area, Organisation
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.intelligence.feeds import permits
from hearth.intelligence.feeds.layout import layouts
from hearth.intelligence.insight.rules import MISSED, why_not_see_missed
from hearth.intelligence.insight.touchpoints.figures import LOOKED_BACK, can_be_missed
from hearth.intelligence.insight.touchpoints.models import RecordedTouchpoint, TouchpointFact
from hearth.records.pathways.queries import touchpoints
from hearth.records.people.models import Membership


@dataclass(frozen=True)
class Cell:
    """Of how many whose time was over, how many missed it; none where that is left out. `is_held`: whether a file says anything of it.

    `partly`: a sum from which something is left out.
    """

    code: str
    of: int | None
    missed: int | None
    is_held: bool = True
    partly: bool = False


@dataclass(frozen=True)
class Line:
    """A district, or all of them: a cell for each touchpoint."""

    area: str
    name: str
    cells: Sequence[Cell]

    @property
    def is_held(self) -> bool:
        """Whether a file says anything of it."""
        return any(cell.is_held for cell in self.cells)


@dataclass(frozen=True)
class Report:
    """The report as at the day of the run that stands; none before the first run. `untold`: touchpoints that no feed tells of.

    `total` is the sum of every district whose figure may be shown, whichever the reader is: it tells no figure that is left out.
    """

    as_at: dt.date | None
    points: Sequence[Any]
    lines: Sequence[Line]
    total: Line
    untold: int
    everywhere: bool = True

    @property
    def held(self) -> list[Line]:
        """The districts that a file says anything of."""
        return [line for line in self.lines if line.is_held]

    @property
    def not_held(self) -> list[str]:
        """Names of those that none does."""
        return [line.name for line in self.lines if not line.is_held]

    def cell(self, area: str, code: str) -> Cell | None:
        """One figure; of everybody for no area."""
        line = next((each for each in (self.total, *self.lines) if each.area == area), None)
        return next((each for each in line.cells if each.code == code), None) if line else None


def missed_opportunities(reader: Any) -> Report:
    """How many missed each touchpoint, by district, for whoever sees counts; for whoever works with families, in their areas. Two queries.

    It names nobody.
    """
    refuse(why_not_see_missed(reader))
    everywhere = reader.may("see_counts")
    with connection.cursor() as cursor:
        cursor.execute("select as_at, found from hearth_missed_touchpoints()")
        as_at, found = cursor.fetchone() or (None, "{}")
    told = _read(found)
    points = [point for point, _ in can_be_missed().values()]
    districts = Area.objects.exclude(pk__in=Area.objects.exclude(parent=None).values("parent")).order_by("name")
    lines = [
        Line(each.code, each.name, [_cell(told, point.code, str(each.pk)) for point in points])
        for each in districts
        if everywhere or reader.may(MISSED, each)
    ]
    unknown = [_cell(told, point.code, "") for point in points]
    if everywhere and any(cell.of != 0 and cell.is_held for cell in unknown):
        lines.append(Line("none", "District not known", unknown))
    total = Line("", "All districts", [_total(told.get(point.code), point.code) for point in points])
    return Report(as_at, points, lines, total, len(touchpoints()) - len(points), everywhere)


def _read(found: Any) -> dict[str, Any]:
    return dict(json.loads(found) if isinstance(found, str) else found)


def _total(told: dict[str, Any] | None, code: str) -> Cell:
    if told is None:
        return Cell(code, None, None, is_held=False)
    return Cell(code, told["of"], told["missed"], partly=told.get("partly", False))


def _cell(told: dict[str, Any], code: str, area: str) -> Cell:
    """Where a file is held that is about the district, nobody in it is nobody whose time was over; where none is, nothing is known."""
    found = told.get(code)
    if found is None:
        return Cell(code, None, None, is_held=False)
    if area in found["districts"]:
        return Cell(code, *found["districts"][area])
    held = not found["held"] or area in found["held"]
    return Cell(code, 0 if held else None, 0 if held else None, is_held=held)


@dataclass(frozen=True)
class Opened:
    """Behind one figure: the touchpoint, the district in words, how many missed it, and a page of those the reader may open."""

    touchpoint: Any
    where: str
    cell: Cell | None
    may_open: int
    page: Page


def opened(reader: Any, code: str, area: str, page: Any = 1) -> Opened | None:
    """The children behind a figure whom the reader may open and the agreements let be shown; nothing where there is no such figure.

    For no code it is the first touchpoint that can be missed.
    """
    report = missed_opportunities(reader)
    code = code or next(iter(can_be_missed()), "")
    known = can_be_missed().get(code)
    cell = report.cell(area, code)
    if known is None or cell is None or report.as_at is None:
        return None
    touchpoint, days = known
    rows = _missed(reader, touchpoint, days, report.as_at)
    if area:
        home = Membership.objects.filter(person=OuterRef("person"), until_on=None, family__area__code=area)
        rows = rows.filter(Exists(home))
    rows = rows.select_related("person", "organisation").order_by("due_on", "person__folded_name", "id")
    where = next(each.name for each in (report.total, *report.lines) if each.area == area)
    return Opened(touchpoint, where, cell, rows.values("person").distinct().count(), page_of(rows, page))


def _missed(reader: Any, touchpoint: Any, days: int, as_at: dt.date) -> QuerySet[TouchpointFact]:
    """Facts as the run counted them: over, of the last year, and met by no other row, nor by what somebody recorded."""
    facts = TouchpointFact.objects.visible_to(reader).filter(touchpoint=touchpoint.code)
    sources = Organisation.objects.filter(pk__in=facts.values("organisation"))
    layout = layouts()[touchpoint.evidence.feed]
    may = permits.may_show_each(reader, [(layout, each) for each in sources])
    shown = [key for (_, key), decision in may.items() if decision.kind == permits.PERMIT]
    met = TouchpointFact.objects.filter(touchpoint=touchpoint.code, person=OuterRef("person")).exclude(met_on=None)
    by_hand = RecordedTouchpoint.objects.standing().filter(
        touchpoint=touchpoint.code, person__cluster_id=OuterRef("person__cluster_id")
    )
    return facts.filter(
        ~Exists(met), ~Exists(by_hand), organisation__in=shown, met_on=None, due_on__gte=as_at - dt.timedelta(days=LOOKED_BACK + days),
        as_at__gt=F("due_on") + dt.timedelta(days=days),
    )  # fmt: skip
