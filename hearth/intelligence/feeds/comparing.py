"""Compares checked rows with what is held: new, changed, the same, gone and set aside; and writes what would be held next."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from hearth.intelligence.feeds.batches import ROW
from hearth.intelligence.feeds.checking import FLAGS, HASH, KEY, REASON, stored
from hearth.intelligence.feeds.engine import quoted
from hearth.intelligence.feeds.layout import Layout

SHOWN = 5  # examples of each


@dataclass
class Account:
    """What became of a file's rows. rows = new + changed + same + set_aside; gone is of rows held before."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    set_aside: int = 0
    flagged: int = 0
    held: int = 0
    from_on: Any = None
    until_on: Any = None
    examples: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)


def compare(connection: duckdb.DuckDBPyConnection, layout: Layout, held: Path | None, into: Path) -> Account:
    """Write what would be held after the load to `into`, and give the account of it."""
    columns = ", ".join(stored(layout))
    before = (
        f"select {columns} from read_parquet({quoted(str(held))})"
        if held
        else f"select {columns} from accepted limit 0"
    )
    connection.execute(f"create temp view before as {before}")
    connection.execute(
        f"""create temp table fate as
            select coalesce(a.{KEY}, b.{KEY}) as {KEY},
                case when b.{KEY} is null then 'new' when a.{KEY} is null then
                        {"'gone'" if layout.whole else "'kept'"}
                    when a.{HASH} = b.{HASH} then 'same' else 'changed' end as fate
            from accepted a full join before b using ({KEY})"""
    )
    if layout.whole:  # a row that was set aside this time is not gone: what was held of it stays until it is put right
        connection.execute(f"update fate set fate = 'kept' where fate = 'gone' and {KEY} in (select {KEY} from aside)")
    connection.execute(
        f"""copy (select * from accepted union all
            select b.* from before b join fate f using ({KEY}) where f.fate = 'kept')
            to {quoted(str(into))} (format parquet, compression zstd)"""
    )
    return _account(connection, layout, into)


def _account(connection: duckdb.DuckDBPyConnection, layout: Layout, into: Path) -> Account:
    counts = dict(connection.execute("select fate, count(*) from fate group by 1").fetchall())
    account = Account(
        new=counts.get("new", 0),
        changed=counts.get("changed", 0),
        same=counts.get("same", 0),
        gone=counts.get("gone", 0),
        set_aside=_one(connection, "select count(*) from aside"),
        flagged=_one(connection, f"select count(*) from accepted where len({FLAGS}) > 0"),
        held=_one(connection, f"select count(*) from read_parquet({quoted(str(into))})"),
    )
    account.rows = account.new + account.changed + account.same + account.set_aside
    if layout.happened:
        account.from_on, account.until_on = connection.execute(
            f"select min({layout.happened}), max({layout.happened}) from accepted"
        ).fetchone() or (None, None)
    kinds = f"select regexp_replace(unnest({FLAGS}), ': .*$', ''), count(*) from accepted group by 1 order by 2 desc limit 30"
    account.flags = dict(connection.execute(kinds).fetchall())
    account.examples = {fate: _examples(connection, layout, fate) for fate in ("new", "changed", "gone")}
    return account


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _examples(connection: duckdb.DuckDBPyConnection, layout: Layout, fate: str) -> list[dict[str, Any]]:
    """A few rows of a fate: what is held now beside what would be, as text by header."""
    cells = [column.name for column in layout.columns]
    told = "to_json(struct_pack(" + ", ".join(f"{cell} := {{side}}.{cell}::varchar" for cell in cells) + "))"
    keys = f"select {KEY} from fate where fate = {quoted(fate)} order by {KEY} limit {SHOWN}"
    rows = connection.execute(
        f"""select a.{ROW}, case when b.{KEY} is null then null else {told.format(side="b")} end,
                case when a.{KEY} is null then null else {told.format(side="a")} end
            from ({keys}) k left join accepted a using ({KEY}) left join before b using ({KEY}) order by a.{ROW}"""
    ).fetchall()
    return [
        {"row": row, "before": json.loads(before) if before else None, "after": json.loads(after) if after else None}
        for row, before, after in rows
    ]


def set_aside(connection: duckdb.DuckDBPyConnection, layout: Layout) -> list[dict[str, Any]]:
    """Every row that was set aside: its number, why, and its cells as the file has them."""
    cells = [column.name for column in layout.columns]
    found = connection.execute(
        f"select r.{ROW}, a.{REASON}, r._text, {', '.join('r.' + cell for cell in cells)}"
        f" from aside a join raw r using ({ROW}) order by 1"
    ).fetchall()
    return [
        {
            "number": number,
            "reason": reason,
            "text": text or "",
            "cells": {cell: value[:500] for cell, value in zip(cells, values, strict=True) if value},
        }
        for number, reason, text, *values in found
    ]


def subjects_of(connection: duckdb.DuckDBPyConnection, layout: Layout, path: Path) -> Any:
    """Batches of (kind of number, number, rows, first day, last day) of everybody in a file that is held."""
    day = layout.happened or "null::date"
    for scheme, column in layout.subjects.items():
        found = connection.execute(
            f"select {quoted(scheme)}, {column}, count(*), min({day}), max({day}) from read_parquet({quoted(str(path))})"
            f" where {column} is not null group by {column}"
        )
        while batch := found.fetchmany(10_000):
            yield batch
