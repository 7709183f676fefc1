"""Files for spreadsheets, in which nothing that somebody typed is worked out."""

import csv
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
