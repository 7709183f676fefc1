"""Opens a workbook that somebody else made, and gives its rows by head. Nothing in it is trusted, and nothing in it is worked out."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException

from hearth.foundation.core.refusals import Refusal, Refused
from hearth.foundation.core.text import clean, fold

LARGEST = 5_000_000
LARGEST_OPENED = 60_000_000  # all parts together
MOST_ROWS = 1_000
WIDEST = 40
FORMULA = object()  # in place of what a cell works out


@dataclass(frozen=True)
class SheetRow:
    """A row with something in it: its sheet, its number as the spreadsheet shows it, its cells by their head."""

    sheet: str
    number: int
    cells: dict[str, Any] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """As people say it."""
        return f"{self.sheet}, row {self.number}"


def _refused(sentence: str) -> Refused:
    return Refused(Refusal("money.file", sentence))


def open_sheets(content: bytes, heads: dict[str, tuple[str, ...]]) -> dict[str, list[SheetRow]]:
    """Rows of the sheets that are named, each with the heads that it must have. Refused with a sentence where it cannot be read."""
    if len(content) > LARGEST:
        raise _refused("The file is larger than 5 MB. A ledger is far smaller: check that it is the right file.")
    if not content.startswith(b"PK"):
        raise _refused(
            "This is not an Excel workbook (.xlsx). Open it in Excel, save it as .xlsx without a password, and try again."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            found = parts.infolist()
        if any(part.flag_bits & 1 for part in found) or sum(part.file_size for part in found) > LARGEST_OPENED:
            raise _refused("The file is locked, or unpacks to far more than a ledger holds, so it was not opened.")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        rows = {sheet.title.strip(): list(_rows(sheet)) for sheet in book.worksheets if sheet.title.strip() in heads}
    except DefusedXmlException:
        raise _refused("The file has XML inside that a workbook never needs, so it was not opened.") from None
    except Refused:
        raise
    except Exception:
        raise _refused(
            "The workbook is damaged, so nothing of it was loaded. Save it again from Excel and try once more."
        ) from None
    return {name: _by_head(name, found, heads[name]) for name, found in rows.items()}


def _rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [FORMULA if cell.data_type == "f" else cell.value for cell in row[:WIDEST]]
        if any(cell not in (None, "") for cell in cells):
            yield number, cells
        if number > MOST_ROWS + 100:
            raise _refused(f"{sheet.title} has more than {MOST_ROWS:,} rows. Load it in parts.")


def _by_head(name: str, rows: list[tuple[int, list[Any]]], heads: tuple[str, ...]) -> list[SheetRow]:
    if not rows:
        return []
    (_, first), *others = rows
    found = {fold(str(cell)): place for place, cell in enumerate(first) if cell not in (None, "", FORMULA)}
    missing = [head for head in heads if fold(head) not in found]
    if missing:
        raise _refused(
            f"The sheet {name} has no column called {' or '.join(missing)}. Put its heads back and try again."
        )
    if len(others) > MOST_ROWS:
        raise _refused(f"{name} has more than {MOST_ROWS:,} rows. Load it in parts.")
    return [
        SheetRow(name, number, {head: cells[place] for head, place in found.items() if place < len(cells)})
        for number, cells in others
    ]


def as_text(value: Any) -> str:
    """A cell as clean text on one line; a whole number without its `.0`."""
    if value is None or value is FORMULA:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(clean(str(value)).split())
