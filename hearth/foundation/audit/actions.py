"""@action: a write that happens whole and is on record, or not at all."""

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

import pghistory
from django.db import transaction

from hearth.foundation.audit.models import AuditEvent

P = ParamSpec("P")
R = TypeVar("R")
_open: ContextVar[list[Any] | None] = ContextVar("open_action", default=None)


class NotRecordedError(Exception):
    """An action ended without an audit event: a fault in the action, so its work is undone."""


def action(work: Callable[P, R]) -> Callable[P, R]:
    """Run `work` in one transaction and undo it unless it recorded at least one audit event.

    `by` is keyword-only: a User or a System identity. An action called by another joins its transaction, and must
    record its own event all the same.
    """

    @functools.wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        by: Any = kwargs.get("by")
        if by is None:
            raise TypeError(f"{work.__name__} needs by=: who is doing this?")
        scope: list[Any] = [by, 0]
        token = _open.set(scope)
        try:
            with transaction.atomic(), pghistory.context(actor=str(by.id), action=work.__name__):
                result = work(*args, **kwargs)
                if scope[1] == 0:
                    raise NotRecordedError(f"{work.__name__} recorded no audit event.")
                return result
        finally:
            _open.reset(token)

    run.is_action = True  # type: ignore[attr-defined]
    return run


def record(verb: str, *, family: Any = None, subject: Any = "", **detail: Any) -> None:
    """Write the event of the action that is open, in its transaction.

    `family` is a row or an id; `subject` a row with a reference, or a reference. `detail` holds codes, dates and
    counts, never names or free text about a person.
    """
    scope = _open.get()
    if scope is None:
        raise NotRecordedError(f"{verb} was recorded outside an action.")
    scope[1] += 1
    done = AuditEvent.Kind.DONE
    event_for(scope[0], verb, kind=done, family=family, subject=subject, detail=detail).save(force_insert=True)


def event_for(by: Any, verb: str, *, kind: str, family: Any, subject: Any, detail: dict[str, Any]) -> AuditEvent:
    """The unsaved row, with the actor as they are today."""
    return AuditEvent(
        kind=kind,
        verb=verb,
        actor_id=by.id if by is not None else None,
        actor_name=getattr(by, "full_name", ""),
        actor_organisation=getattr(by, "organisation_name", ""),
        family_id=getattr(family, "id", family),
        subject=str(getattr(subject, "reference", subject))[:120],
        detail={
            key: value if isinstance(value, bool | int | list | dict | None) else str(value)
            for key, value in detail.items()
        },
    )
