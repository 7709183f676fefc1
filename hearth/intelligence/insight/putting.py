"""Puts rows that a run found into a table that pages read: only what is new is written, and only what is no longer so goes."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from hearth.foundation.core import clock


def put(table: str, columns: Mapping[str, str], batches: Iterable[Sequence[Sequence[Any]]]) -> None:
    """Make a table hold these rows and no others, in the transaction that is open. `columns`: each with its type, in the rows' order.

    Rows come in batches, since making one may ask the database, which while rows are copied it cannot be.
    """
    names, staged = ", ".join((*columns, "content_hash")), f"staged_{table}"
    typed = ", ".join(f"{name} {kind}" for name, kind in {**columns, "content_hash": "text"}.items())
    known = "select 1 from {} o where o.content_hash = {}.content_hash"
    with connection.cursor() as cursor:
        cursor.execute(f"create temp table {staged} ({typed}) on commit drop")
        for batch in batches:
            with cursor.copy(f"copy {staged} ({names}) from stdin") as copying:
                for row in batch:
                    copying.write_row([*row, digest_of(row)])
        cursor.execute(f"analyze {staged}")
        cursor.execute(
            f"insert into {table} (id, created_at, {names}) select gen_random_uuid(), %s, {names} from {staged} s"
            f" where not exists ({known.format(table, 's')}) on conflict do nothing",
            [clock.now()],
        )
        cursor.execute(f"delete from {table} f where not exists ({known.format(staged, 'f')})")
        cursor.execute(f"drop table {staged}")


def digest_of(row: Sequence[Any]) -> str:
    """What tells one row from another."""
    return hashlib.md5(json.dumps(row, default=str).encode(), usedforsecurity=False).hexdigest()
