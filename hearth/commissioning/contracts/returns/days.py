"""The days of a return: when it is made, when it is due, when it is chased. Working days, as the practice pack says."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from hearth.commissioning.contracts.quarters import next_quarter, quarters_of
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


def first_quarter(contract: Any) -> dt.date | None:
    """The first quarter of which a contract's return is asked for: it ran in it since it was signed, for the pack's days or to its end.

    None while it is not signed. What was before is no return of anybody's: nothing was agreed then.
    """
    if contract.signed_at is None:
        return None
    begins = max(contract.starts_on, clock.in_london(contract.signed_at).date())
    ran = [each for each in quarters_of(contract.starts_on, contract.ends_on) if last_day(each) >= begins]
    long = [
        each for each in ran if (min(last_day(each), contract.ends_on) - begins).days + 1 >= pack().returns.first_days
    ]
    return next(iter(long or ran), None)


def answer_by(asked_on: dt.date) -> dt.date:
    """The day by which what was asked on a day is answered."""
    return clock.add_working_days(asked_on, pack().returns.answer_days)


def chases_of_answer(due: dt.date) -> list[tuple[dt.date, int]]:
    """The days on which an answer that has not come is chased, each with how many working days after its day."""
    return [(clock.add_working_days(due, days), days) for days in sorted(pack().returns.chase_answer_after)]


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
