"""Pairs on Spark: for more of them than one machine has time or room for. It needs pyspark and Java, which a service does not.

Spark finds which records share a key, joins, counts and brings together. What is reckoned of one record or of one pair (its keys, its
levels) is the very SQL that DuckDB runs, run by DuckDB in each of Spark's workers on the rows it has in hand: there is no other wording
of it, and no function of Spark that might round or fold otherwise. So both engines give the same pairs, the same odds and the same people.
"""

import importlib
import os
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from hearth.linkage.candidates import (
    ALL_PAIRS_BELOW,
    LARGEST_BLOCK,
    PAIRS,
    Proposed,
    all_pairs,
    allowed,
    blocks_by,
    limit,
    patterned,
    sharing,
)
from hearth.linkage.columns import LinkageProblem
from hearth.linkage.keys import Key
from hearth.linkage.levels import Attribute
from hearth.linkage.model import Model
from hearth.linkage.scoring import as_patterns, counted, from_odds, odds_by_pattern

NO_PACKAGE = "The engine spark needs the package pyspark, which is not installed: .venv/bin/python -m pip install -r requirements-spark.txt."
NO_JAVA = "The engine spark needs Java 17 or later, and none was found: install it (Debian: openjdk-17-jre-headless), or set JAVA_HOME."
ROWS_IN_HAND = 50_000  # so many a worker gives to DuckDB at a time
PARTS_ON_ONE_MACHINE = 8

Batches = Iterator[pa.RecordBatch]


def what_is_missing() -> str:
    """What this machine lacks, in a sentence; nothing where Spark can run."""
    try:
        importlib.import_module("pyspark")
    except ImportError:
        return NO_PACKAGE
    home = os.environ.get("JAVA_HOME")
    return "" if (home and Path(home, "bin", "java").exists()) or shutil.which("java") else NO_JAVA


@contextmanager
def started(master: str, memory: str = "") -> Iterator[Any]:
    """A Spark session, stopped in the end. Raises LinkageProblem where there is no Spark or it does not begin."""
    if missing := what_is_missing():
        raise LinkageProblem(missing)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = importlib.import_module("pyspark.sql").SparkSession.builder.master(master).appName("hearth link")
    for name, value in _configured(master, memory).items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as problem:  # py4j raises what Java said, of many kinds
        raise LinkageProblem(f"Spark does not begin at {master}: {str(problem).splitlines()[0]}") from None
    session.sparkContext.setLogLevel("ERROR")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what pyspark says of pandas, which nothing here uses
            yield session
    finally:
        session.stop()


