"""Rules worked out on Spark: the same SQL over the same files, and the same facts and flags, row for row.

For more rows than one machine has time for. A service needs neither Spark nor Java.
"""

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet

from hearth.foundation.core.refusals import Refusal, refuse
from hearth.intelligence.feeds.engine import quoted
from hearth.intelligence.insight.computing import Work
from hearth.intelligence.insight.running import Engine
from hearth.linkage.columns import LinkageProblem
from hearth.linkage.on_spark import started


@dataclass
class InSpark:
    """The tables of a session, as `Tables` says: each is a folder of files, so that no plan grows longer with every rule."""

    session: Any
    folder: Path
    made: int = 0

    def _rows(self, rows: str) -> Any:
        # To Spark a backslash in a string begins something; to the rules it is a mark of a register.
        return self.session.sql(rows.replace("\\", "\\\\"))

    def view(self, name: str, rows: str) -> None:
        """As Tables says."""
        self._rows(rows).createOrReplaceTempView(name)

    def table(self, name: str, rows: str) -> None:
        """As Tables says."""
        self._put(name, self._rows(rows))

    def add(self, name: str, rows: str) -> None:
        """As Tables says."""
        as_it_is = self.session.table(name)
        kinds = {field.name: field.dataType for field in as_it_is.schema.fields}
        more = self._rows(rows)
        (folder,) = {str(Path(path.removeprefix("file:")).parent) for path in as_it_is.inputFiles()}
        more.select([more[found].cast(kind) for found, kind in kinds.items()]).write.mode("append").parquet(folder)
        self.session.read.parquet(folder).createOrReplaceTempView(name)

    def without(self, name: str, condition: str) -> None:
        """As Tables says."""
        self.table(name, f"select * from {name} where not ({condition})")

    def _put(self, name: str, frame: Any) -> None:
        self.made += 1
        folder = str(self.folder / f"{name}_{self.made}")
        frame.write.parquet(folder)
        self.session.read.parquet(folder).createOrReplaceTempView(name)

    def drop(self, *names: str) -> None:
        """As Tables says; their files go with the folder."""
        for name in names:
            self.session.catalog.dropTempView(name)

    def write(self, rows: str, path: Path) -> None:
        """As Tables says: by this process, as what is written is little beside what was read."""
        parquet.write_table(self._rows(rows).toArrow(), path)

    def in_file(self, path: Path) -> str:
        """As Tables says."""
        return f"parquet.`{path}`"

    def day(self, rows: str) -> dt.date | None:
        """As Tables says."""
        found: dt.date | None = self._rows(rows).collect()[0][0]
        return found


def carrying(master: str) -> Engine:
    """A run worked out on the Spark at `master`, which is begun when everything is gathered. Where it cannot be, the run says why."""

    def run(work: Work, into: Path, before: Any) -> None:
        try:
            with started(master) as session:
                work_out(work, session, into, before)
        except LinkageProblem as problem:
            refuse(Refusal("insight.spark", str(problem)))

    return Engine("spark", run)


def work_out(work: Work, session: Any, into: Path, before: Any = None) -> None:
    """`Work.run` on a session. In the end its facts and flags are on the work's own connection too, where figures and publishing read them.

    Files of feeds hold numbers of 128 bits, which Spark does not read: it gets a copy in words, in a folder that its workers can
    read, which goes when all is done.
    """
    copies = into / "for_spark"
    copies.mkdir(parents=True, exist_ok=True)
    own, work.tables = work.tables, InSpark(session, copies)
    try:
        _send(work, session, copies)
        work.run(into, before)
        for name in ("facts", "flags"):
            work.engine.register("brought", session.table(name).toArrow())
            own.table(name, "select * from brought")
            work.engine.unregister("brought")
    finally:
        work.tables = own
        shutil.rmtree(copies)  # it is about people, and nobody would think of it when they are erased


def _send(work: Work, session: Any, copies: Path) -> None:
    """What the work reads, as views of the session."""
    for name in ("sources", "links", "kept_apart"):
        session.createDataFrame(work.engine.sql(f"select * from {name}").to_arrow_table()).createOrReplaceTempView(name)
    for source in work.sources:
        view = f"feed_{source.feed}_{source.number}"
        kinds = {column[0]: column[1] for column in work.engine.execute(f"describe {view}").fetchall()}
        words = ", ".join(f"{name}::varchar as {name}" if kind == "UUID" else name for name, kind in kinds.items())
        work.engine.execute(f"copy (select {words} from {view}) to {quoted(str(copies / view))} (format parquet)")
        session.read.parquet(str(copies / view)).createOrReplaceTempView(view)
    for code in work.layouts:
        feed = [session.table(f"feed_{code}_{source.number}") for source in work.sources if source.feed == code]
        every = feed[0]
        for more in feed[1:]:
            every = every.unionByName(more, allowMissingColumns=True)
        every.createOrReplaceTempView(f"feed_{code}")
