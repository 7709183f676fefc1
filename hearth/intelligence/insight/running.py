"""A run from its beginning to its end: once, however often it is begun; it says how far it is, and stops when it is cancelled."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refusal, Refused, refuse
from hearth.intelligence.feeds import keeping
from hearth.intelligence.feeds.engine import connect
from hearth.intelligence.insight import actions, gathering
from hearth.intelligence.insight.computing import Work
from hearth.intelligence.insight.frameworks import rules_of
from hearth.intelligence.insight.gathering import INSIGHT
from hearth.intelligence.insight.models import InsightRun

STATE = InsightRun.State
KEPT = 2  # runs whose files stay: the current one, and the one before it


class Cancelled(Exception):
    """Somebody cancelled the run while it was worked out."""


def folder_of(run: Any) -> Path:
    """Where a run's files are: facts, tallies, and the very files it read."""
    return Path(settings.FEEDS_FOLDER) / "insight" / str(run.id)


@contextmanager
def alone() -> Iterator[None]:
    """One process works rules out; the lock goes with the process that held it, however that ended."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtextextended('insight run', 0))")
        if not cursor.fetchone()[0]:
            refuse(Refusal("insight.running", "The rules are being worked out at this moment. Look again in a minute."))
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(hashtextextended('insight run', 0))")


@dataclass(frozen=True)
class Engine:
    """What works the rules out: its name, for the account of a run, and how a `Work` is done into a folder, from tallies before."""

    name: str
    run: Callable[[Work, Path, Any], None]


ON_DUCKDB = Engine("duckdb", Work.run)


def work_out(run: Any, on: Engine = ON_DUCKDB) -> None:
    """Work out a run that waits, or that a killed process left. One that is over is left as it is."""
    with alone():
        with acting_as(INSIGHT):
            found = InsightRun.objects.filter(pk=run, state__in=InsightRun.OPEN).first()
        if found is None:
            return
        try:
            _work_out(found, on)
        except Cancelled:
            shutil.rmtree(folder_of(found), ignore_errors=True)
        except Refused as refused:
            actions.fail_run(by=INSIGHT, run=found, fault=str(refused))
            shutil.rmtree(folder_of(found), ignore_errors=True)


def _work_out(run: Any, on: Engine) -> None:
    rules, folder = rules_of(pack(), run.as_at), folder_of(run)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    with acting_as(INSIGHT):
        before = InsightRun.objects.filter(is_current=True).first()
        InsightRun.objects.filter(pk=run.pk).update(state=STATE.RUNNING, percent=1, began_at=clock.now())
        earlier = folder_of(before) if before is not None and folder_of(before).is_dir() else None
        gathered = gathering.gather(rules, gathering.numbers_before(earlier))
    engine = connect(folder / "spill")
    try:
        tell = _Telling(run)
        work = Work(engine, rules, gathered.sources, run.as_at, gathered.links, gathered.kept_apart, tell)
        with acting_as(INSIGHT):
            going_on = gathering.going_on_from(earlier, work)
        on.run(work, folder, going_on)
        gathering.tallied(work, folder)
        _keep_what_was_used(gathered, folder)
        tell.now(80)
        actions.publish_run(
            by=INSIGHT, run=run, work=work, engine=on.name, versions=rules.versions, used=gathered.used, folded=bool(going_on),
            linked_by=keeping.hash_of(gathered.links) if gathered.links else "", facts_hash=keeping.hash_of(folder / "facts.parquet"),
        )  # fmt: skip
    finally:
        engine.close()
        shutil.rmtree(folder / "spill", ignore_errors=True)
    _let_go()


def _keep_what_was_used(gathered: gathering.Gathered, folder: Path) -> None:
    """The very files that were read, so that a figure can be worked out again: a second name of each, and no copy."""
    kept = folder / "used"
    kept.mkdir()
    for path in [*(source.path for source in gathered.sources), *([gathered.links] if gathered.links else [])]:
        if not (kept / path.name).exists():
            (kept / path.name).hardlink_to(path)


class _Telling:
    """Says now and then how far the run is, and notices when it was cancelled."""

    def __init__(self, run: Any) -> None:
        self.run, self.told_at = run, 0.0

    def __call__(self, percent: int) -> None:
        if time.monotonic() - self.told_at >= 1:
            self.now(percent)

    def now(self, percent: int) -> None:
        """Say it whatever the time."""
        self.told_at = time.monotonic()
        with acting_as(INSIGHT):
            if not InsightRun.objects.filter(pk=self.run.pk, state=STATE.RUNNING).update(percent=percent):
                raise Cancelled


def _let_go() -> None:
    """Files of runs before the last ones; their accounts stay."""
    with acting_as(INSIGHT):
        done = (
            InsightRun.objects.filter(state=STATE.DONE)
            .order_by("-is_current", "-ended_at")
            .values_list("id", flat=True)[:KEPT]
        )
        kept = {str(key) for key in done} | {
            str(key) for key in InsightRun.objects.filter(state__in=InsightRun.OPEN).values_list("id", flat=True)
        }
    for path in (Path(settings.FEEDS_FOLDER) / "insight").glob("*"):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
