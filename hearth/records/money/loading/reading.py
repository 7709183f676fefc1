"""From rows of a workbook to what they say, with a sentence for each cell that says nothing we can post."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from hearth.foundation.core.text import fold
from hearth.foundation.ui.filters import pounds
from hearth.records.money.loading.workbook import FORMULA, SheetRow, as_text, open_sheets
from hearth.records.money.models import BudgetKind, EntryKind
from hearth.records.money.rules import MOST

SOURCES, BUDGETS, ENTRIES, FORMULAS = "Sources", "Budgets", "Entries", "Formula"
HEADS = {
    SOURCES: ("Source", "From whom", "First day", "Last day", "What for"),
    ENTRIES: ("What happened", "Source", "District", "Year", "Purpose", "Date", "Amount", "With whom", "What for", "Voucher"),
    BUDGETS: ("Budget", "Source", "District", "Year", "Purpose", "Whose", "Held by", "By rule up to", "Approves up to", "Last day", "Ended because"),
    FORMULAS: ("Source", "Year", "Purpose", "Date", "Amount", "What for", "District", "Cohort"),
}  # fmt: skip
OF_BUDGET = (EntryKind.DELEGATED, EntryKind.RETURNED)
LOADED = list(EntryKind)
KINDS = {fold(kind.label): kind for kind in LOADED}
WHOSE = {fold(kind.label): kind for kind in BudgetKind}
OF_SHARE = (EntryKind.ALLOCATED, EntryKind.COMMITTED, *OF_BUDGET)
OF_COMMITMENT = (EntryKind.PAID, EntryKind.RELEASED, EntryKind.RECOVERED)
WHOLE = ("", fold("The whole authority"))
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")


@dataclass(frozen=True)
class SourceRow:
    """A source as its row says it."""

    where: str
    name: str
    given_by: str
    begins_on: dt.date
    ends_on: dt.date | None
    words: str


@dataclass(frozen=True)
class EntryRow:
    """An entry as its row says it; `says` is a digest of that, by which a row is known again."""

    where: str
    kind: EntryKind
    source: str
    district: str
    year: int
    purpose: str
    happened_on: dt.date
    pence: int
    with_whom: str
    words: str
    voucher: str
    budget: str
    reference: str
    commitment: str
    reverses: str
    says: str


@dataclass(frozen=True)
class BudgetRow:
    """A budget as its row says it: of which share, who answers for it, within which limits, and why it ended if it did."""

    where: str
    name: str
    source: str
    district: str
    year: int
    purpose: str
    kind: BudgetKind
    holder: str
    by_rule_pence: int
    most_pence: int
    ends_on: dt.date | None
    ended_why: str

    @property
    def of(self) -> tuple[str, str, int, str, str]:
        """What no other row may name: the share and the budget's name."""
        return (fold(self.source), self.district, self.year, fold(self.purpose), fold(self.name))


@dataclass(frozen=True)
class FormulaRows:
    """A sum and the cohorts by which it is allotted."""

    where: str
    source: str
    year: int
    purpose: str
    happened_on: dt.date
    pence: int
    words: str
    parts: tuple[tuple[str, int], ...]
    says: str


