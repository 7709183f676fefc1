"""Quarters of a contract: those of the financial year, each known by its first day."""

import datetime as dt


def quarter_of(day: dt.date) -> dt.date:
    """The first day of the quarter in which a day is."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def next_quarter(first: dt.date) -> dt.date:
    """The first day of the quarter after."""
    return quarter_of(first + dt.timedelta(days=100))


def quarters_of(starts_on: dt.date, ends_on: dt.date) -> list[dt.date]:
    """The quarters that a contract is in, in order: also those of which it has a part."""
    found = [quarter_of(starts_on)]
    while next_quarter(found[-1]) <= ends_on:
        found.append(next_quarter(found[-1]))
    return found


def quarter_words(first: dt.date) -> str:
    """A quarter as people say it: October to December 2026."""
    last = next_quarter(first) - dt.timedelta(days=1)
    return f"{first:%B} to {last:%B} {first.year}"


def quarter_column(first: dt.date) -> str:
    """The same over a column: Oct to Dec 2026."""
    last = next_quarter(first) - dt.timedelta(days=1)
    return f"{first:%b} to {last:%b} {first.year}"
