"""Quarters and months, whole ones alone: what is not over yet would be a smaller figure every day until it is."""

import datetime as dt
from dataclasses import dataclass

from hearth.foundation.core import clock

KEPT = 12  # quarters that can be looked at: three years


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months that begin in January, April, July or October."""

    first_on: dt.date

    @property
    def last_on(self) -> dt.date:
        """Its last day."""
        return self.later(1).first_on - dt.timedelta(days=1)

    @property
    def code(self) -> str:
        """As an address says it."""
        return self.first_on.isoformat()

    @property
    def words(self) -> str:
        """Such as April to June 2026."""
        return f"{self.first_on:%B} to {self.last_on:%B %Y}"

    @property
    def short(self) -> str:
        """As it stands under a drawing: Apr 2026."""
        return f"{self.first_on:%b %Y}"

    @property
    def months(self) -> tuple[dt.date, ...]:
        """The first days of its months."""
        return tuple(dt.date(self.first_on.year, self.first_on.month + more, 1) for more in range(3))

    def later(self, quarters: int) -> "Quarter":
        """So many quarters later; earlier, where the number is below nought."""
        count = self.first_on.year * 4 + (self.first_on.month - 1) // 3 + quarters
        return Quarter(dt.date(count // 4, count % 4 * 3 + 1, 1))


def quarter_of(day: dt.date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1))


def quarters() -> list[Quarter]:
    """Those that are over and can be looked at, the latest first."""
    now = quarter_of(clock.today())
    return [now.later(-ago) for ago in range(1, KEPT + 1)]


def after_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last of that month, where it is shorter."""
    count = day.year * 12 + day.month - 1 + months
    first = dt.date(count // 12, count % 12 + 1, 1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
