"""Opens a workbook that somebody else made, and gives the rows of lists 1 to 3. Nothing in it is trusted."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import openpyxl
from defusedxml.common import DefusedXmlException

from hearth.foundation.core.refusals import Refusal, Refused

LARGEST = 50 * 1024 * 1024
LARGEST_OPENED = 400 * 1024 * 1024
FIRST_ROWS = 20  # a title may stand above the headers, within so many rows
WIDEST = 100

# Each list read: what its sheet is called, and for each column what its header says.
COMMON = {
    "child id": r"\bchild\b.*\b(id|identifier)\b|\b(id|identifier)\b.*\bchild\b",
    "gender": r"gender|^sex$",
    "ethnicity": r"ethnic",
    "date of birth": r"date.*birth|^dob$",
    "age": r"\bage\b",
}
LISTS: dict[str, dict[str, str]] = {
    "List 1": {**COMMON, "date of contact": r"date.*contact", "contact source": r"contact.*source|source.*contact"},
    "List 2": {
        **COMMON,
        "assessment start date": r"assessment.*start|start.*assessment",
        "assessment completion date": r"assessment.*(completion|completed|end)|completion date",
        "organisation completing assessment": r"organi[sz]ation",
    },
    "List 3": {
        **COMMON,
        "date of referral": r"date of.*referral",
        "referral source": r"referral.*source|source.*referral",
        "referral nfa": r"\bnfa\b|no further action",
        "number of referrals": r"number of referrals",
        "allocated team": r"allocated team",
        "allocated worker": r"allocated worker",
    },
}
NEEDED = {
    "List 1": ("child id", "date of contact"),
    "List 2": ("child id", "assessment start date"),
    "List 3": ("child id", "date of referral"),
}


@dataclass(frozen=True)
class SheetRow:
    """A row that has something in it, by column; its number as the spreadsheet shows it."""

    sheet: str
    number: int
    cells: dict[str, Any]


def refusal(sentence: str) -> Refused:
    """The whole file is refused, with what to do."""
    return Refused(Refusal("imports.file", sentence))


def open_workbook(content: IO[bytes]) -> Any:
    """The workbook, or Refused with a sentence: not a workbook, locked, too large, or dangerous inside."""
    content.seek(0, 2)
    if content.tell() == 0:
        raise refusal("The file is empty. Choose the workbook itself.")
    if content.tell() > LARGEST:
        raise refusal(
            "The file is larger than 50 MB. An inspection workbook is far smaller: check that it is the right file."
        )
    content.seek(0)
    start = content.read(8)
    content.seek(0)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise refusal(
            "The workbook is locked with a password, or is an old .xls file. "
            "Open it, save it as .xlsx without a password, and try again."
        )
    try:
        with zipfile.ZipFile(content) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_OPENED:
                raise refusal("The file unpacks to far more than a workbook holds, so it was not opened.")
        content.seek(0)
        return openpyxl.load_workbook(content, read_only=True, data_only=True, keep_links=False)
    except DefusedXmlException:
        raise refusal("The file has XML inside that a workbook never needs, so it was not opened.") from None
    except Refused:
        raise
    except Exception:
        raise refusal(
            "This is not an Excel workbook (.xlsx) that can be read. Save it again from Excel and try once more."
        ) from None


def list_of(title: str) -> str | None:
    """Which list a sheet is, by the number in its name: `List 2`, `list_2`, `2. Early help`."""
    match = re.match(r"\s*(?:list|annex a list)?[\s_.\-]*(\d{1,2})\b", title, re.IGNORECASE)
    return f"List {match.group(1)}" if match and 1 <= int(match.group(1)) <= 11 else None


def rows_of(book: Any) -> Iterator[SheetRow]:
    """Rows of lists 1 to 3, in order. Refused where a sheet has no header that can be recognised."""
    found = [sheet for sheet in book.worksheets if list_of(sheet.title) in LISTS]
    if not found:
        raise refusal(
            "The workbook has no sheet called List 1, List 2 or List 3. "
            "Check that it is an inspection (Annex A) workbook."
        )
    for sheet in found:
        yield from _sheet_rows(sheet, str(list_of(sheet.title)))


def skipped_rows(book: Any) -> dict[str, int]:
    """How many rows with something in them stand in each sheet that is not read."""
    return {
        sheet.title: max(sum(1 for row in sheet.iter_rows(values_only=True) if any(v is not None for v in row)) - 1, 0)
        for sheet in book.worksheets
        if list_of(sheet.title) not in LISTS
    }


def _sheet_rows(sheet: Any, name: str) -> Iterator[SheetRow]:
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    columns: dict[int, str] = {}
    number = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = row[:WIDEST]
        if not columns:
            columns = _columns(cells, name)
            if not columns and number >= FIRST_ROWS:
                break
        elif any(value not in (None, "") for value in cells):
            yield SheetRow(name, number, {columns[i]: v for i, v in enumerate(cells) if i in columns})
    if not columns and number:
        needed = " and ".join(f"“{column}”" for column in NEEDED[name])
        raise refusal(f"The sheet {name} has no row of headers with {needed}. Put the headers back and try again.")


def _columns(cells: tuple[Any, ...], name: str) -> dict[int, str]:
    """Which column of the list each cell of a header row is; nothing, where the row is not a header."""
    found: dict[int, str] = {}
    for place, value in enumerate(cells):
        header = re.sub(r"\s+", " ", str(value or "")).strip()
        for column, pattern in LISTS[name].items():
            if header and column not in found.values() and re.search(pattern, header, re.IGNORECASE):
                found[place] = column
                break
    return found if set(NEEDED[name]) <= set(found.values()) else {}
