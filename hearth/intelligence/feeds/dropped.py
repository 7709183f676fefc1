"""Files that a partner's own system drops in a folder: sent and read as whoever answers for them.

    FOLDER/housing/Harbour Homes/tenancies_2026-09-01_2026-09-30.csv      what a partner sent
    FOLDER/school_roll/roll_2026-09-01_2026-12-18.csv                     the council's own

What was read waits on the page Feeds, where somebody looks at it before it is committed, and the file goes from the folder. One
that will not do lies in FOLDER/refused for 30 days, with the reason in a text file beside it.
"""

import datetime as dt
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hearth.foundation.core.refusals import Refusal, Refused, refuse
from hearth.intelligence.feeds import loading, rules

REFUSED, KEPT = "refused", 30 * 24 * 3600  # seconds for which a file that was refused stays there
SETTLED = (
    60  # seconds for which nothing was written to it: a file that is still being copied is left for the next round
)
_DAYS = re.compile(r"_(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})$")
BEING_READ = "feeds.being_read"


def take_dropped(by: Any, folder: Path) -> int:
    """Take every file that lies there, one after another, each once; how many were. Safe to be stopped anywhere.

    Where a file was read and the machine went down before it went, it is sent again, which is the same load.
    """
    refuse(rules.why_not_load_feeds(by))
    _let_go_of_refused(folder / REFUSED)
    return sum(_take(by, folder, file) for file in list(_waiting(folder)))


def _waiting(folder: Path) -> Iterator[Path]:
    """Files of a feed or of an organisation in it; nothing hidden, half-copied, or that only points elsewhere."""
    for file in sorted([*folder.glob("*/*"), *folder.glob("*/*/*")]):
        inside = file.relative_to(folder).parts
        links = any((folder / Path(*inside[: place + 1])).is_symlink() for place in range(len(inside)))
        if links or inside[0] == REFUSED or file.name.startswith(".") or not file.is_file():
            continue
        if time.time() - file.stat().st_mtime >= SETTLED:
            yield file


def _take(by: Any, folder: Path, file: Path) -> bool:
    feed, *organisation = file.relative_to(folder).parts[:-1]
    try:
        loading.load_file(feed, file, by, source="".join(organisation), covers=_days_of(file))
        file.unlink()
    except Refused as refused:
        if refused.refusal.code == BEING_READ:
            return False
        _refuse(file, folder / REFUSED / file.relative_to(folder), str(refused))
    return True


def _days_of(file: Path) -> tuple[dt.date, dt.date]:
    """The first and last day that a file covers, as its name says."""
    found = _DAYS.search(file.stem)
    try:
        first, last = (dt.date.fromisoformat(day) for day in found.groups()) if found else (None, None)
    except ValueError:
        first = last = None
    if first is None or last is None:
        refuse(
            Refusal(
                "feeds.dropped_name",
                f"{file.name} does not say which days it covers. End its name with the first and the last, as in"
                " tenancies_2026-09-01_2026-09-30.csv, and drop it again.",
            )
        )
    return first, last  # type: ignore[return-value]


def _refuse(file: Path, to: Path, why: str) -> None:
    """Out of the way, under a name that nothing has yet, with the reason beside it."""
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place, number = to, 1
    while place.exists():
        number += 1
        place = to.with_name(f"{to.stem} ({number}){to.suffix}")
    place.with_name(f"{place.name}.txt").write_text(f"{why}\n", encoding="utf-8")
    file.rename(place)
    os.utime(place)


def _let_go_of_refused(folder: Path) -> None:
    for file in list(folder.rglob("*")):
        if file.is_file() and time.time() - file.stat().st_mtime > KEPT:
            file.unlink()