@dataclass
class Book:
    """All that a workbook says, and what is wrong with it, row by row."""

    sources: list[SourceRow] = field(default_factory=list)
    budgets: list[BudgetRow] = field(default_factory=list)
    entries: list[EntryRow] = field(default_factory=list)
    formulas: list[FormulaRows] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows it posts."""
        return (
            len(self.sources) + len(self.budgets) + len(self.entries) + sum(len(each.parts) for each in self.formulas)
        )


class _Reading:
    """One row being read. A formula is not believed: what it works out may be anything."""

    def __init__(self, row: SheetRow, faults: list[str]) -> None:
        self.row, self.faults, self.well = row, faults, True

    def fault(self, sentence: str) -> None:
        """Something is wrong with the row."""
        self.well = False
        self.faults.append(f"{self.row.where}: {sentence}")

    def cell(self, head: str) -> Any:
        """A cell; nothing for a formula, which is told."""
        value = self.row.cells.get(fold(head))
        if value is FORMULA:
            self.fault(f"{head} holds a formula. Copy it, paste it as a value, and load the file again.")
            return None
        return value

    def text(self, head: str, most: int, *, needed: bool = True) -> str:
        """A cell of words."""
        found = as_text(self.cell(head))
        if needed and not found and self.row.cells.get(fold(head)) is not FORMULA:
            self.fault(f"{head} is empty.")
        if len(found) > most:
            self.fault(f"{head} has more than {most} characters.")
        return found[:most]

    def date(self, head: str, *, needed: bool = True) -> dt.date | None:
        """A day, as a date of the spreadsheet or as it is written in England."""
        value = self.cell(head)
        if isinstance(value, dt.datetime | dt.date):
            return value.date() if isinstance(value, dt.datetime) else value
        written = as_text(value)
        for form in DATES if written else ():
            try:
                return dt.datetime.strptime(written, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        if written or (needed and self.row.cells.get(fold(head)) is not FORMULA):
            self.fault(f"{head} is not a day: {written[:40]}." if written else f"{head} is empty.")
        return None

    def pence(self, head: str, least: int = 1) -> int:
        """An amount, exact: a part of a penny is refused and never rounded. Excel shows fifteen figures of a number, and so many are read."""
        value = self.cell(head)
        plain = f"{value:.15g}" if isinstance(value, float) else as_text(value)
        written = plain.replace("£", "").replace(",", "").replace(" ", "")
        if not written:
            if self.row.cells.get(fold(head)) is not FORMULA:
                self.fault(f"{head} is empty.")
            return 0
        try:
            exact = Decimal(written) * 100
        except InvalidOperation:
            exact = Decimal("NaN")
        if isinstance(value, bool) or not exact.is_finite():
            self.fault(f"{head} is not an amount: {written[:40]}.")
        elif exact != exact.to_integral_value():
            self.fault(f"{head} has parts of a penny: {written[:40]}.")
        elif not least <= exact <= MOST:
            self.fault(f"{head} must be from {pounds(least)} to {pounds(MOST)}: {written[:40]}.")
        else:
            return int(exact)
        return 0

    def year(self, head: str) -> int:
        """A financial year: 2010/11. What Excel made a date of is told, and not guessed at."""
        value = self.cell(head)
        if isinstance(value, dt.datetime | dt.date):
            self.fault(f"{head} has become a date in Excel. Write it as text, such as 2010/11.")
            return 0
        written = as_text(value)
        match = re.fullmatch(r"((?:19|20)\d\d)(?:\s*[/–-]\s*(?:\d\d)?(\d\d))?", written)
        if not match or (match[2] and int(match[2]) != (int(match[1]) + 1) % 100):
            self.fault(f"{head} is not a financial year, such as 2010/11: {written[:40]}.")
            return 0
        return int(match[1])

    def district(self, known: dict[str, str]) -> str:
        """The code of a district; empty for the whole authority."""
        written = self.text("District", 100, needed=False)
        if fold(written) in WHOLE:
            return ""
        if fold(written) not in known:
            self.fault(f"There is no district called {written[:60]} here.")
        return known.get(fold(written), "")


def read(content: bytes, districts: dict[str, str]) -> Book:
    """What a workbook says. `districts` is codes by folded name. Refused where it cannot be opened at all."""
    sheets = open_sheets(content, HEADS)
    book = Book()
    if not any(sheets.values()):
        book.faults.append(f"The workbook has no rows in a sheet called {SOURCES}, {BUDGETS}, {ENTRIES} or {FORMULAS}.")
    for row in sheets.get(SOURCES, ()):
        _source(_Reading(row, book.faults), book)
    for row in sheets.get(BUDGETS, ()):
        _budget(_Reading(row, book.faults), book, districts)
    for row in sheets.get(ENTRIES, ()):
        _entry(_Reading(row, book.faults), book, districts)
    _formulas([_Reading(row, book.faults) for row in sheets.get(FORMULAS, ())], book, districts)
    _twice(
        book.entries,
        _says,
        "says the same as {first}. Where both are meant, give each a voucher of its own.",
        book.faults,
    )
    undone = {each.reverses for each in book.entries if each.reverses}
    numbered = [each for each in book.entries if each.voucher and each.reference not in undone]
    _twice(numbered, lambda each: (fold(each.source), each.voucher), "has the voucher of {first}.", book.faults)
    _twice(book.sources, lambda each: fold(each.name), "names the source of {first} again.", book.faults)
    _twice(book.budgets, lambda each: each.of, "names the budget of {first} again.", book.faults)
    _twice(
        [each for each in book.entries if each.reference],
        lambda each: each.reference,
        "has the reference of {first}.",
        book.faults,
    )
    return book


def _says(entry: EntryRow) -> tuple[str, str]:
    """What tells an entry from another: what it says, and the reference that it had in the ledger it was taken away from."""
    return entry.says, entry.reference


def _twice(rows: Iterable[Any], key: Callable[[Any], Any], sentence: str, faults: list[str]) -> None:
    first: dict[Any, str] = {}
    for each in rows:
        before = first.setdefault(key(each), each.where)
        if before != each.where:
            faults.append(f"{each.where}: it {sentence.format(first=before)}")


def _source(row: _Reading, book: Book) -> None:
    name, given_by = row.text("Source", 120), row.text("From whom", 120)
    begins_on, ends_on = row.date("First day"), row.date("Last day", needed=False)
    words = row.text("What for", 2_000, needed=False)
    if row.well and begins_on:
        book.sources.append(SourceRow(row.row.where, name, given_by, begins_on, ends_on, words))


def _budget(row: _Reading, book: Book, districts: dict[str, str]) -> None:
    whose = row.text("Whose", 40)
    kind = WHOSE.get(fold(whose))
    if kind is None and whose:
        row.fault(f"Whose must be one of {', '.join(each.label for each in BudgetKind)}.")
    said: dict[str, Any] = {
        "name": row.text("Budget", 120), "source": row.text("Source", 120), "district": row.district(districts), "year": row.year("Year"),
        "purpose": row.text("Purpose", 80), "kind": kind, "holder": row.text("Held by", 254),
        "by_rule_pence": row.pence("By rule up to", 0), "most_pence": row.pence("Approves up to"),
        "ends_on": row.date("Last day", needed=False), "ended_why": row.text("Ended because", 200, needed=False),
    }  # fmt: skip
    if row.well:
        book.budgets.append(BudgetRow(where=row.row.where, **said))


def _entry(row: _Reading, book: Book, districts: dict[str, str]) -> None:
    kind = KINDS.get(fold(row.text("What happened", 40)))
    if kind is None and row.well:
        row.fault(f"What happened must be one of {', '.join(each.label for each in LOADED)}.")
    of_share = kind in OF_SHARE
    said: dict[str, Any] = {
        "kind": kind,
        "source": row.text("Source", 120),
        "district": row.district(districts),
        "year": row.year("Year") if of_share else 0,
        "purpose": row.text("Purpose", 80, needed=of_share),
        "happened_on": row.date("Date"),
        "pence": row.pence("Amount"),
        "with_whom": row.text("With whom", 120, needed=False),
        "words": row.text("What for", 200),
        "voucher": row.text("Voucher", 40, needed=False).replace(" ", ""),
        "commitment": row.text("Commitment", 40, needed=kind in OF_COMMITMENT),
        "reverses": row.text("Reverses", 40, needed=kind == EntryKind.REVERSED),
    }
    budget = row.text("Budget", 120, needed=kind in OF_BUDGET)
    reference = row.text("Reference", 40, needed=False)
    if row.well:
        # A ledger may hold two entries that say the same: the second is known by its reference besides.
        says = _digest(said | ({"budget": budget} if budget else {}))
        if any(each.says == says and each.reference != reference for each in book.entries):
            says = _digest(said | {"budget": budget, "reference": reference})
        book.entries.append(EntryRow(where=row.row.where, reference=reference, budget=budget, says=says, **said))


def _formulas(rows: list[_Reading], book: Book, districts: dict[str, str]) -> None:
    """Rows of one sum stand together; the sum is in the first of them."""
    current: tuple[dict[str, Any], list[tuple[str, int]], _Reading] | None = None
    for row in rows:
        if row.row.cells.get(fold("Amount")) not in (None, ""):
            _close(current, book)
            said = {
                "source": row.text("Source", 120), "year": row.year("Year"), "purpose": row.text("Purpose", 80),
                "happened_on": row.date("Date"), "pence": row.pence("Amount"), "words": row.text("What for", 200),
            }  # fmt: skip
            current = said, [], row
        if current is None:
            row.fault("Amount is empty: the sum that is shared stands in the first row of its districts.")
            continue
        current[1].append((row.district(districts), _cohort(row)))
        current[2].well &= row.well
    _close(current, book)


def _cohort(row: _Reading) -> int:
    written = as_text(row.cell("Cohort"))
    if not re.fullmatch(r"\d{1,7}", written):
        row.fault(f"Cohort is not a whole number: {written[:40]}.")
        return 0
    return int(written)


def _close(current: tuple[dict[str, Any], list[tuple[str, int]], _Reading] | None, book: Book) -> None:
    if current is None or not current[2].well:
        return
    said, parts, first = current
    codes = [code for code, _ in parts]
    if "" in codes or len(set(codes)) < len(codes):
        first.fault("Each district stands once under a sum, by its name.")
    elif not sum(cohort for _, cohort in parts):
        first.fault("At least one cohort must be more than 0.")
    else:
        book.formulas.append(
            FormulaRows(where=first.row.where, parts=tuple(parts), says=_digest(said | {"parts": parts}), **said)
        )


def _digest(said: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
