"""Pairs carried by Spark: the same answer to the letter, and a sentence where Spark is not there.

Tests with `spark` start a Spark on this machine and need pyspark and Java; where these are missing, pytest says in its summary what to
install, and `make test-spark` installs and insists.
"""

import sys
from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pytest

from hearth.linkage import on_spark
from hearth.linkage.candidates import compare, patterned
from hearth.linkage.columns import LinkageProblem
from hearth.linkage.engine import connect
from hearth.linkage.keys import keys
from hearth.linkage.levels import attributes
from hearth.linkage.pipeline import Linked, Settings
from hearth.linkage.records import number_records
from hearth.linkage.tests.town import COLUMNS, Row, build, linked, table

spark = pytest.mark.skipif(bool(on_spark.what_is_missing()), reason=on_spark.what_is_missing())
SMALL, LARGE = build(60, seed=83), build(360, seed=89)
DEDUPE = {"everybody": [*LARGE.roll, *LARGE.book]}


def numbered(rows: list[Row]) -> tuple[duckdb.DuckDBPyConnection, set[str]]:
    """A connection with the records of rows, and the columns that hold anything."""
    connection = connect(threads=1)
    connection.register("given", table(rows, "r"))
    connection.execute("create table file as from given")
    return connection, set(number_records(connection, {"file": "file"}, COLUMNS))


def worked(connection: duckdb.DuckDBPyConnection, rows: str, sql: str, name: str) -> list[tuple[object, ...]]:
    """What a worker makes of rows that come a few at a time, sorted."""
    batches: Iterator[pa.RecordBatch] = iter(connection.sql(rows).to_arrow_table().to_batches(max_chunksize=5_000))
    made = pa.Table.from_batches(on_spark.in_a_worker(sql, name)(batches))
    assert pa.uint8() not in made.schema.types
    return sorted(connection.sql("select * from made").fetchall())


def test_a_worker_compares_the_records_it_has_in_hand_as_the_tables_are_compared() -> None:
    connection, present = numbered([*SMALL.roll, *SMALL.book])
    compared = attributes(present, (), ())
    connection.execute(
        "create table pairs as select l.rid as a, r.rid as b from records l join records r on l.rid < r.rid"
    )
    compare(connection, "pairs", compared, "compared")
    held = "select p.a, p.b, l, r from pairs p join records l on l.rid = p.a join records r on r.rid = p.b"
    expected = sorted(connection.sql("select * from compared").fetchall())
    assert len(expected) > 10_000
    assert worked(connection, held, patterned(compared, "pairs p"), "pairs") == expected


def test_a_worker_puts_records_in_the_same_blocks_as_the_tables_do() -> None:
    connection, present = numbered(LARGE.book)
    every = keys(present, 0)
    made = worked(connection, "select * from records", on_spark.keyed(every), "records")
    assert {row[0] for row in made} == set(range(len(every)))
    connection.register(
        "made",
        pa.table({"key": [row[0] for row in made], "k": [row[1] for row in made], "rid": [row[2] for row in made]}),
    )
    for place, key in enumerate(every):
        blocks = "select list(rid order by rid) as rids from {} group by k order by rids"
        own = connection.sql(
            blocks.format(f"(select rid, {key.sql()} as k from records) where k is not null")
        ).fetchall()
        assert connection.sql(blocks.format(f"made where key = {place}")).fetchall() == own


@pytest.mark.parametrize("lacking", ["pyspark", "java"])
def test_without_spark_or_java_the_sentence_says_what_to_install(lacking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if lacking == "pyspark":
        monkeypatch.setitem(sys.modules, "pyspark", None)
    else:
        monkeypatch.setitem(sys.modules, "pyspark", sys)
        monkeypatch.setenv("PATH", "/nowhere")
        monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(LinkageProblem, match="pip install" if lacking == "pyspark" else "Java 17"):
        linked({"roll": SMALL.roll, "book": SMALL.book}, Settings(mode="link", engine="spark"))


def test_an_engine_that_is_not_known_is_refused() -> None:
    with pytest.raises(LinkageProblem, match="duckdb, spark"):
        Settings(engine="sparkle")


@spark
@pytest.mark.parametrize(
    ("sources", "more"),
    [
        ({"roll": SMALL.roll, "book": SMALL.book}, {"mode": "link", "each_once": True}),
        ({"roll": LARGE.roll, "book": LARGE.book}, {"mode": "link", "each_once": True, "review": 0.01}),
        (DEDUPE, {"cautious": True, "review": 0.01}),
    ],
    ids=["so few that every pair is looked at", "across sources", "within one, with caution"],
)
def test_spark_gives_the_same_pairs_people_and_households(
    sources: dict[str, list[Row]], more: dict[str, object]
) -> None:
    here, there = (
        linked(sources, Settings(**more, engine=engine, master="local[2]")) for engine in ("duckdb", "spark")
    )
    assert here.counts()[0] > here.counts()[1] > 0
    assert answer(there) == answer(here)
    assert there.proposed == here.proposed


def answer(found: Linked) -> tuple[list[dict[str, object]], ...]:
    """All that linking gives, with the odds to the last bit."""
    return tuple(given.to_pylist() for given in (found.pairs(), found.clusters(), found.households()))
