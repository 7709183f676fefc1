"""The days of a return: when it is made, when it is due, when it is chased. Working days, as the practice pack says."""

import datetime as dt
from collections.abc import Iterator

from hearth.commissioning.contracts.quarters import next_quarter
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack


def last_day(quarter: dt.date) -> dt.date:
    """The last day of a quarter."""
    return next_quarter(quarter) - dt.timedelta(days=1)


def made_on(quarter: dt.date) -> dt.date:
    """The day on which its return is made."""
    return clock.add_working_days(last_day(quarter), pack().returns.open_days)


def due_on(quarter: dt.date) -> dt.date:
    """The day by which it is sent."""
    return clock.add_working_days(last_day(quarter), pack().returns.due_days)


def _before(day: dt.date, days: int) -> dt.date:
    """The day from which it is so many working days to another."""
    found = day
    while days:
        found -= dt.timedelta(days=1)
        days -= clock.is_working_day(found)
    return found


def steps_of(due: dt.date) -> Iterator[tuple[dt.date, str, int]]:
    """Each step of the chase, in order: its day, whether it is before, on or after the day that it is due, and by how many days."""
    said = pack().returns
    for days in sorted(said.chase_before, reverse=True):
        yield _before(due, days), "before", days
    yield due, "on", 0
    for days in sorted(said.chase_after):
        yield clock.add_working_days(due, days), "after", days
