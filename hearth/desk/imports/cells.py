"""Reads one cell at a time. A cell that cannot be read gives a flag in words, and the row is kept."""

import datetime as dt
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.text import clean, fold
from hearth.records.people.rules import LONGEST_WAIT

DATE_FORMS = (
    "%d/%m/%Y",
    "%d/%m/%y",
    "%Y-%m-%d",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%Y/%m/%d",
)
EARLIEST, SPREADSHEET_ZERO = dt.date(1900, 1, 1), dt.date(1899, 12, 30)
LAST_SERIAL = 80_000  # a day in 2119: a larger number in a date column is something else
LONGEST = 500


@dataclass
class Reading:
    """One row being read: its cells by column, and what was found wrong on the way."""

    cells: dict[str, Any]
    flags: list[str] = field(default_factory=list)

    def text(self, column: str) -> str:
        """The cell as text; a whole number without its `.0`."""
        return as_text(self.cells.get(column))

    def date(self, column: str) -> dt.date | None:
        """The cell as a date, whichever way it is written; a flag where it is not one."""
        value = self.cells.get(column)
        if as_text(value) == "":
            return None
        found = as_date(value)
        if found is None:
            self.flags.append(f"{column} cannot be read as a date: {as_text(value)[:60]}")
        return found

    def past(self, column: str) -> dt.date | None:
        """The same for something that has happened: a day that has not come is flagged, and not believed."""
        found = self.date(column)
        if found is not None and found > clock.today():
            self.flags.append(f"{column} is in the future: {as_text(self.cells.get(column))[:60]}")
            return None
        return found

    def birth(self, column: str) -> dt.date | None:
        """A day somebody was born, or is expected within the months that it takes."""
        found = self.date(column)
        if found is not None and found > clock.today() + LONGEST_WAIT:
            self.flags.append(f"{column} is too far in the future: {as_text(self.cells.get(column))[:60]}")
            return None
        return found

    def code(self, column: str, kind: str, otherwise: str) -> str:
        """The cell as a code of `kind` in categories.toml; `otherwise`, with a flag, for one that is not known."""
        written = self.text(column)
        found = code_of(kind, written)
        if found is None:
            self.flags.append(
                f"{column} is blank" if not written else f"{column} is not one of the list's: {written[:60]}"
            )
        return found or otherwise


def as_text(value: Any) -> str:
    """Any cell as clean text, at most 500 characters."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.datetime):
        value = value.date()
    return clean(str(value)).replace("\u00a0", " ").strip()[:LONGEST]


def as_date(value: Any) -> dt.date | None:
    """A date cell, a serial number, or a date typed as text; day before month, as in England."""
    if isinstance(value, dt.datetime):
        return value.date() if value.date() >= EARLIEST else None
    if isinstance(value, dt.date):
        return value if value >= EARLIEST else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return SPREADSHEET_ZERO + dt.timedelta(days=int(value)) if 1 < value < LAST_SERIAL else None
    return _typed_date(as_text(value))


def _typed_date(words: str) -> dt.date | None:
    words = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$", "", words)
    for form in DATE_FORMS:
        try:
            found = dt.datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return found if found >= EARLIEST else None
    return None


@cache
def _categories() -> dict[str, dict[str, str]]:
    lists = tomllib.loads(Path(__file__).with_name("categories.toml").read_text())
    return {
        kind: {fold(word): code for code, words in codes.items() for word in (code, *words)}
        for kind, codes in lists.items()
    }


def code_of(kind: str, written: str) -> str | None:
    """The stored code for what a cell says, or None. A code inside the cell decides before its words do."""
    known = _categories()[kind]
    words = fold(written)
    if not words:
        return None
    if words in known:
        return known[words]
    # `a) WBRI` and `q) 6: Police`: the letter of the list, then the code.
    tokens = re.sub(r"^\w{1,2} ", "", words) if re.match(r"^\s*\w{1,2}\)", written) else words
    if tokens in known:
        return known[tokens]
    first = tokens.split(" ", 1)[0]
    codes = {fold(code): code for code in known.values()}
    return codes.get(first)
