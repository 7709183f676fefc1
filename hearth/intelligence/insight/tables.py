"""The tables that rules are worked out in, by verbs that every engine knows; the SQL between is `sql`'s, and the same on each."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from hearth.intelligence.feeds.engine import quoted

ROW_GROUP = 40_960


class Tables(Protocol):
    """Named tables on an engine. Rows are given as SQL."""

    def view(self, name: str, rows: str) -> None:
        """Name rows, to be read whenever they are asked for."""

    def table(self, name: str, rows: str) -> None:
        """Name rows, worked out once."""

    def add(self, name: str, rows: str) -> None:
        """More rows of a table."""

    def without(self, name: str, condition: str) -> None:
        """A table's rows but for those for which the condition holds."""

    def drop(self, *names: str) -> None:
        """Let go of tables and views."""

    def write(self, rows: str, path: Path) -> None:
        """Rows as a Parquet file."""

    def in_file(self, path: Path) -> str:
        """SQL, after FROM, for the rows of a Parquet file."""

    def day(self, rows: str) -> dt.date | None:
        """The one day that rows are."""


@dataclass
class InDuckDB:
    """On a connection, in this process."""

    engine: Any

    def view(self, name: str, rows: str) -> None:
        """As Tables says."""
        self.engine.execute(f"create temp view {name} as {rows}")

    def table(self, name: str, rows: str) -> None:
        """As Tables says."""
        self.engine.execute(f"create temp table {name} as {rows}")

    def add(self, name: str, rows: str) -> None:
        """As Tables says."""
        self.engine.execute(f"insert into {name} {rows}")

    def without(self, name: str, condition: str) -> None:
        """As Tables says."""
        self.engine.execute(f"delete from {name} where {condition}")

    def drop(self, *names: str) -> None:
        """As Tables says."""
        found = self.engine.execute("select table_name, table_type from information_schema.tables").fetchall()
        kinds = {name: "view" if kind == "VIEW" else "table" for name, kind in found}
        for name in names:
            self.engine.execute(f"drop {kinds[name]} {name}")

    def write(self, rows: str, path: Path) -> None:
        """As Tables says: a few groups of rows even of a middling table, so that more than one core writes it."""
        self.engine.execute(f"copy ({rows}) to {quoted(str(path))} (format parquet, row_group_size {ROW_GROUP})")

    def in_file(self, path: Path) -> str:
        """As Tables says."""
        return f"read_parquet({quoted(str(path))})"

    def day(self, rows: str) -> dt.date | None:
        """As Tables says."""
        found: dt.date | None = self.engine.execute(rows).fetchone()[0]
        return found
