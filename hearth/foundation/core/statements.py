"""Queries of pages that are open all day: put together once in a process, and planned once in a connection.

Django writes a query's SQL anew each time it is asked, and PostgreSQL plans it anew with its row policies: for a query of a few
rows both take longer than finding them. A `Statement` is an ordinary queryset with `Given` where a value differs from reader to
reader or from day to day. Whatever else the queryset says is part of its text for as long as the process runs, so that an index
made for it is found; so today, or keys that were just read, must be `Given` too.
"""

from collections import namedtuple
from collections.abc import Iterator
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, QuerySet
from django.db.models.query import get_related_populators
from psycopg import RawCursor


class Given(Expression):
    """Stands in a queryset where a value comes when it is asked: `filter(user=Given("user", UUIDField()))`."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Itself among the parameters: `Statement` gives it a number."""
        return "%s", (self,)


class _Planned(RawCursor[Any]):
    """Asks with numbered values, and has PostgreSQL keep the plan for as long as the connection lasts."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> Any:
        """As Django's wrappers call it."""
        return super().execute(query, params, prepare=True)

    def _send_query_prepared(self, name: bytes, pgq: Any, **how: Any) -> None:
        self._query = pgq  # psycopg keeps it of other queries, and whoever logs queries asks for it
        super()._send_query_prepared(name, pgq, **how)


class Statement:
    """A queryset as one text with numbered values. Made when it is first asked, as its making needs the database."""

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, values = compiler.as_sql()
        self.names = list(dict.fromkeys(value.name for value in values if isinstance(value, Given)))
        with connection.cursor() as cursor:
            literal = cursor.cursor.mogrify
            self.sql = sql % tuple(
                f"${self.names.index(value.name) + 1}" if isinstance(value, Given) else literal("%s", [value])
                for value in values
            )
        self._selected, self._model = compiler.select, compiler.klass_info
        self._row: Any = namedtuple("Row", rows._fields or ())  # type: ignore[attr-defined, misc]

    def rows(self, **given: Any) -> list[Any]:
        """What `values_list(..., named=True)` gives. A value that the query does not ask for is passed over."""
        return [self._row._make(row) for row in self._ask(given)]

    def models(self, **given: Any) -> Iterator[Any]:
        """Model objects, each with what `select_related` names."""
        first, last = self._model["select_fields"][0], self._model["select_fields"][-1] + 1
        columns = [column.target.attname for column, *_ in self._selected[first:last]]
        related: Any = get_related_populators(self._model, self._selected, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
        for row in self._ask(given):
            made = self._model["model"].from_db(DEFAULT_DB_ALIAS, columns, row[first:last])
            for each in related:
                each.populate(row, made)
            yield made

    def _ask(self, given: dict[str, Any]) -> list[Any]:
        connection.ensure_connection()
        with connection._prepare_cursor(_Planned(connection.connection)) as cursor:  # type: ignore[attr-defined]
            cursor.execute(self.sql, [given[name] for name in self.names])
            return cursor.fetchall()
