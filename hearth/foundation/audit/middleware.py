"""Every look at a family's record is on record, whether or not the view of the page thought of it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponseBase

from hearth.foundation.audit.looks import looked, noting_kinds
from hearth.foundation.audit.models import AuditEvent

Answer = Callable[[HttpRequest], HttpResponseBase]
ENOUGH = {AuditEvent.Kind.LOOKED, AuditEvent.Kind.EXPORTED}


class LookMiddleware:
    """A page drawn with a row that belongs to a family is a look at that family.

    A view that says more by itself (which version, how many) is believed. The forms are why this is here: the page on
    which something is changed shows what is there, and is opened as easily as the page on which it is read.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with noting_kinds() as kinds:
            response = self.get_response(request)
        if ENOUGH.isdisjoint(kinds) and request.user.is_authenticated:
            row = row_of_a_family(getattr(response, "shown", {}))
            if row is not None:
                looked(request.user, _verb(request), family=_family_of(row), subject=row)
        return response


def row_of_a_family(shown: Mapping[str, Any]) -> Any:
    """The first row of a page's own that has a reference and belongs to a family, or may come to; None without one."""
    return next((row for row in shown.values() if hasattr(row, "reference") and _says_its_family(row)), None)


def _says_its_family(row: Any) -> bool:
    return hasattr(row, "trail_family_id") or hasattr(row, "family_id")


def _family_of(row: Any) -> Any:
    return row.trail_family_id() if hasattr(row, "trail_family_id") else row.family_id


def _verb(request: HttpRequest) -> str:
    """`plans.change_outcome_opened`: the room and the slice."""
    view: Any = request.resolver_match and request.resolver_match.func
    room = apps.get_containing_app_config(view.__module__)
    return f"{room.label if room else 'hearth'}.{view.__name__}_opened"
