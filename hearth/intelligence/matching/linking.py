"""A link run from beginning to end. Stopped anywhere it begins again, and counts once: what it wrote is in force when its row says so."""

import hashlib
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from django.conf import settings
from django.db import connection

from hearth.foundation.core.refusals import Refusal, Refused, refuse
from hearth.intelligence.feeds import engine, keeping
from hearth.intelligence.feeds.engine import quoted
from hearth.intelligence.feeds.layout import layouts
from hearth.intelligence.feeds.models import FeedLoad
from hearth.intelligence.matching import actions, known, people, persons, proposing, queries, register
from hearth.intelligence.matching.models import LinkRun
from hearth.intelligence.matching.parameters import Parameters, parameters
from hearth.intelligence.matching.people import File
from hearth.linkage.columns import LinkageProblem
from hearth.linkage.engine import connect
from hearth.linkage.known import VERSION
from hearth.linkage.pipeline import Linked, Settings, link, link_new

Progress = Callable[[str, int], None]
STATE = LinkRun.State
LEFT = "It was stopped in the middle, and a later run did the work."
ALONE = 712_020  # the advisory lock's own number: one run at a time


class Cancelled(Exception):
    """Somebody cancelled the run."""


@contextmanager
def alone() -> Iterator[None]:
    """One process links; the lock goes with the process that held it, however that ended."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [ALONE])
        if not cursor.fetchone()[0]:
            refuse(Refusal("matching.running", "A link run is going on at this moment. Look again in a few minutes."))
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [ALONE])


@dataclass
class Work:
    """A run on its way: its parameters, its folder, the one in force before it, and what it found."""

    run: LinkRun
    before: LinkRun | None
    tell: Progress
    goes_by: Parameters = field(default_factory=parameters)
    files: list[File] = field(default_factory=list)
    newest: dict[str, str] = field(default_factory=dict)
    used: list[dict[str, Any]] = field(default_factory=list)
    organisations: dict[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where it works."""
        return keeping.make_folder(self.run)

    @property
    def kept(self) -> Path:
        """What it keeps for the next run."""
        return keeping.folder_of(self.run) / "known"


def run_link(*, by: Any, run: LinkRun, progress: Progress | None = None) -> LinkRun:
    """Do a run that waits, or was left in the middle. Raises Refused where another goes on."""
    with alone():
        run.refresh_from_db()
        if run.state not in LinkRun.OPEN:
            return run
        before = queries.run_in_force()
        work = Work(run, before, _telling(run, progress))
        try:
            for left in LinkRun.objects.filter(state=STATE.RUNNING).exclude(pk=run.pk):  # nobody does it: we are alone
                actions.fail_run(by=by, run=left, sentence=LEFT)
                keeping.let_go(left)
            shutil.rmtree(keeping.folder_of(run), ignore_errors=True)
            actions.begin_run(by=by, run=run)
            _link(by, work)
        except (Refused, LinkageProblem) as problem:
            return actions.fail_run(by=by, run=run, sentence=str(problem))
        except Cancelled:
            pass
        finally:
            run.refresh_from_db()
            if run.state != STATE.DONE:
                keeping.let_go(run)
        if run.state == STATE.DONE:
            let_go_of_old(run)
        return run


def let_go_of_old(run: LinkRun) -> None:
    """Files of runs that are not in force."""
    for old in LinkRun.objects.filter(is_current=False, state=STATE.DONE).exclude(rows_hash="").exclude(pk=run.pk):
        keeping.let_go(old)


def _telling(run: LinkRun, progress: Progress | None) -> Progress:
    def tell(step: str, percent: int) -> None:
        row = LinkRun.objects.filter(pk=run.pk)
        if not row.filter(state=STATE.RUNNING).update(step=step, percent=percent):
            raise Cancelled
        if progress is not None:
            progress(step, percent)

    return tell


def _link(by: Any, work: Work) -> None:
    work.tell("Reading what the feeds hold", 5)
    gathered = _gather(work)
    database = connect(2, work.goes_by.memory)
    try:
        database.execute("set temp_directory = ?", [str(work.folder / "spill")])
        for table in ("people", "numbers", "together"):
            database.execute(f"create table {table} as from read_parquet({quoted(str(gathered / table))})")
        work.tell("Reading the register", 20)
        _read_register(database)
        work.tell("Comparing records", 30)
        proposing.read_labels(database)
        linked = _linked(database, work)
        work.tell("Making persons and households", 70)
        secret = hashlib.sha256(f"matching {settings.SECRET_KEY}".encode()).hexdigest()
        linked.households()
        persons.join_numbers(database)
        persons.name_people(database, secret, _file_before(work))
        making = work.folder / "making"
        persons.write_people(database, secret, work.newest, making)
        work.tell("Choosing pairs for a person to decide", 85)
        proposed = proposing.propose_pairs(linked, work.goes_by)
        counts = _counts(database, making) | proposed.counts
        weights = proposing.weights_of(linked.model)
        known_hashes = known.keep(linked, work.kept)
        work.run.rows_hash = keeping.hash_of(making)
        keeping.put_in_place(making, keeping.rows_path(work.run))
        work.tell("Writing it down", 95)
    finally:
        database.close()
        for name in ("gathered", "spill"):
            shutil.rmtree(keeping.folder_of(work.run) / name, ignore_errors=True)
    actions.finish_run(
        by=by, run=work.run, files=work.used, parameters=work.goes_by.told(), versions=_versions(), weights=weights, counts=counts,
        rows_hash=work.run.rows_hash, known_hashes=known_hashes, pairs=proposed.pairs, follows=work.before,
    )  # fmt: skip


