"""Birth dates as far as they are known: how they are stored, and how they are said."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.ui.filters import count, day
from hearth.foundation.ui.partial_date import PartialDate
from hearth.records.people.models import BirthPrecision

_STORED = {"day": BirthPrecision.FULL, "month": BirthPrecision.MONTH, "year": BirthPrecision.YEAR}
CHILD_UNTIL = 18
SAID_AS_MONTHS = 24


def stored_birth(born: PartialDate | None, expected_on: dt.date | None = None) -> tuple[dt.date | None, str]:
    """The columns `born_on` and `birth_precision` for what was typed: a date as far as known, or a due date, or neither."""
    if expected_on is not None:
        return expected_on, BirthPrecision.EXPECTED
    if born is None:
        return None, BirthPrecision.UNKNOWN
    return born.earliest, BirthPrecision.ESTIMATED if born.estimated else _STORED[born.precision]


def typed_birth(born_on: dt.date | None, precision: str) -> PartialDate | None:
    """What was stored, as somebody would type it; nothing for an unborn child or an unknown date."""
    if born_on is None or precision in (BirthPrecision.UNKNOWN, BirthPrecision.EXPECTED):
        return None
    if precision == BirthPrecision.ESTIMATED:
        return PartialDate(born_on.year, estimated=True)
    month = born_on.month if precision != BirthPrecision.YEAR else None
    return PartialDate(born_on.year, month, born_on.day if precision == BirthPrecision.FULL else None)


def birth_words(born_on: dt.date | None, precision: str) -> str:
    """3 September 2016; September 2016; 2016; about 2016; expected on 3 March 2027; empty where nothing is known.

    A child expected on the first of a month may be one of whom the month alone is known: no day is said.
    """
    if born_on is None:
        return "Expected" if precision == BirthPrecision.EXPECTED else ""
    if precision == BirthPrecision.EXPECTED:
        return f"Expected in {born_on:%B %Y}" if born_on.day == 1 else f"Expected on {day(born_on)}"
    typed = typed_birth(born_on, precision)
    return str(typed) if typed else ""


def age_on(born_on: dt.date | None, precision: str, on: dt.date | None = None) -> int | None:
    """Whole years on a day (today); None for the unborn and where the year is not known."""
    if born_on is None or precision in (BirthPrecision.UNKNOWN, BirthPrecision.EXPECTED):
        return None
    on = on or clock.today()
    return max(0, on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day)))


def born_to_the_day(person: Any) -> dt.date | None:
    """The birth date, or the day on which a child is due, where it is known to the day."""
    exact = person.birth_precision in (BirthPrecision.FULL, BirthPrecision.EXPECTED)
    found: dt.date | None = person.born_on if exact else None
    return found


def age_words(born_on: dt.date | None, precision: str, on: dt.date | None = None) -> str:
    """11; 7 months; about 40; unborn; empty where nobody knows."""
    if precision == BirthPrecision.EXPECTED:
        return "unborn"
    age, on = age_on(born_on, precision, on), on or clock.today()
    if age is None or born_on is None:
        return ""
    months = (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)
    if precision == BirthPrecision.FULL and months < SAID_AS_MONTHS:
        return count(max(months, 0), "month") if months else "new-born"
    return str(age) if precision == BirthPrecision.FULL else f"about {age}"


def aged(born_on: dt.date | None, precision: str, on: dt.date | None = None) -> str:
    """aged 11; aged about 40; 7 months old; new-born; unborn; empty where nobody knows."""
    words = age_words(born_on, precision, on)
    if words.endswith(("month", "months")):
        return f"{words} old"
    return f"aged {words}" if words.replace("about ", "").isdigit() else words


def named_and_aged(person: Any) -> str:
    """John Marsh, aged 40: in a list to choose from, so that a father is told from a son of the same name."""
    words = aged(person.born_on, person.birth_precision, person.died_on)
    return person.full_name if not words or words == "unborn" else f"{person.full_name}, {words}"


def is_child(person: Any) -> bool:
    """Under eighteen, or not yet born. Somebody whose birth nobody knows is not taken for a child."""
    age = age_on(person.born_on, person.birth_precision)
    return person.birth_precision == BirthPrecision.EXPECTED or (age is not None and age < CHILD_UNTIL)
