"""Start reading a workbook, and load its rows: each wholly or not at all, and once however often it is read."""

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from hearth.desk.imports import rules
from hearth.desk.imports.cells import Reading, as_text
from hearth.desk.imports.loading import LOADERS, family_of_child, keep_in_sight
from hearth.desk.imports.models import ImportFile, ImportRow, ImportRun
from hearth.desk.imports.queries import is_loaded
from hearth.desk.imports.workbook import (
    LARGEST,
    TOO_LARGE,
    SheetRow,
    count_rows,
    open_formulas,
    open_workbook,
    rows_of,
    skipped_rows,
)
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, Refused, refuse
from hearth.foundation.core.text import clean

Progress = Callable[[int], None]
UNWORKED = "{} is a formula, and its result is not in the file. Open it in Excel, save it, and read it in again."


@action
def import_workbook(*, by: Any, area: Any, source: str, file_name: str, content: bytes) -> ImportRun:
    """Keep the workbook and queue its reading. A file that is no workbook is refused before anything is kept."""
    refuse(rules.why_not_import(by))
    open_workbook(io.BytesIO(content)).close()
    run = ImportRun(
        reference=drawn_reference("IM"),
        source=clean(source).strip(),
        file_name=clean(file_name)[-200:],
        area=area,
        by=by,
    )
    run.save(force_insert=True)
    ImportFile(run=run, content=content).save(force_insert=True)
    record("imports.import_started", subject=run, area=area.code)
    defer("imports.read", run=run.id, by=by.id)
    return run


def read_workbook(*, by: Any, run: ImportRun, progress: Progress | None = None) -> ImportRun:
    """Read a run's workbook to its end. Broken off anywhere, it goes on from there when it is read again."""
    content = io.BytesIO(bytes(ImportFile.objects.get(run=run).content))
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.READING)
    try:
        book = open_workbook(content)
        count_rows(book)  # the whole of it once, so that nothing is loaded of a file that breaks off
        skipped = skipped_rows(book)
        count = _load_all(by, run, rows_of(book, open_formulas(content)), progress)
    except Refused as refused:
        finish_import(by=by, run=run, refusal=str(refused))
        return run
    finish_import(by=by, run=run, rows_in_file=count, skipped=skipped)
    return run


def _load_all(by: Any, run: ImportRun, rows: Any, progress: Progress | None) -> int:
    done = set(ImportRow.objects.filter(run=run).values_list("sheet", "number"))
    places: dict[str, int] = {}
    count = 0
    for row in rows:
        count += 1
        digest = _digest(run, row, places)
        if (row.sheet, row.number) not in done:
            with transaction.atomic():
                _alone_with_child(run, row)
                load_row(by=by, run=run, row=row, digest=digest)
        if progress is not None and count % 100 == 0:
            progress(count)
    return count


def _digest(run: ImportRun, row: SheetRow, places: dict[str, int]) -> str:
    """What a row is known by. `places` counts identical rows, so that the second of two alike is a row of its own."""
    cells = {column: as_text(value) for column, value in sorted(row.cells.items())}
    same = hashlib.sha256(json.dumps([run.source, row.sheet, cells]).encode()).hexdigest()
    places[same] = places.get(same, 0) + 1
    return hashlib.sha256(f"{same} {places[same]}".encode()).hexdigest()


def _alone_with_child(run: ImportRun, row: SheetRow) -> None:
    """Two readings at once take turns at each child, so that no child is put on record twice."""
    about = f"import {run.source} {as_text(row.cells.get('child id'))}"
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [about])


@action
def load_row(*, by: Any, run: ImportRun, row: SheetRow, digest: str) -> ImportRow:
    """Load one row, or say that it is there already, or refuse it with its reason."""
    refuse(rules.why_not_import(by))
    reading = Reading(row.cells)
    kept = ImportRow(run=run, sheet=row.sheet, number=row.number, digest=digest, outcome=ImportRow.Outcome.LOADED)
    kept.cells = {column: as_text(value) for column, value in row.cells.items()}
    if is_loaded(digest):
        kept.outcome = ImportRow.Outcome.ALREADY
    elif not reading.text("child id"):
        kept.outcome, kept.reason = (
            ImportRow.Outcome.REFUSED,
            UNWORKED.format("child id")
            if "child id" in row.unworked
            else "There is no child id, so nobody can tell whose row it is.",
        )
    else:
        family, _person = family_of_child(by, run, reading)
        kept.family, kept.made = family, LOADERS[row.sheet](by, run, reading, family)
        keep_in_sight(by, family)
        kept.flags = reading.flags + [UNWORKED.format(column) for column in row.unworked]
    kept.save(force_insert=True)
    record(
        "imports.row_read", family=kept.family_id, subject=run, outcome=kept.outcome, row=row.number, sheet=row.sheet
    )
    return kept


@action
def finish_import(
    *, by: Any, run: ImportRun, refusal: str = "", rows_in_file: int = 0, skipped: dict[str, int] | None = None
) -> None:
    """Close the account of a run. The workbook's bytes are let go: what it held is in the rows."""
    run.state = ImportRun.State.REFUSED if refusal else ImportRun.State.DONE
    run.refusal, run.rows_in_file, run.skipped, run.finished_at = refusal, rows_in_file, skipped or {}, clock.now()
    run.save()
    ImportFile.objects.filter(run=run).delete()
    record("imports.import_finished", subject=run, state=run.state, rows=rows_in_file)


def import_file(path: Path, by: Any, *, area: Any, source: str, progress: Progress | None = None) -> ImportRun:
    """The command's way: read a file at once, as somebody, without the queue."""
    if path.stat().st_size > LARGEST:
        refuse(Refusal("imports.file", TOO_LARGE))
    run = import_workbook(by=by, area=area, source=source, file_name=path.name, content=path.read_bytes())
    return read_workbook(by=by, run=run, progress=progress)
