"""Reads who carries how much."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from hearth.casework.cases.workload import rules
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse


@dataclass(frozen=True)
class Load:
    """What one lead practitioner carries; nobody, where cases have no lead."""

    lead: Any
    name: str | None
    cases: int
    late: int
    week: int
    nothing_due: int
    late_since: dt.date | None
    children: int


@dataclass(frozen=True)
class Workload:
    """Everybody's, the most late first, cases that nobody leads before all; and what they come to together."""

    loads: Sequence[Load]
    today: dt.date

    def together(self, what: str) -> int:
        """How many cases, late ones, or others, in all."""
        return sum(getattr(each, what) for each in self.loads)

    @property
    def unled(self) -> int:
        """How many cases nobody leads."""
        return sum(each.cases for each in self.loads if each.lead is None)


def workload(reader: Any) -> Workload:
    """Open cases by lead practitioner in the reader's areas: one query, whatever the number of families."""
    refuse(rules.why_not_see_workload(reader))
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth_workload(%s, %s)", [reader.id, today])
        loads = [Load(*row) for row in cursor.fetchall()]
    return Workload(
        sorted(loads, key=lambda each: (each.lead is not None, -each.late, -each.cases, each.name or "")), today
    )
