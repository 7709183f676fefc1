"""Making something in the background: one process alone, and everything read as of one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from hearth.foundation.core.refusals import Refusal, refuse


@contextmanager
def alone(what: str, row: Any, otherwise: Refusal) -> Iterator[None]:
    """One process makes it; the lock goes with the process that held it, however that ended."""
    key = f"{what} {row.pk}"
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        refuse(None if cursor.fetchone()[0] else otherwise)
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [key])


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything inside is read as it stood at one moment, so that figures of it agree. Nothing can be written inside."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read, read only")
        yield
