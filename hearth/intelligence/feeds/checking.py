"""Reads staged rows for what they mean: typed cells, flags on fields, and why a row is set aside. SQL for DuckDB, made from the layout."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from hearth.intelligence.feeds.batches import FAULT, ROW, TEXT, schema_of
from hearth.intelligence.feeds.engine import fault_of, quoted, value_of
from hearth.intelligence.feeds.layout import Column, Layout

KEY, HASH, FLAGS, REASON = "_key", "_hash", "_flags", "_reason"
_NONE = "''"


def stored(layout: Layout) -> list[str]:
    """The columns of a row as it is kept."""
    return [KEY, HASH, ROW, FLAGS, *(column.name for column in layout.columns)]


def check_rows(
    connection: duckdb.DuckDBPyConnection, layout: Layout, staged: Path, fixed: Sequence[Mapping[str, Any]] = ()
) -> None:
    """Make `accepted` and `aside` from a staged file, with rows that a person put right in place of what the file said."""
    fixes = pa.Table.from_pylist(list(fixed), schema=schema_of(layout))
    connection.register("fixes", fixes)
    cells = [column.name for column in layout.columns]
    connection.execute(
        f"""create temp view raw as
            select {ROW}, {FAULT}, {TEXT}, {", ".join(cells)} from read_parquet({quoted(str(staged))})
                where {ROW} not in (select {ROW} from fixes)
            union all select {ROW}, {FAULT}, {TEXT}, {", ".join(cells)} from fixes"""
    )
    connection.execute(
        f"create temp view tidy as select {ROW}, {FAULT}, {TEXT}, "
        + ", ".join(f"tidied({cell}) as t_{cell}, hides({cell}) as h_{cell}" for cell in cells)
        + " from raw"
    )
    values = ", ".join(f"{value_of(column, f't_{column.name}')} as {column.name}" for column in layout.columns)
    connection.execute(f"create temp view typed as select *, {values}, current_day_is() as current_day from tidy")
    same = "md5(concat_ws(chr(31), " + ", ".join(_said(column) for column in layout.columns) + "))::uuid"
    judged = staged.with_name("judged")
    connection.execute(
        f"copy (select {ROW}, {', '.join(cells)}, {_flags(layout)} as {FLAGS}, {_reason(layout)} as {REASON},"
        f" {same} as {HASH}, {_key(layout, same)} as {KEY} from typed) to {quoted(str(judged))} (format parquet)"
    )
    connection.execute(f"create temp view judged as select * from read_parquet({quoted(str(judged))})")
    _each_once(connection, layout)


def _said(column: Column) -> str:
    """What a cell says, however it is written: its value, or its text where that cannot be read."""
    return f"coalesce({column.name}::varchar, t_{column.name}, {_NONE})"


def _key(layout: Layout, same: str) -> str:
    if not layout.key:
        return same
    return "md5(concat_ws(chr(31), " + ", ".join(_said(layout.column(name)) for name in layout.key) + "))::uuid"


def _flags(layout: Layout) -> str:
    """SQL for the list of what is wrong with fields of a row that is kept."""
    found = []
    for column in layout.columns:
        text = f"t_{column.name}"
        found.append(fault_of(column, text, column.name))
        found.append(
            f"case when h_{column.name} then {quoted(column.header + ' held characters that are not seen, taken out')} end"
        )
        if column.blank == "flag":
            found.append(f"case when {text} is null then {quoted(column.header + ' is blank')} end")
    found += [f"case when {check.when} then {quoted(check.says)} end" for check in layout.checks if not check.refuse]
    return f"list_filter([{', '.join(found)}], lambda x: x is not null)"


def _reason(layout: Layout) -> str:
    """SQL for why a row is set aside; null for a row that can be kept."""
    reasons = [FAULT]
    for column in layout.columns:
        if column.blank == "refuse":
            words = f"{column.header} is blank, so nobody can tell whose row it is."
            reasons.append(f"case when t_{column.name} is null then {quoted(words)} end")
    reasons += [
        f"case when {check.when} then {quoted(check.says + '.')} end" for check in layout.checks if check.refuse
    ]
    return f"coalesce({', '.join(reasons)})"


def _each_once(connection: duckdb.DuckDBPyConnection, layout: Layout) -> None:
    """Make `aside` (row, reason, key) and the view `accepted`, in which each row is known by one key.

    A second row with the key of another is set aside; where the feed has no key, it is one more of its kind.
    """
    cells = ", ".join(column.name for column in layout.columns)
    connection.execute(
        f"""create temp table again as
            select {ROW}, row_number() over same as place, min({ROW}) over same as first
            from judged where {REASON} is null and {KEY} in
                (select {KEY} from judged where {REASON} is null group by 1 having count(*) > 1)
            window same as (partition by {KEY} order by {ROW})"""
    )
    aside = f"select {ROW}, {REASON}, {KEY} from judged where {REASON} is not null"
    key = f"case when place > 1 then md5({KEY}::varchar || place)::uuid else {KEY} end"
    if layout.key:
        words = quoted(" and ".join(layout.column(name).header for name in layout.key) + " is that of row ")
        key = KEY
        aside += (
            f" union all select {ROW}, {words} || first || ' again.', {KEY} from judged join again using ({ROW})"
            " where place > 1"
        )
    connection.execute(f"create temp table aside as {aside}")
    connection.execute(
        f"""create temp view accepted as
            select {key} as {KEY}, {HASH}, {ROW}, {FLAGS}, {cells} from judged left join again using ({ROW})
            where {REASON} is null {"and coalesce(place, 1) = 1" if layout.key else ""}"""
    )
