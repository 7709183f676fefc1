"""How dates, moments, figures and typed text are written on a page."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone
from markupsafe import Markup, escape

from hearth.foundation.core import clock
from hearth.foundation.core.paging import MOST
from hearth.foundation.core.text import lower_first, upper_first

MINUTE, HOUR = 60, 3600


def _local(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _date(value: dt.date | dt.datetime) -> dt.date:
    return _local(value).date() if isinstance(value, dt.datetime) else value


def day(value: Any) -> str:
    """3 September 2026; empty for nothing. Anything that prints itself as a date, such as a PartialDate, does."""
    if value is None or isinstance(value, str):
        return value or ""
    if not isinstance(value, dt.date):
        return str(value)
    found = _date(value)
    return f"{found.day} {found:%B} {found.year}"


def short_day(value: dt.date | dt.datetime | None) -> str:
    """3 Sep 2026."""
    if value is None:
        return ""
    found = _date(value)
    return f"{found.day} {found:%b} {found.year}"


def last_date(value: dt.datetime | None) -> dt.date | None:
    """The last day of what ends at a moment: an end kept as the midnight after is told as the day before it."""
    return _date(value - dt.timedelta(microseconds=1)) if value else None


def last_day(value: dt.datetime | None) -> str:
    """3 September 2026, for what ends at the midnight after it."""
    return day(last_date(value))


def short_last_day(value: dt.datetime | None) -> str:
    """3 Sep 2026, for what ends at the midnight after it."""
    return short_day(last_date(value))


def clock_time(value: dt.datetime | dt.time | None) -> str:
    """2:05pm, midnight and midday in words."""
    if value is None:
        return ""
    found = _local(value).time() if isinstance(value, dt.datetime) else value
    if (found.hour, found.minute) in ((0, 0), (12, 0)):
        return "midday" if found.hour else "midnight"
    return f"{(found.hour - 1) % 12 + 1}:{found:%M}{'pm' if found.hour >= 12 else 'am'}"


def moment(value: dt.datetime | None) -> str:
    """3 September 2026 at 2:05pm."""
    return f"{day(value)} at {clock_time(value)}" if value else ""


def ago(value: dt.datetime | None) -> str:
    """just now, 5 minutes ago, 3 hours ago, yesterday, 4 days ago; then the day itself."""
    if value is None:
        return ""
    seconds = (clock.now() - value).total_seconds()
    days = (clock.today() - _date(value)).days
    if seconds < MINUTE:
        return "just now" if seconds > -MINUTE else moment(value)
    if seconds < HOUR:
        return count(int(seconds // MINUTE), "minute") + " ago"
    if days < 1:
        return count(int(seconds // HOUR), "hour") + " ago"
    if days == 1:
        return f"yesterday at {clock_time(value)}"
    return f"{days} days ago" if days < 7 else day(value)


def count(number: int, one: str, many: str = "") -> str:
    """1 child, 3 children, no children; figures have commas."""
    words = one if number == 1 else (many or one + "s")
    return f"{number:,} {words}" if number else f"no {words}"


def commas(number: int) -> str:
    """A whole number as people read it: 9,088."""
    return f"{number:,}"


def pounds(pence: int) -> str:
    """Whole pence as pounds: £1,234.56, −£40.00. Never through a fraction that is nearly right."""
    whole, part = divmod(abs(pence), 100)
    return f"{'−' if pence < 0 else ''}£{whole:,}.{part:02d}"


def figure(number: int) -> str:
    """A figure that was counted no further than it had to be (core.paging.UpTo): 12, 500+."""
    return f"{number:,}" if number <= MOST else f"{MOST:,}+"


def counted(number: int, one: str, many: str = "") -> str:
    """The same in words: 12 requests, more than 500 requests."""
    return count(number, one, many) if number <= MOST else f"more than {count(MOST, one, many)}"


def paragraphs(text: str | None) -> Markup:
    """Typed text as paragraphs, its single line breaks kept, everything else in it shown as typed."""
    blocks = [block.strip("\n") for block in re.split(r"\n\s*\n", (text or "").replace("\r\n", "\n")) if block.strip()]
    lines = (Markup("<br>").join(escape(line) for line in block.split("\n")) for block in blocks)
    return Markup("").join(Markup('<p class="govuk-body app-typed">{}</p>').format(each) for each in lines)


def listed(things: Sequence[Any], last: str = "and") -> str:
    """a; a and b; a, b and c."""
    words = [str(thing) for thing in things]
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1] if words else "") if part)


def megabytes(size: int) -> str:
    """The size of a file for people: 380 KB, 2.4 MB, 25 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000)):,} KB"
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"


def initials(name: str) -> str:
    """The first letters of the first and last words of a name, for a chip."""
    words = [word for word in re.split(r"[\s\-]+", name) if word[:1].isalnum()]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper() if words else "?"


BACK = re.compile(r'<a href="([^"]*)" class="govuk-back-link')


def leads_to(back: str) -> Markup:
    """Where a back link leads, as it stands in the page; nothing where it is something else."""
    found = BACK.search(back)
    return Markup(found[1]) if found else Markup()  # noqa: S704 - out of our own markup, escaped there


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "leads_to": leads_to,
    "short_day": short_day,
    "last_day": last_day,
    "short_last_day": short_last_day,
    "clock": clock_time,
    "moment": moment,
    "ago": ago,
    "count": count,
    "commas": commas,
    "figure": figure,
    "pounds": pounds,
    "paragraphs": paragraphs,
    "listed": listed,
    "upper_first": upper_first,
    "lower_first": lower_first,
    "initials": initials,
    "megabytes": megabytes,
}
