"""A queue of something that waits for a reader."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hearth.foundation.core import clock


@dataclass(frozen=True)
class Waiting:
    """A queue that is not empty: how much is in it, where it is, how much of it is late, and how much due in 7 days."""

    words: str
    url: str
    late: int = 0
    week: int = 0


def by_days(days: Iterable[dt.date]) -> tuple[int, int]:
    """How many of these days have passed, and how many are within the week."""
    ahead = [(day - clock.today()).days for day in days]
    return sum(days < 0 for days in ahead), sum(0 <= days <= clock.WEEK.days for days in ahead)
