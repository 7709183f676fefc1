"""What the pages of exports show. The reader first."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.shortcuts import get_object_or_404

from hearth.casework.cases.models import Case
from hearth.foundation.accounts.models import Area
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import Refusal, Refused
from hearth.oversight.performance.exports import telling
from hearth.oversight.performance.exports.checking import WORDS
from hearth.oversight.performance.exports.models import Export, ExportFile, ExportGap, HandingOver, Kind
from hearth.oversight.performance.exports.reach import districts_of
from hearth.oversight.performance.exports.rules import Since

HOWS = HandingOver.How.choices
KINDS = Kind.choices


@dataclass(frozen=True)
class GapCount:
    """How often one column has nothing to say."""

    place: str
    column: str
    words: str
    mend: str
    wanted: bool
    number: int
    what: str


@dataclass(frozen=True)
class ListedGap:
    """One cell that has nothing to say; `opens` where the reader may open its case themselves."""

    gap: ExportGap
    words: str
    mend: str
    opens: bool


def exports(reader: Any, number: Any) -> Page:
    """The reader's own exports, the newest first."""
    rows = Export.objects.visible_to(reader).select_related("area").order_by("-created_at", "id")
    return page_of(rows, number, size=20)


def export_of(reader: Any, reference: str) -> Export:
    """One of the reader's own. Raises Http404 for any other."""
    return get_object_or_404(Export.objects.visible_to(reader).select_related("area", "again_of"), reference=reference)


def six_months_before(day: dt.date) -> dt.date:
    """The first day of the six months that inspectors ask for."""
    year, month = (day.year, day.month - 6) if day.month > 6 else (day.year - 1, day.month + 6)
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))


def districts(reader: Any) -> list[Area]:
    """Districts that the reader may put into a file."""
    return list(districts_of(reader))


def district_coded(reader: Any, code: str) -> Area | None:
    """The district of a code, for a command; none where none was named. Raises Refused for one that is not the reader's."""
    if not code:
        return None
    found = districts_of(reader).filter(code=code).first()
    if found is None:
        codes = ", ".join(districts_of(reader).values_list("code", flat=True))
        raise Refused(Refusal("exports.area", f"There is no district {code} of theirs. It is one of {codes}."))
    return found


def content_of(reader: Any, export: Export) -> bytes:
    """The file as it was frozen."""
    return bytes(ExportFile.objects.visible_to(reader).get(export=export).bytes)


def gap_counts(export: Export) -> list[GapCount]:
    """What is missing, by column, what the standard wants first."""
    return [
        GapCount(row["place"], row["column"], *WORDS[row["what"]], row["wanted"], row["number"], row["what"])
        for row in export.gaps
    ]


def gaps(reader: Any, export: Export, only: str, number: Any) -> Page:
    """Cells with nothing to say, one by one, each with who can mend it; `only` is a list and a column of it."""
    rows = ExportGap.objects.visible_to(reader).filter(export=export).order_by("-wanted", "number")
    place, _, column = only.partition("/")
    if column:
        rows = rows.filter(place=place, column=column)
    page = page_of(rows, number, size=25)
    opens = _openable(reader, page.rows)
    shown = [ListedGap(row, *WORDS[row.what], row.case_reference in opens) for row in page.rows]
    return Page(shown, page.number, page.more)


def _openable(reader: Any, rows: Iterable[ExportGap]) -> set[str]:
    wanted = {row.case_reference for row in rows if row.case_reference}
    return set(Case.objects.visible_to(reader).filter(reference__in=wanted).values_list("reference", flat=True))


def handed_over(reader: Any, export: Export) -> list[HandingOver]:
    """To whom it was given, the newest first."""
    rows = HandingOver.objects.visible_to(reader).filter(export=export).select_related("by")
    return list(rows.order_by("-handed_on", "-created_at"))


def later_one(reader: Any, export: Export) -> Export | None:
    """The one that was made after it, in its place."""
    return Export.objects.visible_to(reader).filter(again_of=export).order_by("-created_at").first()


def changed_since(export: Export) -> list[tuple[str, str, int, int]]:
    """What was missing in the one it was made after, and how that changed: list, column, before, now."""
    if export.again_of is None or export.state != Export.State.READY or not export.again_of.made_at:
        return []
    before = {(row["place"], row["column"], row["what"]): row["number"] for row in export.again_of.gaps}
    now = {(row["place"], row["column"], row["what"]): row["number"] for row in export.gaps}
    keys = [key for key in dict.fromkeys([*before, *now]) if before.get(key, 0) != now.get(key, 0)]
    return [(place, column, before.get(key, 0), now.get(key, 0)) for key in keys for place, column, _ in [key]]


def sections(export: Export) -> list[tuple[str, list[str]]]:
    """What was left out of it and why, head by head: how many rows it has, the page says above."""
    return telling.as_sections(export.statement)[2:] if export.statement else []


def since_made(reader: Any, export: Export) -> Since:
    """What happened after it was made. Whether anybody was restricted the gate says, and not whom."""
    if export.made_at is None:
        return Since()
    with connection.cursor() as cursor:
        cursor.execute("select hearth_restricted_since(%s)", [export.made_at])
        (restricted,) = cursor.fetchone()
    return Since(restricted, not set(export.districts) <= {area.name for area in districts_of(reader)})
