"""The only place that knows what time it is, and how working days are counted.

A working-day clock counts the days after the one it starts on: received on Monday with a limit of one day is due on
Tuesday. What arrives when the office is shut counts from the next working day (`counts_from`). While a clock is stopped
its days are not counted: the day a pause begins is free, the day it ends counts again. Which days are worked is the
practice pack's calendar.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.calendar import Calendar

LONDON = ZoneInfo("Europe/London")
WEEK = dt.timedelta(days=7)  # what is due "in the next 7 days": today, and these after it
Pause = tuple[dt.date, dt.date | None]  # from, and until; no end: still stopped. Moments count as their day in London.
LONGEST_WAIT = 20_000  # days looked through before a calendar with no working days is given up on

_hands: ContextVar["Hands | None"] = ContextVar("hearth_clock", default=None)


class Hands:
    """The hands of a stopped clock, which a test or the invented history moves."""

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = in_london(moment)

    def set(self, moment: dt.datetime) -> None:
        """Put the clock to a moment."""
        self.moment = in_london(moment)

    def forward(self, *, days: int = 0, **time: float) -> None:
        """Move it on: forward(days=3), forward(minutes=20). Three days later it is the same time by the wall clock."""
        moved = self.moment + dt.timedelta(days=days)
        self.moment = in_london(moved.astimezone(dt.UTC) + dt.timedelta(**time))


@contextmanager
def frozen(moment: dt.datetime | dt.date) -> Iterator[Hands]:
    """Stop the clock at a moment (nine in the morning, for a date) inside the block."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time(9))
    hands = Hands(moment)
    before = _hands.set(hands)
    try:
        yield hands
    finally:
        _hands.reset(before)


def in_london(moment: dt.datetime) -> dt.datetime:
    """The moment in London's time; one without a zone is taken to be London's already."""
    return moment.replace(tzinfo=LONDON) if moment.tzinfo is None else moment.astimezone(LONDON)


def now() -> dt.datetime:
    """This moment, in London's time."""
    hands = _hands.get()
    return hands.moment if hands else dt.datetime.now(LONDON)


def stopped_at() -> dt.datetime | None:
    """What a stopped clock shows; None while the true one runs."""
    hands = _hands.get()
    return hands.moment if hands else None


def today() -> dt.date:
    """Today in London, which is not always today in UTC."""
    return now().date()


def is_working_day(day: dt.date, *, calendar: Calendar | None = None) -> bool:
    """Whether the council works on that day."""
    return (calendar or pack().calendar).is_working_day(day)


def counts_from(moment: dt.datetime, *, calendar: Calendar | None = None) -> dt.date:
    """The working day a receipt counts from: its own, or the next where the office was already shut."""
    calendar = calendar or pack().calendar
    local = in_london(moment)
    day = local.date()
    if calendar.is_working_day(day) and local.time() < calendar.closes_at:
        return day
    return add_working_days(day, 1, calendar=calendar)


def add_working_days(
    start: dt.date, days: int, pauses: Iterable[Pause] = (), *, calendar: Calendar | None = None
) -> dt.date:
    """The day that many working days after `start`. Raises ValueError for a clock that never gets there."""
    day, stopped, calendar = _plain(start), _stopped(pauses), calendar or pack().calendar
    if days < 0:
        raise ValueError(f"days must be 0 or more (it is {days})")
    for _ in range(LONGEST_WAIT):
        if days == 0:
            return day
        day += dt.timedelta(1)
        days -= _counts(day, stopped, calendar)
    raise ValueError(f"the clock never gets there: too few working days in the {LONGEST_WAIT} days after {start}")


def working_days_between(
    start: dt.date, end: dt.date, pauses: Iterable[Pause] = (), *, calendar: Calendar | None = None
) -> int:
    """Working days after `start`, up to and including `end`; negative where `end` is the earlier."""
    start, end, stopped, calendar = _plain(start), _plain(end), _stopped(pauses), calendar or pack().calendar
    if end < start:
        return -working_days_between(end, start, stopped, calendar=calendar)
    return sum(_counts(start + dt.timedelta(n), stopped, calendar) for n in range(1, (end - start).days + 1))


def due_on(
    since: dt.datetime, limit: int, pauses: Iterable[Pause] = (), *, calendar: Calendar | None = None
) -> dt.date | None:
    """The last day within the limit of something begun at a moment; None while its clock is stopped before then."""
    stopped = _stopped(pauses)
    start = counts_from(since, calendar=calendar)
    closed = tuple(pause for pause in stopped if pause[1] is not None)
    day = add_working_days(start, limit, closed, calendar=calendar)
    return None if any(until is None and begun <= day for begun, until in stopped) else day


def days_taken(
    since: dt.datetime,
    until: dt.datetime | None = None,
    pauses: Iterable[Pause] = (),
    *,
    calendar: Calendar | None = None,
) -> int:
    """Working days a clock has counted between two moments, or until now; nought on the day it began."""
    start = counts_from(since, calendar=calendar)
    end = in_london(until).date() if until else today()
    return max(0, working_days_between(start, end, pauses, calendar=calendar))


def is_late(
    since: dt.datetime,
    limit: int,
    until: dt.datetime | None = None,
    pauses: Iterable[Pause] = (),
    *,
    calendar: Calendar | None = None,
) -> bool:
    """Whether more working days than the limit were counted between two moments, or until now."""
    return days_taken(since, until, pauses, calendar=calendar) > limit


def _stopped(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """The pauses by their days."""
    return tuple((_day_of(begun), _day_of(until) if until else None) for begun, until in pauses)


def _day_of(when: dt.date) -> dt.date:
    return in_london(when).date() if isinstance(when, dt.datetime) else when


def _plain(day: dt.date) -> dt.date:
    """The date itself: a moment is refused, because which day it is depends on where you stand."""
    if isinstance(day, dt.datetime):
        raise TypeError(
            "give a date: clock.counts_from(moment) for a receipt, clock.in_london(moment).date() for the day itself"
        )
    return day


def _counts(day: dt.date, pauses: tuple[Pause, ...], calendar: Calendar) -> bool:
    """Whether a day is one the clock counts."""
    if any(begun <= day and (until is None or day < until) for begun, until in pauses):
        return False
    return calendar.is_working_day(day)
