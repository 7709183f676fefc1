"""Writes casework down as a file of its feed, and loads it as any other: in whose name, as at today, seen and on record."""

import csv
import datetime as dt
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connections

from hearth.casework.cases.feeding import rules
from hearth.casework.cases.feeding.functions import IDENTITY
from hearth.foundation.audit.looks import exported
from hearth.foundation.core import clock
from hearth.foundation.core.reader import System, acting_as
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.intelligence.feeds import loading, queries
from hearth.intelligence.feeds.layout import layouts
from hearth.intelligence.feeds.models import FeedLoad
from hearth.intelligence.feeds.rules import why_not_load_feeds

CASEWORK = System("system:casework", IDENTITY)
FEED, BEGINS = "casework", "casework-"
NOTHING = "cases.nothing_to_feed"
AT_ONCE = 5_000
LEFT = 24 * 3600  # seconds after which a file that a killed worker left is nobody's


@dataclass
class _Written:
    """What was written: rows, cases, and the first day of any."""

    first_on: dt.date
    rows: int = 0
    cases: int = 0


def load_casework(by: Any, *, commit: bool | None = None) -> str:
    """Write today's file of casework and load it as `by`, who answers for it; the account in words.

    `commit`: whether it is committed; None: where it is as expected, and otherwise a person looks. Raises Refused.
    """
    refuse(why_not_load_feeds(by))
    place = Path(settings.FEEDS_FOLDER)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in place.glob(f"{BEGINS}*"):
        if time.time() - left.stat().st_mtime > LEFT:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=BEGINS, dir=place) as folder:
        path = Path(folder) / "casework.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            written = _write(file)
        if not written.rows:
            refuse(Refusal(NOTHING, "There is no case yet, so there is nothing to load."))
        exported(by, "cases.feed_written", rows=written.rows, cases=written.cases)
        today = clock.today()
        return loading.load_file(
            FEED, path, by, covers=(written.first_on, today), as_at=today,
            commit=_as_expected if commit is None else commit,
        )  # fmt: skip


def _as_expected(load: FeedLoad) -> bool:
    return rules.is_as_expected(load, queries.rows_waiting(load))


def _write(file: IO[str]) -> _Written:
    """Every row under the feed's own headers, a few thousand in hand at a time."""
    names = [column.name for column in layouts()[FEED].columns]
    case, opened = names.index("case_reference"), names.index("opened_on")
    out, done, last = csv.writer(file), _Written(clock.today()), ""
    out.writerow(names)
    for row in _rows(", ".join(names)):
        out.writerow(row)
        done.rows += 1
        done.cases += row[case] != last
        last = row[case]
        done.first_on = min(done.first_on, row[opened])
    return done


def _rows(columns: str, using: str = "default") -> Iterator[tuple[Any, ...]]:
    """Read as `system:casework`, which may ask the database's one function, and read no table."""
    with acting_as(CASEWORK, using), connections[using].chunked_cursor() as cursor:
        cursor.execute(f"select {columns} from hearth_casework_rows(%s)", [clock.today()])  # noqa: S608 - the layout's names
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows
