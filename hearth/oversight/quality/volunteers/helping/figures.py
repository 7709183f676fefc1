"""Volunteers, visits, hours and families by district and quarter: counted where nobody is named, few families left out."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from hearth.foundation.accounts.models import Area
from hearth.foundation.core import clock
from hearth.foundation.core.few import without_few
from hearth.foundation.core.pack import pack
from hearth.foundation.core.spreadsheet import Cell, Sheet

FEW, TOGETHER, QUARTERS = "few", "", 8
MEANS = (
    "Volunteers who visited, visits, hours and families visited, in the district in which each family was matched. “Few” is a number of families "
    "below {few}, or one from which such a number could be worked out; visits go with it. Restricted families are in no figure. It names nobody."
)


@dataclass(frozen=True)
class Line:
    """One district in one quarter; none for what is too few to show."""

    quarter: str
    area: str
    volunteers: int
    visits: int | None
    hours: float
    families: int | None


def since() -> dt.date:
    """The first day of the first quarter that is shown."""
    today = clock.today()
    months = today.year * 12 + (today.month - 1) // 3 * 3 - 3 * (QUARTERS - 1)
    return dt.date(months // 12, months % 12 + 1, 1)


def quarter_words(first: dt.date) -> str:
    """January to March 2026."""
    last = dt.date(first.year, first.month + 2, 1)
    return f"{first:%B} to {last:%B %Y}"


def hours(reader: Any) -> list[Line]:
    """What the reader may know of, the newest quarter first, each followed by its sum where there are several districts. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select quarter, area, volunteers, visits, minutes, families from hearth_volunteer_hours(%s, %s)",
            [reader.id, since()],
        )
        rows = cursor.fetchall()
    names = dict(Area.objects.filter(code__in={row[1] for row in rows}).values_list("code", "name"))
    lines: list[Line] = []
    for quarter in sorted({row[0] for row in rows}, reverse=True):
        lines += _of_quarter(quarter, {row[1]: row[2:] for row in rows if row[0] == quarter}, names)
    return lines


def _of_quarter(quarter: dt.date, rows: dict[str, Any], names: dict[str, str]) -> list[Line]:
    """Its districts and, where there are two or more, their sum. A volunteer or a family of two districts counts in each."""
    codes = sorted(rows, key=lambda code: names[code])
    together = [sum(int(rows[code][number]) for code in codes) for number in range(4)]
    figures = {code: [int(each) for each in rows[code]] for code in codes} | {TOGETHER: together}
    cells, fewest = [*codes, TOGETHER], pack().indicators.fewest_shown
    families = without_few({code: figures[code][3] for code in cells}, [cells], fewest)
    visits = without_few(
        {code: figures[code][1] for code in cells},
        [cells],
        0,
        left_out={code for code in cells if families[code] is None},
    )
    shown = cells if len(codes) > 1 else codes
    return [
        Line(
            quarter_words(quarter),
            names.get(code, "Together"),
            figures[code][0],
            visits[code],
            round(figures[code][2] / 60, 1),
            families[code],
        )
        for code in shown
    ]


def sheet_of(found: list[Line]) -> Sheet:
    """The same as a table to take away."""
    rows: list[list[Cell]] = [
        [each.quarter, each.area, each.volunteers, _told(each.visits), each.hours, _told(each.families)]
        for each in found
    ]
    means = (
        f"{MEANS.format(few=pack().indicators.fewest_shown)} Since {since():%d/%m/%Y}, as at {clock.today():%d/%m/%Y}."
    )
    return Sheet("Volunteers", means, ("Quarter", "District", "Volunteers", "Visits", "Hours", "Families"), rows)


def _told(figure: int | None) -> Cell:
    return FEW if figure is None else figure
