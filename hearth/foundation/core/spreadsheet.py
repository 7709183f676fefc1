"""Files for spreadsheets, in which nothing that somebody typed is worked out."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from hearth.foundation.core.text import clean

Cell = str | int | float | Decimal

MADE_ON = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the same figures are the same file, whenever it is made
WIDE, NARROW = 28, 18  # of the first two columns, and of the others, in letters
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet read a cell as something to work out


@dataclass(frozen=True)
class Sheet:
    """A table on its way out: what it is called, what its figures mean, heads and rows."""

    name: str
    definition: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def csv_file(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Lines under heads; with the mark by which spreadsheets know that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def csv_of_sheet(sheet: Sheet) -> str:
    """The table, and below it, after an empty line, what its figures mean."""
    return csv_file(sheet.heads, [*sheet.rows, [], ["What this is", sheet.definition]])


def xlsx_file(sheets: Iterable[Sheet]) -> bytes:
    """A workbook with each table on a sheet of its own, and a last sheet that says what the figures mean.

    Words are kept as words whatever they begin with, and amounts as exact decimals.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = MADE_ON
    meanings = []
    for sheet in sheets:
        page = book.create_sheet(sheet.name[:31])
        page.freeze_panes = "A2"
        for number in range(1, len(sheet.heads) + 1):
            page.column_dimensions[get_column_letter(number)].width = WIDE if number <= 2 else NARROW
        heads = [_cell(page, value) for value in sheet.heads]
        for head in heads:
            head.font = Font(bold=True)
        page.append(heads)
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
        meanings.append((sheet.name, sheet.definition))
    page = book.create_sheet("What this is")
    for row in meanings:
        page.append([_cell(page, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(page: Any, value: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell

    made: Any = WriteOnlyCell(page, value=None if isinstance(value, str) else cast(Any, value))
    if isinstance(value, str):
        made._value, made.data_type, made.quotePrefix = clean(value), "s", value.startswith(FORMULA)
    elif isinstance(value, Decimal):
        made.number_format = "#,##0.00"
    return made


def _harmless(cell: Cell) -> Cell:
    """What somebody typed is never a formula in somebody else's spreadsheet."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
