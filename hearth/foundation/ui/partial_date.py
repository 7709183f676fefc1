"""Dates as people know them: a day, a month, only a year, or a guess."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
PARTS = ("day", "month", "year")


class DateFaultError(ValueError):
    """Typed parts that are no date: the sentence, and which boxes are at fault."""

    def __init__(self, sentence: str, *parts: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.parts = parts or PARTS


@dataclass(frozen=True)
class PartialDate:
    """A year, perhaps a month, perhaps a day; `estimated` when somebody guessed."""

    year: int
    month: int | None = None
    day: int | None = None
    estimated: bool = False

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise DateFaultError("must include a month if it has a day", "month")
        self.earliest  # noqa: B018 - raises ValueError when there is no such day

    @property
    def precision(self) -> Literal["day", "month", "year"]:
        """The smallest part that is known."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def earliest(self) -> dt.date:
        """The first day it can be."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """The last day it can be."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @classmethod
    def of(cls, day: dt.date) -> "PartialDate":
        """A whole date."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        month = f"{calendar.month_name[self.month]} " if self.month else ""
        day = f"{self.day} " if self.day else ""
        return f"{'about ' if self.estimated else ''}{day}{month}{self.year}"


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None


def _year(text: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", text) or not 1900 <= int(text) <= 2199:
        raise DateFaultError("must have a year of 4 figures, such as 2016", "year")
    return int(text)


def _month(text: str) -> int:
    found = MONTHS.get(text.lower()) or _number(text)
    if not found or not 1 <= found <= 12:
        raise DateFaultError("must have a month from 1 to 12", "month")
    return found


def _day(text: str) -> int:
    found = _number(text)
    if not found or not 1 <= found <= 31:
        raise DateFaultError("must have a day from 1 to 31", "day")
    return found


def read_parts(day: str, month: str, year: str, *, partial: bool, estimated: bool = False) -> PartialDate:
    """The date that somebody typed in three boxes; DateFaultError says what is wrong with it, and where."""
    day, month, year = day.strip(), month.strip(), year.strip()
    optional = ("day", "month") if partial else ()
    missing = [part for part, text in zip(PARTS, (day, month, year), strict=True) if not text and part not in optional]
    if missing:
        raise DateFaultError(f"must include a {' and a '.join(missing)}", *missing)
    if day and not month:
        raise DateFaultError("must include a month if it has a day", "month")
    known = (_day(day) if day else None, _month(month) if month else None, _year(year))
    try:
        return PartialDate(known[2], known[1], known[0], estimated)
    except ValueError as fault:
        raise DateFaultError("must be a real date") from fault
