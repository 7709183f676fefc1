"""One table of records, numbered in an order of its own, with how rare each value is written beside it."""

import duckdb

from hearth.linkage.columns import Columns, LinkageProblem
from hearth.linkage.standardise import standardised

# Rarity goes in steps of this many bits, so that an agreement pattern stays a small number: 1 in 4, 1 in 16, 1 in 64...
STEP = 2.0
COUNTED = (
    "given",
    "family",
    "middle",
    "born",
    "birthday",
    "street",
    "postcode",
    "place",
    "uprn",
    "email",
    "phone",
    "nhs_number",
    "upn",
)


def number_records(
    connection: duckdb.DuckDBPyConnection, tables: dict[str, str], columns: Columns, known: str = ""
) -> list[str]:
    """Make `records` of the tables, each a source by its name; gives the columns that hold anything.

    A record's `rid` is its place when sorted by source and id, so the order of rows in a file changes nothing.

    `known` is a table of records standardised before, which stand beside those of the tables; `is_new` tells them apart. Raises
    LinkageProblem where two records of a source have one id, or a record has none.
    """
    selects = " union all by name ".join(
        f"({standardised(connection, table, columns, source)})" for source, table in tables.items()
    )
    # Rows without an id are numbered as they stand in their file; afterwards every order is our own, and keeping it costs memory.
    connection.execute("set preserve_insertion_order = true")
    before = f" union all by name select *, false as is_new from {known}" if known else ""
    connection.execute(f"create or replace temp table standard as select *, true as is_new from ({selects}){before}")
    connection.execute("set preserve_insertion_order = false")
    twice = connection.execute(
        "select source, id from standard group by source, id having count(*) > 1 order by source, id limit 1"
    ).fetchall()
    if twice:
        raise LinkageProblem(
            f"Two records of {twice[0][0]} have the id {twice[0][1]}: give the column that tells them apart."
        )
    if connection.execute("select count(*) from standard where id is null").fetchall() != [(0,)]:
        raise LinkageProblem("Some records have no id.")
    names = [row[0] for row in connection.execute("describe standard").fetchall()]
    counts = connection.execute(
        "select " + ", ".join(f"count({name})" for name in names) + " from standard"
    ).fetchall()[0]
    present = [
        name for name, count in zip(names, counts, strict=True) if count and name not in ("source", "id", "is_new")
    ]
    _write_records(
        connection, [name for name in names if name in COUNTED or name.startswith(("identifier_", "other_"))]
    )
    connection.execute("drop table standard")
    return present


def _write_records(connection: duckdb.DuckDBPyConnection, counted: list[str]) -> None:
    """The numbered table, with a `_rarity` beside each counted column: minus the logarithm of its share, in steps."""
    for name in counted:
        connection.execute(
            f"create or replace temp table share_{name} as select {name} as v, greatest(0, round(-log2(count(*) /"
            f" sum(count(*)) over ()) / {STEP}))::utinyint as step from standard where {name} is not null group by 1"
        )
    joins = " ".join(f"left join share_{name} on share_{name}.v = s.{name}" for name in counted)
    steps = "".join(f", share_{name}.step as {name}_rarity" for name in counted)
    connection.execute(
        "create or replace table records as"
        " select row_number() over (order by s.source, s.id) as rid, s.*,"
        " n.roots,"
        " case when regexp_full_match(s.postcode, '[a-z]{1,2}[0-9][0-9a-z]?[0-9][a-z]{2}')"
        f" then left(s.postcode, length(s.postcode) - 3) end as outward{steps}"
        f" from standard s {joins}"
        " left join (select name, list_sort(list(root)) as roots from variants group by name) n on n.name = s.given"
        " order by s.source, s.id"
    )
    for name in counted:
        connection.execute(f"drop table share_{name}")
