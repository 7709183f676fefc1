"""Files as others' tools read them: sheets whose names and heads are exact, days as days, tables as CSV. Nothing typed is worked out."""

import csv
import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, cast

from hearth.foundation.core.spreadsheet import FORMULA, MADE_ON
from hearth.foundation.core.text import clean

Cell = str | int | dt.date | None
DAY = "dd/mm/yyyy"
_ZIP_DAY = (2000, 1, 1, 0, 0, 0)


def write_workbook(path: Path, sheets: Iterable[tuple[str, list[str], Iterator[list[Cell]]]]) -> dict[str, int]:
    """A workbook of just these sheets, written row by row; how many rows each has. Another sheet would be a list to other tools."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book, counts = Workbook(write_only=True), {}
    book.properties.created = book.properties.modified = MADE_ON
    for name, heads, rows in sheets:
        page = book.create_sheet(name)
        page.freeze_panes = "A2"
        for number in range(1, len(heads) + 1):
            page.column_dimensions[get_column_letter(number)].width = 22
        line = [_cell(page, head) for head in heads]
        for cell in line:
            cell.font = Font(bold=True)
        page.append(line)
        counts[name] = 0
        for row in rows:
            page.append([_cell(page, value) for value in row])
            counts[name] += 1
    book.save(path)
    return counts


def _cell(page: Any, value: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell

    made: Any = WriteOnlyCell(page, value=None if isinstance(value, str) else cast(Any, value))
    if isinstance(value, str):  # words stay words, whatever they begin with
        made._value, made.data_type, made.quotePrefix = clean(value), "s", value.startswith(FORMULA)
    elif isinstance(value, dt.date):
        made.number_format = DAY
    return made


def write_tables(path: Path, tables: Iterable[tuple[str, list[str], Iterator[list[Cell]]]]) -> dict[str, int]:
    """Each table as a CSV file of its own in one ZIP, row by row; how many rows each has."""
    counts = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, heads, rows in tables:
            with (
                packed.open(_inside(f"{name}.csv"), "w") as binary,
                io.TextIOWrapper(binary, "utf-8", newline="") as out,
            ):
                counts[name] = write_csv(out, heads, rows)
    return counts


def add_text(path: Path, name: str, text: str) -> None:
    """A text beside the tables of a ZIP."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(_inside(name), text)


def write_csv(out: IO[str], heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Lines under heads, without the mark that some spreadsheets want and loaders take for a part of the first head."""
    writer, number = csv.writer(out), 0
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_text(value) for value in row])
        number += 1
    return number


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    said = clean(str(value))
    return f"'{said}" if said.startswith(FORMULA) else said


def _inside(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            found.update(part)
    return found.hexdigest()
