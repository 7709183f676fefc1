"""For the tests of sign-in: a person with a password and an app, and the app's code."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hearth.config.codes import code_at
from hearth.foundation.accounts.models import User
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.reader import acting_as
from hearth.invented.cast import PASSWORD, authenticator_secret


def code_for(user: User, steps: int = 0) -> str:
    """What the person's authenticator app shows; `steps` half-minutes from now."""
    return code_at(authenticator_secret(user.email), time.time() + 30 * steps)


def first_step(client: Client, user: User, password: str = PASSWORD, **more: str) -> Any:
    """Type the e-mail address and the password."""
    return client.post("/sign-in/", {"login": user.email, "password": password, **more})


def sign_in(client: Client, user: User, **more: str) -> Any:
    """Both steps, typed."""
    first_step(client, user, **more)
    return client.post("/sign-in/second-step/", {"code": code_for(user)})


def is_signed_in(client: Client) -> bool:
    """Whether a page that needs somebody signed in with both steps opens."""
    return client.get("/roles/").status_code == 200


@pytest.fixture
def signed() -> Callable[[User], list[dict[str, Any]]]:
    """The sign-in events about somebody, the latest last: `signed(user)`."""

    def events(user: User) -> list[dict[str, Any]]:
        with acting_as(user, using="audit"):
            rows = AuditEvent.objects.using("audit").filter(kind="signed", actor_id=user.id).order_by("created_at")
            return [{"verb": row.verb, **row.detail} for row in rows]

    return events
