"""One line of a chronology, in the shape every room gives it, so that the desk can merge them by time."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from hearth.foundation.core.clock import in_london


@dataclass(frozen=True)
class Entry:
    """Something that happened for a family.

    `moment` is a moment, or a day where only the day is known; `kind` one short word shown as a tag; `by` who did it and
    their organisation, empty where nobody did; `url` where to read it, empty where there is no page; `words` what was
    written then, where it is short enough to be read in its place. `written_at`: where only the day is known, when it was
    put on record, which is its place inside that day.
    """

    moment: dt.datetime | dt.date
    kind: str
    title: str
    by: str = ""
    url: str = ""
    words: str = ""
    written_at: dt.datetime | None = None

    @property
    def day(self) -> dt.date:
        """The day it belongs to."""
        return self.moment.date() if isinstance(self.moment, dt.datetime) else self.moment


def _place(entry: Entry) -> tuple[dt.date, dt.time]:
    # What is only known as a day, and was put on record on another, stands before the moments of that day: it is not
    # made later than it was.
    if isinstance(entry.moment, dt.datetime):
        return entry.day, in_london(entry.moment).time()
    written = in_london(entry.written_at) if entry.written_at else None
    return entry.day, written.time() if written and written.date() == entry.day else dt.time.min


def in_order(entries: Iterable[Entry], *, newest_first: bool = True) -> list[Entry]:
    """Entries of several rooms as one chronology."""
    return sorted(entries, key=_place, reverse=newest_first)


def written_first(events: Any, day: str) -> Subquery:
    """When a row's history (the table `events`) first had the day the row has now: the row itself keeps the day alone."""
    rows = events.objects.filter(pgh_obj=OuterRef("pk"), **{day: OuterRef(day)})
    return Subquery(rows.order_by("pgh_id").values("pgh_created_at")[:1])
