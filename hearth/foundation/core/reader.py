"""Who is reading: set for each transaction, asked by every row policy. No reader, no rows."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from django.db import connections, transaction
from django.db.models import Expression, Func, TextField, Value
from django.db.models.functions import Cast


class Reader(Protocol):
    """Anybody rows can be shown to."""

    id: uuid.UUID


@dataclass(frozen=True)
class System:
    """A named identity for background work, with a database role that sees only the columns it needs."""

    name: str
    role: str
    organisation_name: str = "Hearth"

    @property
    def id(self) -> uuid.UUID:
        """A fixed key made from the name, so that the audit trail can point at it."""
        return uuid.uuid5(uuid.NAMESPACE_URL, self.name)

    @property
    def full_name(self) -> str:
        """The name as the audit trail shows it."""
        return self.name


def _set(using: str, value: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute("select set_config('hearth.reader', %s, true)", [value])


def read_as(reader: Reader | None, using: str = "default") -> None:
    """Set the reader for the rest of the transaction that is open (the web request's)."""
    _set(using, str(reader.id) if reader is not None else "")


def reads_as(key: Expression) -> Func:
    """Sets the reader as part of the very query that finds who that is: a column of it. Its rows must be open to nobody."""
    return Func(
        Value("hearth.reader"), Cast(key, TextField()), Value(True), function="set_config", output_field=TextField()
    )


@contextmanager
def acting_as(reader: Reader | System, using: str = "default") -> Iterator[None]:
    """A transaction in which `reader` reads; what was set before is restored after it."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("select coalesce(current_setting('hearth.reader', true), ''), current_user::text")
        before, role = cursor.fetchone()
        if isinstance(reader, System):
            cursor.execute(f"set local role {connections[using].ops.quote_name(reader.role)}")
        _set(using, str(reader.id))
        try:
            yield
        finally:
            if (
                not connections[using].needs_rollback
                and connections[using].connection.info.transaction_status.name != "INERROR"
            ):
                if isinstance(reader, System):
                    cursor.execute(f"set local role {connections[using].ops.quote_name(role)}")
                _set(using, before)


@contextmanager
def acting_for(reader: Reader, using: str = "default") -> Iterator[None]:
    """Read as `reader` over many transactions, for background work and commands; nobody reads after it.

    A connection that breaks on the way comes back with no reader, and so with no rows.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("select set_config('hearth.reader', %s, false)", [str(reader.id)])
    try:
        yield
    finally:
        if not connections[using].needs_rollback:
            with connections[using].cursor() as cursor:
                cursor.execute("select set_config('hearth.reader', '', false)")
