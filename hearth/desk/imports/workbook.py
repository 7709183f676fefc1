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
LARGEST_OPENED, LARGEST_WORDS = 200 * 1024 * 1024, 60 * 1024 * 1024  # all parts; the one that is read whole
TOO_LARGE = "The file is larger than 50 MB. An inspection workbook is far smaller: check that it is the right file."
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
TITLES = {"List 1": "Contacts", "List 2": "Early help", "List 3": "Referrals"}
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
    unworked: tuple[str, ...] = ()  # columns with a formula whose result is not in the file


def refusal(sentence: str) -> Refused:
    """The whole file is refused, with what to do."""
    return Refused(Refusal("imports.file", sentence))


def open_workbook(content: IO[bytes]) -> Any:
    """The workbook, or Refused with a sentence: not a workbook, locked, too large, or dangerous inside."""
    content.seek(0, 2)
    if content.tell() == 0:
        raise refusal("The file is empty. Choose the workbook itself.")
    if content.tell() > LARGEST:
        raise refusal(TOO_LARGE)
    content.seek(0)
    start = content.read(8)
    content.seek(0)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise refusal(
            "The workbook is locked with a password, or is an old .xls file. "
            "Open it, save it as .xlsx without a password, and try again."
        )
    if not start.startswith(b"PK") and b"\0" not in content.read(2000):
        raise refusal(
            "This is not an Excel workbook (.xlsx) but a text file, such as CSV. "
            "Open it in Excel, save it as .xlsx, and try again."
        )
    try:
        _look_over(content)
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


def _look_over(content: IO[bytes]) -> None:
    """Refuse a package that is locked or unpacks to too much, before anything in it is unpacked."""
    with zipfile.ZipFile(content) as parts:
        found = parts.infolist()
        if any(part.flag_bits & 1 for part in found):
            raise refusal("The file is locked with a password. Save the workbook without one, and try again.")
        words = sum(part.file_size for part in found if part.filename.lower().endswith("sharedstrings.xml"))
        if sum(part.file_size for part in found) > LARGEST_OPENED or words > LARGEST_WORDS:
            raise refusal("The file unpacks to far more than a workbook holds, so it was not opened.")


def has_formulas(content: IO[bytes]) -> bool:
    """Whether any sheet works something out. A file that was made by a program may not have the results in it."""
    with zipfile.ZipFile(content) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with parts.open(name) as sheet:
                    if any(b"<f>" in piece or b"<f " in piece for piece in iter(lambda: sheet.read(1 << 20), b"")):
                        return True
    return False


def open_formulas(content: IO[bytes]) -> Any:
    """The same workbook with what its formulas say, where it has any; None otherwise."""
    content.seek(0)
    if not has_formulas(content):
        return None
    content.seek(0)
    return openpyxl.load_workbook(content, read_only=True, keep_links=False)


def list_of(title: str) -> str | None:
    """Which list a sheet is, by the number in its name: `List 2`, `list_2`, `2. Early help`."""
    match = re.match(r"\s*(?:list|annex a list)?[\s_.\-]*(\d{1,2})\b", title, re.IGNORECASE)
    return f"List {match.group(1)}" if match and 1 <= int(match.group(1)) <= 11 else None


def count_rows(book: Any) -> int:
    """How many rows the lists have. Refused where there are none, or where any of it cannot be read to its end."""
    count, place = 0, "its beginning"
    try:
        for row in rows_of(book):
            count, place = count + 1, f"{row.sheet}, row {row.number}"
        skipped_rows(book)
    except Refused:
        raise
    except Exception:
        raise refusal(
            f"The workbook is damaged after {place}, so nothing of it was loaded. "
            "Save it again from Excel, or ask for it once more."
        ) from None
    if not count:
        raise refusal("The lists have headers and no row below them. Check that it is the right file.")
    return count


def rows_of(book: Any, formulas: Any = None) -> Iterator[SheetRow]:
    """Rows of lists 1 to 3, in order. Refused where a sheet has no header that can be recognised.

    `formulas` is the same workbook with its formulas in place of their results.
    """
    found = [sheet for sheet in book.worksheets if list_of(sheet.title) in LISTS]
    if not found:
        raise refusal(
            "The workbook has no sheet called List 1, List 2 or List 3. "
            "Check that it is an inspection (Annex A) workbook."
        )
    for sheet in found:
        yield from _sheet_rows(sheet, str(list_of(sheet.title)), formulas[sheet.title] if formulas else None)


def skipped_rows(book: Any) -> dict[str, int]:
    """How many rows with something in them stand in each sheet that is not read."""
    return {
        sheet.title: max(sum(1 for row in sheet.iter_rows(values_only=True) if any(v is not None for v in row)) - 1, 0)
        for sheet in book.worksheets
        if list_of(sheet.title) not in LISTS
    }


def _with_formulas(sheet: Any, formulas: Any) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    for each in filter(None, (sheet, formulas)):
        each.reset_dimensions()  # what a file says of its own size is not believed
    rows = sheet.iter_rows(values_only=True)
    if formulas is None:
        return ((row, row) for row in rows)
    return zip(rows, formulas.iter_rows(values_only=True), strict=False)


def _sheet_rows(sheet: Any, name: str, formulas: Any) -> Iterator[SheetRow]:
    columns: dict[int, str] = {}
    number = 0
    for number, (row, said) in enumerate(_with_formulas(sheet, formulas), start=1):
        cells = row[:WIDEST]
        if not columns:
            columns = _columns(cells, name)
            if not columns and number >= FIRST_ROWS:
                break
        elif any(value not in (None, "") for value in (*cells, *said[:WIDEST])):
            missing = [i for i, v in enumerate(cells) if v is None and i < len(said) and str(said[i]).startswith("=")]
            unworked = tuple(columns[i] for i in missing if i in columns)
            yield SheetRow(name, number, {columns[i]: v for i, v in enumerate(cells) if i in columns}, unworked)
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
