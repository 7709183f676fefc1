"""What people decided of pairs, and every later linking holds to: these two are one person, or they are not."""

import duckdb

# Beyond anything that evidence adds up to: a person's word is not weighed, it is kept.
SURE = 1e4


def number_decided(connection: duckdb.DuckDBPyConnection, table: str = "") -> None:
    """Make `decided` (`a`, `b`: numbers of records, the lower first; `same`) of a table of `source_a, id_a, source_b, id_b, same`.

    Pairs of which a record is not there any more are left out.
    """
    connection.execute("create or replace temp table decided (a bigint, b bigint, same boolean)")
    if table:
        connection.execute(
            "insert into decided select least(l.rid, r.rid), greatest(l.rid, r.rid), bool_and(d.same)"
            f" from {table} d join records l on l.source = d.source_a and l.id = d.id_a"
            " join records r on r.source = d.source_b and r.id = d.id_b where l.rid <> r.rid group by 1, 2"
        )


def weigh_decided(connection: duckdb.DuckDBPyConnection) -> None:
    """Put what was decided in place of the odds in `scored`: what is one person is a link, what is two is none.

    `scored_before` has the odds of such pairs by the evidence, so that a decision that is undone leaves what was there before.
    """
    connection.execute(
        "create or replace table scored_before as select s.* from scored s semi join decided d on d.a = s.a and d.b = s.b;"
        "delete from scored using decided d where scored.a = d.a and scored.b = d.b;"
        f" insert into scored select a, b, {SURE} from decided where same"
    )
