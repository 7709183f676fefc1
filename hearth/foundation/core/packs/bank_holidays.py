"""England's bank holidays worked out by rule: the Banking and Financial Dealings Act 1971, and custom.

The list in practice/england is what counts: it has the days moved or added by proclamation. This rule stands in for
years that the list does not name, and the tests hold the list against it.
"""

import datetime as dt
from functools import lru_cache


def easter(year: int) -> dt.date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm printed by Meeus)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, part = divmod(century, 4)
    epact = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * part + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def _first_monday(year: int, month: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta((7 - first.weekday()) % 7)


def _last_monday(year: int, month: int) -> dt.date:
    last = dt.date(year, month, 31)  # May and August, the only months asked for, both have 31 days
    return last - dt.timedelta(last.weekday())


def _christmas(year: int) -> set[dt.date]:
    """Christmas Day and Boxing Day, with a weekday in place of each that falls at a weekend."""
    days = {dt.date(year, 12, 25), dt.date(year, 12, 26)}
    kept = {day for day in days if day.weekday() < 5}
    instead = dt.date(year, 12, 27)
    while len(kept) < 2:
        if instead.weekday() < 5:
            kept.add(instead)
        instead += dt.timedelta(1)
    return kept


@lru_cache(maxsize=256)
def bank_holidays_by_rule(year: int) -> frozenset[dt.date]:
    """The eight days an ordinary year has, moved off the weekend as the custom is."""
    new_year = dt.date(year, 1, 1)
    new_year += dt.timedelta({5: 2, 6: 1}.get(new_year.weekday(), 0))
    sunday = easter(year)
    return frozenset(
        {
            new_year,
            sunday - dt.timedelta(2),
            sunday + dt.timedelta(1),
            _first_monday(year, 5),
            _last_monday(year, 5),
            _last_monday(year, 8),
            *_christmas(year),
        }
    )
