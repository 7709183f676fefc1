"""What a question may say after its question mark, read and checked. What cannot be read is answered with a sentence."""

import datetime as dt
import re
import uuid
from dataclasses import dataclass

from django.http import QueryDict

from hearth.foundation.core.postcodes import postcode_of
from hearth.records.directory.entries import WEEK

EACH, MOST_EACH, LAST_PAGE = 50, 500, 1_000_000
DAYS = dict(zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), WEEK, strict=True))
TIME = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$", re.ASCII)
FARTHEST = 1_000_000  # metres


class BadQuestionError(Exception):
    """A question that cannot be answered, and why."""


@dataclass(frozen=True)
class Paging:
    """Which page, and how many on it."""

    page: int
    each: int


class Parameters:
    """The parameters of one question. A name that stands for nothing here is passed over."""

    def __init__(self, given: QueryDict) -> None:
        self.given = given

    def text(self, name: str) -> str:
        """The words of a parameter; what PostgreSQL cannot hold is no word."""
        return self.given.get(name, "").replace("\x00", "").strip()[:500]

    def each_of(self, name: str) -> list[str]:
        """Every value of a parameter that may be given several times, or with commas."""
        return [part.strip() for value in self.given.getlist(name) for part in value.split(",") if part.strip()][:50]

    def number(self, name: str) -> float | None:
        """A number that is not below nought."""
        return _number(name, self.text(name)) if self.text(name) else None

    def moment(self, name: str) -> dt.datetime | None:
        """A day, or a moment; without a zone it is taken to be UTC."""
        text = self.text(name)
        if not text:
            return None
        try:
            found = dt.datetime.fromisoformat(text.replace(" ", "+"))
        except ValueError:
            raise BadQuestionError(f"{name} must be a date or a moment, such as 2026-11-01T09:00:00Z.") from None
        return found if found.tzinfo else found.replace(tzinfo=dt.UTC)

    def times(self, name: str) -> list[dt.time]:
        """Times of day."""
        return [_time(name, text) for text in self.each_of(name)]

    def days(self, name: str = "day") -> tuple[str, ...]:
        """Days of the week, however they are written: MO, Mon, Monday."""
        return tuple(_day(name, text) for text in self.each_of(name))

    def keys(self, *names: str) -> list[uuid.UUID]:
        """Keys. One of another shape is nobody's, and finds nothing."""
        return [_key(text) for name in names for text in self.each_of(name)]

    def flag(self, name: str) -> bool:
        """Whether it says true."""
        text = self.text(name).lower()
        if text not in ("", "true", "false", "1", "0"):
            raise BadQuestionError(f"{name} must be true or false.")
        return text in ("true", "1")

    def postcode(self, name: str = "postcode") -> str:
        """A postcode of this country."""
        text = self.text(name)
        if text and not postcode_of(text):
            raise BadQuestionError(f"{name} must be a whole postcode, such as BB11 1AA.")
        return postcode_of(text) if text else ""

    def metres(self, name: str = "proximity") -> float | None:
        """A distance in metres."""
        found = self.number(name)
        if found is not None and found > FARTHEST:
            raise BadQuestionError(f"{name} must be a number of metres up to {FARTHEST}.")
        return found

    def paging(self) -> Paging:
        """The page asked for, the first if none is."""
        page = _whole("page", self.text("page"), 1)
        each = _whole("per_page", self.text("per_page"), EACH)
        return Paging(min(page, LAST_PAGE), min(each, MOST_EACH))


def _whole(name: str, text: str, otherwise: int) -> int:
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
        raise BadQuestionError(f"{name} must be a whole number from 1.")
    return int(text)


def _number(name: str, text: str) -> float:
    if not re.fullmatch(r"\d{1,9}(\.\d{1,6})?", text, re.ASCII):
        raise BadQuestionError(f"{name} must be a number, such as 5.")
    return float(text)


def _time(name: str, text: str) -> dt.time:
    found = TIME.match(text)
    if found is None:
        raise BadQuestionError(f"{name} must be a time of day, such as 09:30.")
    return dt.time(int(found[1]), int(found[2]), int(found[3] or 0))


def _day(name: str, text: str) -> str:
    bare = text.lower()
    found = [code for day, code in DAYS.items() if bare == code.lower() or (len(bare) > 2 and day.startswith(bare))]
    if not found:
        raise BadQuestionError(f"{name} must be a day of the week, such as MO or Monday.")
    return found[0]


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
