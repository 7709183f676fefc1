"""How old somebody was on a day: whole years, and nothing where it is not certain."""

import datetime as dt
from calendar import monthrange


def age_on(day: dt.date, born_on: dt.date | None, precision: str) -> int | None:
    """Whole years lived by a day. Of a month or a year alone, an age only where any day of it gives the same; unborn, none."""
    if born_on is None or precision in ("expected", "unknown"):
        return None
    ages = {_years(day, born) for born in (born_on, _last_possible(born_on, precision))}
    return ages.pop() if len(ages) == 1 and min(ages) >= 0 else None


def day_of_birth(born_on: dt.date | None, precision: str) -> dt.date | None:
    """The day where it is known to the day; the first of a month or a year is nobody's birthday."""
    return born_on if precision == "full" else None


def _last_possible(born: dt.date, precision: str) -> dt.date:
    if precision == "full":
        return born
    if precision == "month":
        return born.replace(day=monthrange(born.year, born.month)[1])
    return dt.date(born.year, 12, 31)


def _years(day: dt.date, born: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
