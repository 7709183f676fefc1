"""Sums are kept at night, so that a page need not count an authority's years; and read while they are of this day and of this pack."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import connections

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.measures import SOURCES, WAITS
from hearth.foundation.core.reader import System, acting_as
from hearth.oversight.performance.models import MeasuredSum
from hearth.oversight.performance.quarters import KEPT, quarter_of, quarters

TIDYING = System("system:tidying", "hearth_tidying")
FRESH = dt.timedelta(hours=26)  # a night's sums serve until the next night's are there
BEFORE = 4  # quarters before the first that can be looked at: a year before stands beside each


def codes() -> tuple[list[str], list[str]]:
    """The pack's codes of closings that were mistakes, and of outcomes that were achieved."""
    return list(pack().measures.mistakes), [each.code for each in pack().closure.outcomes if each.achieved]


def digest() -> str:
    """Of everything that sums depend on but the records: another pack, or another source, is counted anew."""
    open_from = sorted((each.code, str(each.goes_live_on)) for each in pack().areas.districts)
    return hashlib.sha256(repr((codes(), sorted(SOURCES), sorted(WAITS), open_from)).encode()).hexdigest()


def keep_measures(using: str = "default") -> None:
    """Count everything that can be looked at, once, and keep it in place of what was kept."""
    first, last = quarters()[KEPT - 1].later(-BEFORE), quarters()[0]
    mistakes, achieved = codes()
    with acting_as(TIDYING, using=using), connections[using].cursor() as cursor:
        cursor.execute(
            "select hearth_keep_measures(%s, %s, %s, %s, %s, %s, %s)",
            [first.first_on, last.last_on, sorted({*SOURCES, *WAITS}), mistakes, achieved, clock.now(), digest()],
        )


def kept(reader: Any, wanted: Iterable[str]) -> tuple[dt.datetime, list[MeasuredSum]] | None:
    """What was kept of these sources and when, for whoever sees counts; nothing, where it is too old or of another pack: one query."""
    fresh = {"asked": digest(), "created_at__gt": clock.now() - FRESH}
    rows = list(MeasuredSum.objects.visible_to(reader).filter(source__in=["", *wanted], **fresh))
    night = next((row.created_at for row in rows if not row.source), None)
    if night is None or quarter_of(night.astimezone(clock.LONDON).date()) != quarter_of(clock.today()):
        return None  # a quarter has ended since
    return night, [row for row in rows if row.source]
