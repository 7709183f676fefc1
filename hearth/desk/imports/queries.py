"""What was read in, and what became of each row."""

from typing import Any

from django.db import connection
from django.db.models import Count
from django.http import Http404

from hearth.desk.imports.models import ImportRow, ImportRun
from hearth.foundation.accounts.models import Area
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, page_of


def runs(reader: Any) -> list[ImportRun]:
    """The reader's own readings, newest first."""
    return list(ImportRun.objects.visible_to(reader).select_related("area").order_by("-created_at")[:50])


def run_of(reader: Any, reference: str) -> ImportRun:
    """One reading, or a page that never says whether it exists."""
    run = ImportRun.objects.visible_to(reader).select_related("area").filter(reference=reference).first()
    if run is None:
        raise Http404
    return run


def account_of(run: ImportRun) -> dict[str, dict[str, int]]:
    """How many rows of each sheet were loaded, were there already, and were refused."""
    account: dict[str, dict[str, int]] = {}
    for row in (
        ImportRow.objects.filter(run=run).values("sheet", "outcome").annotate(rows=Count("id")).order_by("sheet")
    ):
        account.setdefault(row["sheet"], {"loaded": 0, "already": 0, "refused": 0})[row["outcome"]] = row["rows"]
    return account


def rows_of(run: ImportRun, *, only: str = "", page: Any = 1) -> Page:
    """Rows of a reading, in the order of the file; `only`: loaded, already, refused or flagged."""
    rows = ImportRow.objects.filter(run=run).order_by("sheet", "number").select_related("family")
    if only == "flagged":
        rows = rows.exclude(flags=[])
    elif only:
        rows = rows.filter(outcome=only)
    return page_of(rows, page)


def is_loaded(digest: str) -> bool:
    """Whether a row was loaded before, by whomever: all that an importer may learn of another's import."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth_row_is_loaded(%s)", [digest])
        return bool(cursor.fetchone()[0])


def flagged_of(run: ImportRun, sheet: str) -> int:
    """How many rows of a sheet were kept with a field flagged."""
    return ImportRow.objects.filter(run=run, sheet=sheet).exclude(flags=[]).count()


def area_codes() -> list[str]:
    """Codes of the districts families may belong to, as the pack has them."""
    return [district.code for district in pack().areas.districts]


def area_coded(code: str) -> Area | None:
    """The district with that code; without a code, the pack's first."""
    codes = area_codes()
    wanted = code or codes[0]
    return Area.objects.filter(code=wanted).first() if wanted in codes else None
