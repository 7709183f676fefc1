"""Reads a load's file to its end and compares it with what is held. Stopped anywhere, it starts or goes on from there, once."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from django.db import connection

from hearth.foundation.core.refusals import Refusal, Refused, refuse
from hearth.intelligence.feeds import actions, comparing, keeping, queries, rules
from hearth.intelligence.feeds.batches import batches_of, schema_of
from hearth.intelligence.feeds.checking import check_rows
from hearth.intelligence.feeds.engine import connect
from hearth.intelligence.feeds.layout import Layout, layout_of
from hearth.intelligence.feeds.models import FeedFilePart, FeedLoad

Progress = Callable[[int, float], None]
STATE = FeedLoad.State
EVERY = 1.0  # seconds between two words about how far it is


class Cancelled(Exception):
    """Somebody cancelled the load while it was being read."""


@contextmanager
def alone(load: FeedLoad) -> Iterator[None]:
    """One process reads a load; the lock goes with the process that held it, however that ended."""
    about = f"feed load {load.pk}"
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", [about])
        if not cursor.fetchone()[0]:
            refuse(Refusal("feeds.being_read", "This file is being read at this moment. Look again in a minute."))
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [about])


def read_load(*, by: Any, load: FeedLoad, path: Path | None = None, progress: Progress | None = None) -> FeedLoad:
    """Read, check and compare a load's file: the one at `path`, or what was sent on a page."""
    layout = layout_of(load.feed)
    with alone(load):
        load.refresh_from_db()
        if layout is None or load.state not in (STATE.WAITING, STATE.READING):
            return load
        FeedLoad.objects.filter(pk=load.pk).update(state=STATE.READING)
        try:
            _stage(load, layout, path, _Telling(load, progress))
            return _compare(by, load, layout)
        except Refused as refused:
            return actions.refuse_load(by=by, load=load, sentence=str(refused))
        except Cancelled:
            load.refresh_from_db()
            return load
        finally:
            load.refresh_from_db()
            if load.state not in FeedLoad.OPEN:
                keeping.let_go(load)


class _Telling:
    """Says now and then how far the reading is, and notices when it was cancelled."""

    def __init__(self, load: FeedLoad, progress: Progress | None) -> None:
        self.load, self.progress, self.told_at = load, progress, 0.0

    def __call__(self, rows: int, share: float) -> None:
        if time.monotonic() - self.told_at < EVERY:
            return
        self.told_at = time.monotonic()
        row = FeedLoad.objects.filter(pk=self.load.pk)
        row.update(rows_read=rows, percent_read=min(int(share * 100), 99))
        if row.filter(state=STATE.CANCELLED).exists():
            raise Cancelled
        if self.progress is not None:
            self.progress(rows, share)


def _stage(load: FeedLoad, layout: Layout, path: Path | None, tell: _Telling) -> None:
    """Write the file's rows as they are, every cell as text. What was staged whole before is not read again."""
    staged = keeping.staged_path(load)
    if staged.is_file():
        return
    folder = keeping.make_folder(load)
    source = path or _written_out(load, folder / "sent")
    making = folder / "staging"
    not_kept, batches = batches_of(source, layout)
    rows = 0
    with pq.ParquetWriter(making, schema_of(layout), compression="zstd") as writer:
        for batch, share in batches:
            writer.write_batch(batch)
            rows += batch.num_rows
            tell(rows, share)
    if not rows:
        refuse(
            Refusal("feeds.no_rows", "The file has headers and no row below them. Ask for it once more, with its rows.")
        )
    FeedLoad.objects.filter(pk=load.pk).update(rows_read=rows, percent_read=99, not_kept=not_kept[:200])
    keeping.put_in_place(making, staged)


def _written_out(load: FeedLoad, place: Path) -> Path:
    """The parts that were sent on a page, one after another in a file."""
    with place.open("wb") as file:
        for part in FeedFilePart.objects.filter(load=load).order_by("number").iterator(chunk_size=1):
            file.write(part.content)
    return place


def _compare(by: Any, load: FeedLoad, layout: Layout) -> FeedLoad:
    folder = keeping.make_folder(load)
    spill, making = folder / "spill", folder / "making"
    spill.mkdir(exist_ok=True)
    held = queries.current_of(load)
    engine = connect(spill)
    try:
        check_rows(engine, layout, keeping.staged_path(load), queries.rows_put_right(load))
        account = comparing.compare(engine, layout, keeping.admitted(held) if held else None, making)
        aside = comparing.set_aside(engine, layout) if account.set_aside <= rules.MOST_SET_ASIDE else []
        if account.set_aside and not aside:
            refuse(_too_many(engine, account))
        rows_hash = keeping.hash_of(making)
        keeping.put_in_place(making, keeping.rows_path(load))
        people = comparing.subjects_of(engine, layout, keeping.rows_path(load))
        return actions.show_load(
            by=by, load=load, account=account, aside=aside, people=people, follows=held, rows_hash=rows_hash
        )
    finally:
        engine.close()


def _too_many(engine: Any, account: comparing.Account) -> Refusal:
    reasons = engine.execute("select _reason, count(*) from aside group by 1 order by 2 desc limit 1").fetchall()
    return Refusal(
        "feeds.too_many_aside",
        f"{account.set_aside:,} of {account.rows:,} rows cannot be taken, so none was. Most often: {reasons[0][0]} "
        "Ask for the file to be put right, and send it again.",
    )
