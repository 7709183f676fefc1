"""What waits for somebody in governance, as the first page shows it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hearth.foundation.core import clock


@dataclass(frozen=True)
class Waits:
    """Something that waits: words, where, how much of it is late, and how much due within the week."""

    words: str
    url: str
    late: int = 0
    week: int = 0


def when(days: Iterable[dt.date]) -> tuple[int, int]:
    """How many of these days have passed, and how many are within the week."""
    ahead = [(day - clock.today()).days for day in days]
    return sum(each < 0 for each in ahead), sum(0 <= each <= clock.WEEK.days for each in ahead)
