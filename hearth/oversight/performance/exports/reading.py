"""Rows of the gate's functions, a few thousand at a time however many there are."""

import datetime as dt
from collections import namedtuple
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from hearth.foundation.core.pack import pack
from hearth.oversight.performance.exports import codes

AT_ONCE = 2_000
_WITHOUT_ERRORS = ("contacts", "referrals")  # what was asked was asked, whatever became of a case


@dataclass(frozen=True)
class Asked:
    """Which rows: of which areas (None: all that the reader may), and of which days."""

    areas: list[Any] | None
    from_on: dt.date
    to_on: dt.date
    read: Callable[[int], None] = lambda _: None

    def arguments(self, function: str) -> list[Any]:
        """What a function is called with."""
        given = [self.areas, self.from_on, self.to_on]
        return given if function in _WITHOUT_ERRORS else [*given, in_error()]


def in_error() -> list[str]:
    """Reasons for closing that say that a case should never have been: it is in no list."""
    return [reason.code for reason in pack().closure.reasons if reason.code == codes.IN_ERROR]


def rows_of(function: str, asked: Asked, *more: Any) -> Iterator[Any]:
    """Rows by the names of their columns, streamed: within one transaction, by a cursor of the server."""
    arguments = [*asked.arguments(function), *more]
    marks = ", ".join(["%s::uuid[]", *["%s"] * (len(arguments) - 1)])
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"select * from hearth_export_{function}({marks})", arguments)  # noqa: S608 - names of our own
        made: Any = None
        while found := cursor.fetchmany(AT_ONCE):
            made = made or namedtuple("Row", [column[0] for column in cursor.description])
            yield from map(made._make, found)
            asked.read(len(found))


def left_out(asked: Asked) -> dict[str, int]:
    """How many cases, assessments, requests and steps are in no list, by why."""
    return {row.what: row.number for row in rows_of("left_out", asked)}
