"""Requests and readers for tests of pages, without the rooms above."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory


@dataclass
class Somebody:
    """A reader who is signed in."""

    id: uuid.UUID = field(default_factory=uuid.uuid4)
    reference: str = "PR-TESTING"
    full_name: str = "Aisha Begum"
    organisation_name: str = "Burnley family support"
    is_authenticated: bool = True
    permissions: tuple[str, ...] = ()

    def may(self, permission: str) -> bool:
        """Whether a role gives them this."""
        return permission in self.permissions


def ask(method: str, path: str, reader: Somebody | None, data: Any = None, **headers: str) -> HttpRequest:
    """A request as the middleware would hand it to a view."""
    request: HttpRequest = getattr(RequestFactory(), method)(path, data or {}, headers=headers or None)
    request.user = reader or AnonymousUser()  # type: ignore[assignment]
    request._messages = CookieStorage(request)
    return request


REFUSALS: list[tuple[Any, str, str]] = []


def remember_refusal(by: Any, code: str, *, path: str = "") -> None:
    """A recorder of refusals that a test can read."""
    REFUSALS.append((by, code, path))
