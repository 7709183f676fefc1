"""From when until when a rule looks, on the day of a run."""

import datetime as dt
from dataclasses import dataclass

TERM_STARTS = (
    (9, 1),
    (1, 1),
    (4, 16),
)  # autumn, spring, summer: near enough to every school's for counting back in terms
LONG_AGO = dt.date(1900, 1, 1)


@dataclass(frozen=True)
class Window:
    """First and last day, both counted in."""

    from_on: dt.date
    until_on: dt.date


def window_of(written: str, as_at: dt.date) -> Window:
    """The days of a window such as `12 months`, `3 terms`, `school_year`, `now` or `latest`, on a day."""
    if written == "now":
        return Window(as_at, as_at)
    if written == "latest":
        return Window(LONG_AGO, as_at)
    if written == "school_year":
        return Window(dt.date(as_at.year if as_at.month >= 9 else as_at.year - 1, 9, 1), as_at)
    number, unit = written.split()
    return Window(_terms(as_at, int(number)) if unit == "terms" else _months(as_at, int(number)), as_at)


def _months(day: dt.date, many: int) -> dt.date:
    """The day so many months earlier, and one more: the same day of the month is not counted twice."""
    year, month = divmod(day.year * 12 + day.month - 1 - many, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last)) + dt.timedelta(days=1)


def _terms(day: dt.date, many: int) -> dt.date:
    """The first day of the term in which the earliest of so many terms began, this one among them."""
    starts = sorted(
        dt.date(year, *start) for year in range(day.year - many // 3 - 1, day.year + 1) for start in TERM_STARTS
    )
    return [start for start in starts if start <= day][-many]


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day so many years earlier; 1 March for 29 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return dt.date(day.year - years, 3, 1)
