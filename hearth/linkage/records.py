"""One table of records, numbered in an order of its own, with how rare each value is written beside it."""

import duckdb

from hearth.linkage.columns import Columns, LinkageProblem
from hearth.linkage.keys import skeleton
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
# Columns of `records` that say nothing of themselves.
OURS = ("rid", "source", "id", "roots", "outward", "given_sound", "family_sound")


def number_records(connection: duckdb.DuckDBPyConnection, tables: dict[str, str], columns: Columns) -> list[str]:
    """Make `records` of the tables, each a source by its name; gives the columns that hold anything.

    A record's `rid` is its place when sorted by source and id, so the order of rows in a file changes nothing. Raises LinkageProblem
    where two records of a source have one id, or a record has none.
    """
    _standardise(connection, tables, columns)
    present = [name for name, count in count_held(connection, "standard").items() if count]
    _write_records(connection, "records")
    return present


def number_plainly(connection: duckdb.DuckDBPyConnection, tables: dict[str, str], columns: Columns) -> list[str]:
    """As `number_records`, without rarity, sounds and known forms: for a model that works out such things for itself."""
    _standardise(connection, tables, columns)
    present = [name for name, count in count_held(connection, "standard").items() if count]
    connection.execute(
        "create or replace table records as select row_number() over (order by source, id) as rid, * from standard"
        " order by source, id"
    )
    connection.execute("drop table standard")
    return present


def number_new_records(
    connection: duckdb.DuckDBPyConnection, tables: dict[str, str], columns: Columns, last: int, held: dict[str, int]
) -> None:
    """Make `new_records` of the tables, numbered after `last`, and `records`, a view of them and of `known_records`.

    `held` says in how many of those known each column holds anything. Raises LinkageProblem as `number_records` does, and where a
    record is known already.
    """
    _standardise(connection, tables, columns)
    _refuse_two(connection, "select source, id from standard semi join known_records using (source, id)")
    _write_records(connection, "new_records", last, held)
    connection.execute("create or replace temp view records as from known_records union all by name from new_records")


def count_held(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, int]:
    """In how many records of a table each column that is read from files holds anything."""
    read = connection.execute(
        f"select columns(lambda name: not regexp_matches(name, '_rarity$|^({'|'.join(OURS)})$')) from {table} limit 0"
    )
    names = [column[0] for column in read.description]
    counts = connection.execute(f"select {', '.join(f'count({name})' for name in names)} from {table}").fetchall()[0]
    return dict(zip(names, counts, strict=True))


def only_held(held: dict[str, int]) -> str:
    """SQL for the columns of a table of records that hold anything: a column that is blank in all is not worth its room."""
    names = "|".join((*OURS, *(name for name, count in held.items() if count)))
    return f"columns(lambda name: regexp_full_match(name, '({names})(_rarity)?'))"


def _standardise(connection: duckdb.DuckDBPyConnection, tables: dict[str, str], columns: Columns) -> None:
    """The table `standard`: every record of the tables, folded, each with an id of its own."""
    selects = " union all by name ".join(
        f"({standardised(connection, table, columns, source)})" for source, table in tables.items()
    )
    # Rows without an id are numbered as they stand in their file; afterwards every order is our own, and keeping it costs memory.
    connection.execute("set preserve_insertion_order = true")
    connection.execute(f"create or replace temp table standard as {selects}")
    connection.execute("set preserve_insertion_order = false")
    _refuse_two(connection, "select source, id from standard group by source, id having count(*) > 1")
    if connection.execute("select count(*) from standard where id is null").fetchall() != [(0,)]:
        raise LinkageProblem("Some records have no id.")


def _refuse_two(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Raise LinkageProblem where the SQL finds a source and an id that two records have."""
    for source, name in connection.execute(f"{sql} order by source, id limit 1").fetchall():
        raise LinkageProblem(f"Two records of {source} have the id {name}: give the column that tells them apart.")


def _write_records(
    connection: duckdb.DuckDBPyConnection, into: str, last: int = 0, held: dict[str, int] | None = None
) -> None:
    """Number `standard`, with a `_rarity` beside each counted column: minus the logarithm of its share, in steps.

    With `held`, the values of `known_records` are counted with it.
    """
    names = [row[0] for row in connection.execute("describe standard").fetchall()]
    counted = [name for name in names if name in COUNTED or name.startswith(("identifier_", "other_"))]
    for name in counted:
        before = (held or {}).get(name, 0)
        known = f" union all select {name} from known_records semi join standard using ({name})" if before else ""
        every = f"(select count({name}) + {before} from standard)"
        connection.execute(
            f"create or replace temp table share_{name} as select v, greatest(0, round(-log2(count(*) / {every}) / {STEP}))::utinyint"
            f" as step from (select {name} from standard{known}) _(v) where v is not null group by v"
        )
    connection.execute(
        f"create or replace temp table sounds as select name, {skeleton('name')} as sound from"
        " (select given as name from standard union select family from standard) where name is not null"
    )
    joins = " ".join(f"left join share_{name} on share_{name}.v = s.{name}" for name in counted)
    steps = "".join(f", share_{name}.step as {name}_rarity" for name in counted)
    connection.execute(
        f"create or replace table {into} as"
        f" select {last} + row_number() over (order by s.source, s.id) as rid, s.*,"
        " n.roots, g.sound as given_sound, f.sound as family_sound,"
        " case when regexp_full_match(s.postcode, '[a-z]{1,2}[0-9][0-9a-z]?[0-9][a-z]{2}')"
        f" then left(s.postcode, length(s.postcode) - 3) end as outward{steps}"
        f" from standard s {joins}"
        " left join (select name, list_sort(list(root)) as roots from variants group by name) n on n.name = s.given"
        " left join sounds g on g.name = s.given left join sounds f on f.name = s.family"
        " order by s.source, s.id"
    )
    for name in counted:
        connection.execute(f"drop table share_{name}")
    connection.execute("drop table standard; drop table sounds")
