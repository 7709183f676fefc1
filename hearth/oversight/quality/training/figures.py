"""How often each item was missed, by district, with small figures left out: counted where nobody is named."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from hearth.foundation.accounts.models import Area
from hearth.foundation.core import clock
from hearth.foundation.core.few import without_few
from hearth.foundation.core.pack import pack
from hearth.foundation.core.spreadsheet import Cell, Sheet

FEW = "few"
TOGETHER = ""
MEANS = (
    "How often an item was found to be missing, in audits of assessments that were settled since the day given. “Few” is a figure below {few}, or "
    "one from which such a figure could be worked out. Restricted families are in none. It names nobody."
)


@dataclass(frozen=True)
class Line:
    """One item: what it says, how often it was missed in each district, and together; none for what is too few to show."""

    item: str
    label: str
    by_area: dict[str, int | None]
    together: int | None


@dataclass(frozen=True)
class Findings:
    """What audits found since a day: the districts with audits, and the items that were missed, the most often first."""

    since: dt.date
    areas: dict[str, str]
    lines: list[Line]
    is_enough: bool  # whether there were audits enough to show anything of them


def labels() -> dict[str, str]:
    """What each item says, in the newest version of a tool that has it."""
    return {item.code: item.label for tool in pack().audit_tools for item in tool.items}


def findings(reader: Any, months: int) -> Findings:
    """What the reader may know of: the whole authority for whoever sees counts, and otherwise where they lead audits. Two queries."""
    since = clock.today() - dt.timedelta(days=months * 365 // 12)
    with connection.cursor() as cursor:
        cursor.execute("select item, area, missed, audits from hearth_audit_findings(%s, %s)", [reader.id, since])
        rows = cursor.fetchall()
    fewest, words = pack().indicators.fewest_shown, labels()
    codes = sorted({area for _, area, _, _ in rows})
    cells = {(item, area): int(missed) for item, area, missed, _ in rows}
    audits = {item: 0 for item, _, _, _ in rows}
    for item, _, _, many in rows:
        audits[item] += many
    items = sorted(audits)
    counted = {(item, area): cells.get((item, area), 0) for item in items for area in codes}
    counted |= {(item, TOGETHER): sum(cells.get((item, area), 0) for area in codes) for item in items}
    shown = without_few(counted, [[(item, area) for area in (*codes, TOGETHER)] for item in items], fewest)
    lines = [
        Line(item, words.get(item, item), {area: shown[item, area] for area in codes}, shown[item, TOGETHER])
        for item in items
        if counted[item, TOGETHER]
    ]
    names = dict(Area.objects.filter(code__in=codes).values_list("code", "name"))
    is_enough = max(audits.values(), default=0) >= fewest
    ordered = sorted(lines, key=lambda line: (-(line.together or 0), line.label))
    return Findings(since, {code: names[code] for code in codes}, ordered if is_enough else [], is_enough)


def sheet_of(found: Findings) -> Sheet:
    """The same as a table to take away."""
    rows: list[list[Cell]] = [
        [line.label, *(_told(line.by_area[code]) for code in found.areas), _told(line.together)] for line in found.lines
    ]
    means = (
        MEANS.format(few=pack().indicators.fewest_shown)
        + f" Since {found.since:%d/%m/%Y}, as at {clock.today():%d/%m/%Y}."
    )
    return Sheet("Audit findings", means, ("Item", *found.areas.values(), "Together"), rows)


def _told(figure: int | None) -> Cell:
    return FEW if figure is None else figure
