"""On which days a panel meets, and what follows from a day: when its list goes out, and until when its families stay open."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hearth.foundation.core import clock
from hearth.foundation.core.packs.panels import PanelKind


@dataclass(frozen=True)
class Days:
    """What is kept with a meeting beside its own day."""

    list_on: dt.date
    checks_by: dt.date
    open_until_on: dt.date
    minutes_by: dt.date


def days_of(kind: PanelKind, meets_on: dt.date) -> Days:
    """Counted in working days from the meeting, by what the practice pack says of the kind."""
    return Days(
        list_on=working_days_before(meets_on, kind.list_days),
        checks_by=working_days_before(meets_on, kind.check_days),
        open_until_on=clock.add_working_days(meets_on, kind.open_days),
        minutes_by=clock.add_working_days(meets_on, kind.minutes_days),
    )


def of_short_notice(days: Days, meets_on: dt.date) -> Days:
    """The same, where the day is so near that some of them have passed: the list goes out tomorrow, and nobody is asked by yesterday."""
    today = clock.today()
    soon = min(clock.add_working_days(today, 1), meets_on)
    return replace(
        days,
        list_on=days.list_on if days.list_on > today else soon,
        checks_by=max(days.checks_by, min(today, meets_on)),
    )


def working_days_before(day: dt.date, days: int) -> dt.date:
    """The working day that many before another."""
    while days:
        day -= dt.timedelta(1)
        days -= clock.is_working_day(day)
    return day


def meeting_days(
    kind: PanelKind, begun_on: dt.date, week: int, weekday: int, after: dt.date, until: dt.date
) -> Iterator[dt.date]:
    """The days after one day and up to another, by the cadence that holds in each month.

    Months are counted from the one in which the panel began. A day on which the council does not work gives way to the
    next that it does.
    """
    month = begun_on.replace(day=1)
    while month <= until:
        day = nth_weekday(month, week, weekday)
        while not clock.is_working_day(day):
            day += dt.timedelta(1)
        if after < day <= until and day >= begun_on:
            yield day
        month = months_later(month, kind.every_months(day))


def nth_weekday(month: dt.date, week: int, weekday: int) -> dt.date:
    """The first, second, third or fourth such day of a month."""
    first = month.replace(day=1)
    return first + dt.timedelta((weekday - first.weekday()) % 7 + 7 * (week - 1))


def months_later(month: dt.date, months: int) -> dt.date:
    """The first of a month that many later."""
    count = month.year * 12 + month.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)
