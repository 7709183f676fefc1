"""The command `hearth load`: one file, read where it lies, its account in words, and committed where that was asked for."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hearth.foundation.core.reader import acting_for
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.ui.filters import day
from hearth.intelligence.feeds import actions, jobs, queries, reading, rules
from hearth.intelligence.feeds.layout import layouts
from hearth.intelligence.feeds.models import FeedLoad

STATE = FeedLoad.State


def load_file(
    feed: str, path: Path, by: Any, *, source: str = "", area: str = "", covers: tuple[dt.date, dt.date], as_at: dt.date | None = None,
    commit: bool | Callable[[FeedLoad], bool] = False, leave_out: str = "", progress: reading.Progress | None = None,
) -> str:  # fmt: skip
    """Read the file as `by`, as the data of the organisation named `source` (the council's own, without a name); give the account.

    `commit` may be asked of the load once it is read. Raises Refused where the file, the organisation, the agreement or the person will not do.
    """
    with acting_for(by):
        organisation = _sender(source)
        if feed not in layouts():
            refuse(Refusal("feeds.no_such_feed", f"There is no feed {feed}. It is one of {', '.join(layouts())}."))
        if area and queries.area_coded(area) is None:
            refuse(Refusal("feeds.area", f"There is no area {area}. Leave it out for the whole authority."))
        with path.open("rb") as file:
            load = actions.send_file(
                by=by, feed=feed, organisation=organisation, area=queries.area_coded(area), covers_from=covers[0],
                covers_until=covers[1], as_at=as_at, file=file, file_name=path.name, keep=False,
            )  # fmt: skip
        load = reading.read_load(by=by, load=load, path=path, progress=progress)
        if load.state == STATE.READY and leave_out and queries.rows_waiting(load):
            actions.waive_rows(by=by, load=load, why=leave_out)
        if load.state == STATE.READY and (commit(load) if callable(commit) else commit):
            refuse(rules.why_not_load_feeds(by))
            load = actions.commit_load(by=by, load=load)
            if load.state == STATE.READING:  # another was committed while this one was read
                load = actions.commit_load(by=by, load=reading.read_load(by=by, load=load, path=path))
        load.refresh_from_db()
        refuse(Refusal("feeds.file", load.refusal) if load.refusal else None)
        account = _account(load)
    jobs.tidy(by=str(by.id))
    return account


def _sender(name: str) -> Any:
    senders = queries.senders()
    found = [org for org in senders if (org.name.casefold() == name.casefold() if name else org.is_authority)]
    if not found:
        names = "; ".join(organisation.name for organisation in senders)
        refuse(Refusal("feeds.source", f"No organisation that sends files is called {name}. They are: {names}."))
    return found[0]


def _account(load: FeedLoad) -> str:
    waiting = queries.rows_waiting(load)
    lines = [
        f"{load.reference}: {load.rows_in_file:,} rows of {load.file_name}, as at {day(load.as_at)}",
        f"{load.new:,} new, {load.changed:,} changed, {load.same:,} the same, {load.set_aside:,} set aside; {load.gone:,} gone",
        *(f"flagged: {words} ({rows:,} rows)" for words, rows in load.flags.items()),
        *(f"row {row.number}: {row.reason}" for row in queries.rows_aside(load).rows),
    ]
    if load.not_kept:
        lines.append(f"columns that were not read: {', '.join(load.not_kept)}")
    said = {
        STATE.COMMITTED: "It is committed.",
        STATE.READY: f"It is not committed: {waiting:,} rows wait to be put right or left out."
        if waiting
        else "It is not committed. Add --commit to commit it, or look at it on the page Feeds.",
    }
    return "\n".join([*lines, said.get(STATE(load.state), f"It is {load.get_state_display().lower()}.")])
