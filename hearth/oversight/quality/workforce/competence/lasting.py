"""How long a certificate lasts."""

import calendar
import datetime as dt


def last_day(trained_on: dt.date, months: int | None) -> dt.date | None:
    """The last day on which it is held: the day before the same day so many months on; none where it does not run out."""
    if months is None:
        return None
    years, month = divmod(trained_on.month - 1 + months, 12)
    year, month = trained_on.year + years, month + 1
    day = min(trained_on.day, calendar.monthrange(year, month)[1])
    return dt.date(year, month, day) - dt.timedelta(days=1)