def _configured(master: str, memory: str) -> dict[str, str]:
    told = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS_IN_HAND),
    }
    if memory:
        told["spark.driver.memory"] = memory.lower().replace(" ", "").removesuffix("b")
    if master.startswith("local"):
        told |= {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
        told["spark.sql.shuffle.partitions"] = str(PARTS_ON_ONE_MACHINE)
    return told


@dataclass
class OnSpark:
    """The pairs of the table `records` of a connection, as `Pairs` says; `records` and what comes of it are views of a session."""

    connection: duckdb.DuckDBPyConnection
    session: Any
    attributes: list[Attribute] = field(default_factory=list)
    is_small: bool = False

    def propose(self, keys: list[Key], across: bool) -> list[Proposed]:
        """As Pairs says: `candidates`."""
        (count,) = self.connection.execute("select count(*) from records").fetchall()[0]
        self.is_small = count <= ALL_PAIRS_BELOW
        self._send(
            "records", self.connection.sql(f"select {_for_spark(self.connection)} from records").to_arrow_table()
        )
        if self.is_small:
            self._name("candidates", self.session.sql(all_pairs(allowed(across))))
            return []
        self._map(
            "keyed", "select * from records", keyed(keys), "records", "key short, k long, rid long, source string"
        )
        self._name("blocks", self.session.sql(blocks_by("key, k")).persist())
        each = f"select key, {PAIRS} as pairs from blocks where c <= {LARGEST_BLOCK} group by key"
        pairs = {row["key"]: int(row["pairs"]) for row in self.session.sql(each).collect()}
        told = [
            Proposed(key.name, pairs.get(place, 0), pairs.get(place, 0) <= limit(key, count))
            for place, key in enumerate(keys)
        ]
        used = ", ".join(str(place) for place, said in enumerate(told) if said.used)
        self._name("blocks", self.session.sql(f"select * from blocks where key in ({used or -1})"))
        self._name(
            "candidates", self.session.sql(f"select distinct a, b from ({sharing(allowed(across), 'key', 'k')})")
        )
        return told

    def compare(self, attributes: list[Attribute]) -> tuple[np.ndarray, np.ndarray]:
        """As Pairs says: `compared`."""
        self.attributes = attributes
        both = (
            "select p.a, p.b, struct(l.*) as l, struct(r.*) as r from candidates p"
            " join records l on l.rid = p.a join records r on r.rid = p.b"
        )
        codes = "".join(f", {attribute.name} short" for attribute in attributes)
        self._map("compared", both, patterned(attributes, "pairs p"), "pairs", f"a long, b long{codes}")
        found = self.session.sql(counted("compared", attributes)).toArrow()
        if self.is_small:
            self._bring("compared", "select * from compared")
        return as_patterns(found, attributes)

    def score(self, model: Model, least: float) -> None:
        """As Pairs says."""
        patterns, _ = as_patterns(self.session.sql(counted("compared", self.attributes)).toArrow(), self.attributes)
        self._send("pattern_odds", _signed(odds_by_pattern(model, patterns)))
        names = ", ".join(attribute.name for attribute in self.attributes)
        self._bring("compared", from_odds("compared", self.attributes, least, f"a, b, {names}, odds"))
        self.connection.execute("create or replace table scored as select a, b, odds from compared")

    def _name(self, view: str, frame: Any) -> None:
        frame.createOrReplaceTempView(view)

    def _send(self, view: str, table: pa.Table) -> None:
        """A table that this machine holds becomes a view of the session."""
        self._name(view, self.session.createDataFrame(table).persist())

    def _map(self, view: str, rows: str, sql: str, name: str, schema: str) -> None:
        """A view of what DuckDB's `sql` makes, worker by worker, of what Spark's `rows` gives; `name` is what `sql` calls it."""
        self._name(view, self.session.sql(rows).mapInArrow(in_a_worker(sql, name), schema).persist())

    def _bring(self, table: str, sql: str) -> None:
        """What Spark gives becomes a table of the connection; codes as small as they are there."""
        self.connection.register("brought", self.session.sql(sql).toArrow())
        codes = ", ".join(f"{attribute.name}::utinyint as {attribute.name}" for attribute in self.attributes)
        self.connection.execute(f"create or replace table {table} as select * replace ({codes}) from brought")
        self.connection.unregister("brought")


def keyed(keys: list[Key]) -> str:
    """SQL for each key that a record of `records` has, by its place: `key`, `k`, `rid`, `source`.

    Spark has no numbers without a sign: half of them would do, and one bit is left out.
    """
    return " union all ".join(
        f"select {place}::smallint as key, (k >> 1)::bigint as k, rid, source from (select {key.sql()} as k, rid, source from records)"
        " where k is not null"
        for place, key in enumerate(keys)
    )


def in_a_worker(sql: str, name: str) -> Callable[[Batches], Batches]:
    """A function that gives batches of rows to DuckDB as a table of that name, and what the SQL makes of them back.

    It holds text alone, so a worker needs Python with duckdb and pyarrow, of the same versions as here, and not this product.
    """

    def work(batches: Batches) -> Batches:
        import duckdb
        import pyarrow as pa

        connection = duckdb.connect(":memory:", config={"threads": 1, "autoinstall_known_extensions": False})
        small = {pa.uint8(): pa.int16()}
        for batch in batches:
            connection.register(name, pa.Table.from_batches([batch]))
            made = connection.sql(sql).to_arrow_table()
            connection.unregister(name)
            types = pa.schema([(field.name, small.get(field.type, field.type)) for field in made.schema])
            yield from made.cast(types).to_batches()

    return work


def _for_spark(connection: duckdb.DuckDBPyConnection) -> str:
    """SQL for the columns of `records` that keys and levels read; numbers of a byte without a sign get one."""
    columns = [
        (row[0], row[1]) for row in connection.execute("describe records").fetchall() if row[0] not in ("id", "whole")
    ]
    return ", ".join(f"{name}::smallint as {name}" if kind == "UTINYINT" else name for name, kind in columns)


def _signed(table: pa.Table) -> pa.Table:
    """The table with codes that Spark can hold."""
    return table.cast(
        pa.schema([(field.name, pa.int16() if field.type == pa.uint8() else field.type) for field in table.schema])
    )
