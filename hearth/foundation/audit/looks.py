"""Looks, searches, exports and refusals: on the second connection, so that they outlive a rolled-back request."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from hearth.foundation.audit.actions import event_for
from hearth.foundation.audit.models import AuditEvent

_written: ContextVar[set[str] | None] = ContextVar("kinds_written", default=None)


@contextmanager
def noting_kinds() -> Iterator[set[str]]:
    """The kinds of event that are written inside this, so that a request can see whether its view left a look."""
    kinds: set[str] = set()
    token = _written.set(kinds)
    try:
        yield kinds
    finally:
        _written.reset(token)


def _write(by: Any, verb: str, kind: str, family: Any = None, subject: Any = "", **detail: Any) -> None:
    noted = _written.get()
    if noted is not None:
        noted.add(kind)
    event_for(by, verb, kind=kind, family=family, subject=subject, detail=detail).save(using="audit", force_insert=True)


def looked(by: Any, verb: str, *, family: Any, subject: Any = "", **detail: Any) -> None:
    """Record that `by` opened something about a family, such as people.family_opened."""
    _write(by, verb, AuditEvent.Kind.LOOKED, family, subject, **detail)


def looked_each(by: Any, verb: str, *, families: Sequence[Any], **detail: Any) -> None:
    """The same of several families that one page is about: an event for each of them, in one query."""
    kind = AuditEvent.Kind.LOOKED
    events = [event_for(by, verb, kind=kind, family=each, subject=each, detail=detail) for each in families]
    if (noted := _written.get()) is not None and events:
        noted.add(kind)
    AuditEvent.objects.using("audit").bulk_create(events)


def searched(by: Any, verb: str, **detail: Any) -> None:
    """Record one search intent (not each keystroke): what kind of thing was searched for, and how many were found."""
    _write(by, verb, AuditEvent.Kind.SEARCHED, **detail)


def searched_each(by: Any, verb: str, details: Sequence[dict[str, Any]]) -> None:
    """The same of several searches made at once: an event for each of them, in one query."""
    kind = AuditEvent.Kind.SEARCHED
    events = [event_for(by, verb, kind=kind, family=None, subject="", detail=detail) for detail in details]
    AuditEvent.objects.using("audit").bulk_create(events)


def exported(by: Any, verb: str, *, family: Any = None, subject: Any = "", **detail: Any) -> None:
    """Record that something left the product: print, PDF, file, download."""
    _write(by, verb, AuditEvent.Kind.EXPORTED, family, subject, **detail)


def refused(by: Any, code: str, *, path: str = "", **detail: Any) -> None:
    """Record that somebody was refused, and by which rule."""
    _write(by, code, AuditEvent.Kind.REFUSED, path=path, **detail)


def signed(by: Any, verb: str, **detail: Any) -> None:
    """Record a sign-in, a sign-out, a lock-out or a failed try."""
    _write(by, verb, AuditEvent.Kind.SIGNED, **detail)
