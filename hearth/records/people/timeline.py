"""One line of a chronology, in the shape every room gives it, so that the desk can merge them by time."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """Something that happened for a family.

    `moment` is a moment, or a day where only the day is known; `kind` one short word shown as a tag; `by` who did it and
    their organisation, empty where nobody did; `url` where to read it, empty where there is no page; `words` what was
    written then, where it is short enough to be read in its place.
    """

    moment: dt.datetime | dt.date
    kind: str
    title: str
    by: str = ""
    url: str = ""
    words: str = ""

    @property
    def day(self) -> dt.date:
        """The day it belongs to."""
        return self.moment.date() if isinstance(self.moment, dt.datetime) else self.moment


def _place(entry: Entry) -> tuple[dt.date, dt.time]:
    # A whole day stands before the moments of that day: what is only known as a day is not made later than it was.
    time = entry.moment.timetz().replace(tzinfo=None) if isinstance(entry.moment, dt.datetime) else dt.time.min
    return entry.day, time


def in_order(entries: Iterable[Entry], *, newest_first: bool = True) -> list[Entry]:
    """Entries of several rooms as one chronology."""
    return sorted(entries, key=_place, reverse=newest_first)