def _file_before(work: Work) -> Path | None:
    """The file in force, for the keys in it; one that is missing or was changed does not stand in the way of another."""
    try:
        return queries.file_of(work.before) if work.before else None
    except Refused:
        return None


def _gather(work: Work) -> Path:
    """Read every committed current load into three files; gives their folder."""
    gathered = work.folder / "gathered"
    gathered.mkdir(exist_ok=True)
    reading = engine.connect(work.folder / "spill")
    try:
        people.begin(reading)
        rows = FeedLoad.objects.filter(is_current=True, kept=True).exclude(rows_hash="")
        for load in rows.order_by("feed", "organisation_id", "period"):
            layout = layouts().get(load.feed)
            if layout is None or not layout.subjects:
                continue
            file = File(load.reference, layout, str(load.organisation_id), load.period, keeping.admitted(load))
            people.gather(reading, file)
            work.used.append({"load": load.reference, "feed": load.feed, "hash": load.rows_hash})
            if layout.names_addresses:
                work.newest[file.source] = load.as_at.isoformat()
        for table in ("people", "numbers", "together"):
            reading.execute(f"copy {table} to {quoted(str(gathered / table))} (format parquet)")
    finally:
        reading.close()
    return gathered


def _read_register(database: duckdb.DuckDBPyConnection) -> None:
    """Put the register's people beside the feeds', and note in `hidden` who is nobody's to see."""
    columns = ", ".join(f"{name} varchar" for name in register.NAMES[:-1])
    database.execute(f"create table registered ({columns}, hidden boolean)")
    for rows in register.people_of_the_register():
        batch = pa.table(
            {name: list(cells) for name, cells in zip(register.NAMES, zip(*rows, strict=True), strict=True)}
        )
        database.register("batch", batch)
        database.execute("insert into registered select * from batch")
        database.unregister("batch")
    database.execute("create table hidden as select id from registered where hidden")
    database.execute(
        f"insert into people by name select '{register.SOURCE}' as source, * exclude (hidden) from registered"
    )
    for scheme in people.CHECKED:
        database.execute(
            f"insert into numbers by name select '{register.SOURCE}' as source, id, '{scheme}' as scheme, {scheme} as value,"
            f" '{scheme}:' || {scheme} as scope from registered where {scheme} is not null"
        )


def _linked(database: duckdb.DuckDBPyConnection, work: Work) -> Linked:
    """Link against what is known where most of it is; everybody where not, or where that was asked for."""
    given = Settings(
        "link", each_once=True, threshold=work.goes_by.link, review=work.goes_by.review, cautious=True, threads=2
    )
    before = work.before
    if before is not None and not work.run.afresh and before.parameters == work.goes_by.told():
        folder = keeping.folder_of(before) / "known"
        same_versions = all(before.versions.get(name) == told for name, told in _versions().items() if name != "code")
        if same_versions and known.is_whole(folder, before.known_hashes):
            new, everybody = known.find_new(database, folder)
            if new <= work.goes_by.new_share * everybody:
                known.find_gone(database, folder)
                return link_new(database, {"fresh": "fresh"}, people.COLUMNS, given, folder, "decided_before", "gone")
    LinkRun.objects.filter(pk=work.run.pk).update(afresh=True)
    ((sources,),) = database.execute("select count(distinct source) from people").fetchall()
    if sources < 2:
        return proposing.nobody_to_link(database, given)
    return link(database, {"people": "people"}, people.COLUMNS, given, "decided_before")


def _counts(database: duckdb.DuckDBPyConnection, file: Path) -> dict[str, int]:
    ((numbers, persons_, households, registered),) = database.execute(
        "select count(*), count(distinct person), count(distinct household), count(distinct register_person)"
        f" from read_parquet({quoted(str(file))})"
    ).fetchall()
    ((records,),) = database.execute(f"select count(*) from people where source <> '{register.SOURCE}'").fetchall()
    return {
        "records": records, "numbers": numbers, "persons": persons_, "households": households, "on_register": registered,
    }  # fmt: skip


def _versions() -> dict[str, str]:
    """What it ran on: a figure is made again with the same."""
    return {
        "python": sys.version.split()[0], "duckdb": duckdb.__version__, "pyarrow": pa.__version__, "linkage": str(VERSION),
        "code": _code(),
    }  # fmt: skip


def _code() -> str:
    """A hash of the code that links."""
    digest = hashlib.sha256()
    for folder in (Path(people.__file__).parent, Path(link.__code__.co_filename).parent):
        for path in sorted(folder.glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
