"""Reads the first sheet of an Excel workbook that has the feed's headers, in batches. A workbook that unpacks to too much is not opened."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

import openpyxl
import pyarrow as pa
from defusedxml.common import DefusedXmlException

from hearth.foundation.core.refusals import Refused
from hearth.intelligence.feeds.layout import Layout
from hearth.intelligence.feeds.opening import missing, place_columns, refusal, wrong_headers

LARGEST_OPENED, LARGEST_WORDS = 400 * 1024 * 1024, 80 * 1024 * 1024  # all parts; the one that is read whole
FIRST_ROWS, WIDEST, A_BATCH = 20, 400, 5000  # a title may stand above the headers, within so many rows
UNWORKED = "A formula without its result stands in this row. Open the file in Excel, save it, and send it again."


def batches_of(
    path: Path, layout: Layout, schema: pa.Schema
) -> tuple[list[str], Iterator[tuple[pa.RecordBatch, float]]]:
    """The headers that are not kept, and the rows in batches. Raises Refused for what is no workbook of this feed."""
    _look_over(path)
    with ExitStack() as files:
        results, formulas = (_opened(files.enter_context(path.open("rb")), results) for results in (True, False))
        shown: list[str] = []
        for sheet in results.worksheets:
            number, headers = _headers(sheet, layout)
            shown = shown or headers
            if number:
                places = place_columns(headers, layout)
                used = set(places.values())
                not_kept = [h for place, h in enumerate(headers) if place not in used and h.strip()]
                rows = _rows(sheet, formulas[sheet.title], number, places, schema)
                return not_kept, _closing(rows, files.pop_all())
        raise wrong_headers(shown, layout)


def _opened(file: IO[bytes], results: bool) -> Any:
    """The workbook, with the results of its formulas or with what they say."""
    try:
        return openpyxl.load_workbook(file, read_only=True, data_only=results, keep_links=False)
    except DefusedXmlException:
        raise refusal("The file has XML inside that a workbook never needs, so it was not opened.") from None
    except Exception:
        raise refusal("This Excel workbook cannot be read. Save it again from Excel as .xlsx, and send that.") from None


def _closing(rows: Iterator[Any], files: ExitStack) -> Iterator[Any]:
    with files:
        yield from rows


def _look_over(path: Path) -> None:
    """Refuse a package that is locked, is no workbook or unpacks to too much, before anything in it is unpacked."""
    try:
        with zipfile.ZipFile(path) as parts:
            found = parts.infolist()
    except zipfile.BadZipFile:
        raise refusal("The workbook is damaged or not whole. Ask for it once more.") from None
    if any(part.flag_bits & 1 for part in found):
        raise refusal("The file is locked with a password. Save it without one, and send that.")
    if not any(part.filename.startswith("xl/") for part in found):
        raise refusal("The file is packed (zip). Unpack it, and send the file that was inside.")
    words = sum(part.file_size for part in found if part.filename.lower().endswith("sharedstrings.xml"))
    if sum(part.file_size for part in found) > LARGEST_OPENED or words > LARGEST_WORDS:
        raise refusal("The workbook unpacks to more than a workbook may hold, so it was not opened. Send it as CSV.")


def _headers(sheet: Any, layout: Layout) -> tuple[int, list[str]]:
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    first: list[str] = []
    for number, row in enumerate(sheet.iter_rows(max_row=FIRST_ROWS, values_only=True), start=1):
        headers = ["" if value is None else str(value) for value in row[:WIDEST]]
        first = first or ([header for header in headers if header] and headers)
        places = place_columns(headers, layout)
        if places and not missing(places, layout):
            return number, headers
    return 0, first


def _rows(
    sheet: Any, formulas: Any, above: int, places: dict[str, int], schema: pa.Schema
) -> Iterator[tuple[pa.RecordBatch, float]]:
    held: list[dict[str, Any]] = []
    formulas.reset_dimensions()
    both = zip(
        sheet.iter_rows(min_row=above + 1, values_only=True), formulas.iter_rows(min_row=above + 1, values_only=True),
        strict=False,
    )  # fmt: skip
    number = above
    try:
        for number, (row, said) in enumerate(both, start=above + 1):
            if any(value not in (None, "") for value in (*row[:WIDEST], *said[:WIDEST])):
                held.append(_row(number, row, said, places))
            if len(held) == A_BATCH:
                yield pa.RecordBatch.from_pylist(held, schema=schema), 0.5
                held = []
    except Refused:
        raise
    except Exception:
        raise refusal(f"The workbook is damaged after row {number}. Save it again from Excel, and send that.") from None
    yield pa.RecordBatch.from_pylist(held, schema=schema), 1.0


def _row(number: int, row: Any, said: Any, places: dict[str, int]) -> dict[str, Any]:
    cells: dict[str, Any] = {"_row": number, "_fault": None, "_text": None}
    for name, place in places.items():
        value = row[place] if place < len(row) else None
        cells[name] = _as_text(value)
        formula = said[place] if place < len(said) else None
        if value is None and isinstance(formula, str) and formula.startswith("="):
            cells["_fault"], cells["_text"] = UNWORKED, formula[:2000]
    return cells


def _as_text(value: Any) -> str:
    """Any cell as text; a whole number without its `.0`, a date as 2024-09-01."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, dt.date) else str(value)
