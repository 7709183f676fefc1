"""Reads counts through the one function of the database that may make them for somebody who opens no family."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from hearth.desk.counts.rules import why_not_see_counts
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse

MONTH, YEAR = dt.timedelta(days=28), dt.timedelta(days=365)


@dataclass(frozen=True)
class Counts:
    """What stands in one district, or in all of them together."""

    name: str
    goes_live_on: dt.date | None
    requests_in_month: int
    requests_in_year: int
    open_cases: int
    closed_in_year: int

    @property
    def is_live(self) -> bool:
        """Whether early help has begun there: before that a nought means nothing."""
        return self.goes_live_on is None or self.goes_live_on <= clock.today()


def counts_of_districts(reader: Any) -> tuple[list[Counts], Counts]:
    """Every district by name, and the sum of those where early help has begun, as only they show figures: one query."""
    refuse(why_not_see_counts(reader))
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute(
            "select name, goes_live_on, requests_in_month, requests_in_year, open_cases, closed_in_year"
            " from hearth_counts(%s, %s, %s) order by name",
            [reader.id, today - MONTH, today - YEAR],
        )
        rows = [Counts(*row) for row in cursor.fetchall()]
    return rows, Counts("All districts", None, *_sums([row for row in rows if row.is_live]))


def _sums(rows: list[Counts]) -> tuple[int, int, int, int]:
    return (
        sum(row.requests_in_month for row in rows),
        sum(row.requests_in_year for row in rows),
        sum(row.open_cases for row in rows),
        sum(row.closed_in_year for row in rows),
    )
