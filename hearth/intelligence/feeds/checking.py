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
    """Make the table `checked` from a staged file, with rows that a person put right in place of what the file said."""
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
    same = "md5(concat_ws(chr(31), " + ", ".join(_said(column) for column in layout.columns) + "))"
    connection.execute(
        f"create temp table judged as select {ROW}, {FAULT}, {', '.join(cells)}, {_flags(layout)} as {FLAGS},"
        f" {_reason(layout)} as {REASON}, {same} as {HASH}, {_key(layout, same)} as {KEY} from typed"
    )
    connection.execute(f"create temp view checked as {_once(layout)}")


def _said(column: Column) -> str:
    """What a cell says, however it is written: its value, or its text where that cannot be read."""
    return f"coalesce({column.name}::varchar, t_{column.name}, {_NONE})"


def _key(layout: Layout, same: str) -> str:
    if not layout.key:
        return same
    return "md5(concat_ws(chr(31), " + ", ".join(_said(layout.column(name)) for name in layout.key) + "))"


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


def _once(layout: Layout) -> str:
    """SQL for rows each known by one key: a second row with the key of another is set aside, or is one more of its kind."""
    place = f"row_number() over (partition by {KEY}, {REASON} is null order by {ROW})"
    kept = f"{ROW}, {FLAGS}, {HASH}, {', '.join(column.name for column in layout.columns)}"
    if not layout.key:
        return f"select {kept}, md5({KEY} || {place}) as {KEY}, {REASON} from judged"
    headers = " and ".join(layout.column(name).header for name in layout.key)
    first = f"min({ROW}) over (partition by {KEY}, {REASON} is null)"
    again = f"case when {place} > 1 then {quoted(headers + ' is that of row ')} || {first} || ' again.' end"
    return f"select {kept}, {KEY}, coalesce({REASON}, {again}) as {REASON} from judged"
