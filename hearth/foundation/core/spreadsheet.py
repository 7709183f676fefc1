"""Files for spreadsheets, in which nothing that somebody typed is worked out."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet read a cell as something to work out


def csv_file(heads: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """Lines under heads; with the mark by which spreadsheets know that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def _harmless(cell: str | int) -> str | int:
    """What somebody typed is never a formula in somebody else's spreadsheet."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


MADE_ON = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the same figures are the same file, whenever it is made


def xlsx_file(title: str, heads: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> bytes:
    """The same as a workbook of one sheet. Text is text: nothing in it is worked out."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = MADE_ON
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for letter, wide in zip("ABCDEFGHIJKLMNOP", (24, 28, *[18] * 14), strict=True):
        sheet.column_dimensions[letter].width = wide
    for number, row in enumerate([heads, *rows]):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=value)
            if isinstance(value, str):
                cell.data_type = "s"
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
