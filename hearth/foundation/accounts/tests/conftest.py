"""For the tests of sign-in: a person with a password and an app, and the app's code."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from hearth.config.codes import code_at
from hearth.foundation.accounts import actions
from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.tests.device import Device
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.reader import acting_as
from hearth.foundation.messages.models import Message
from hearth.invented.cast import PASSWORD, authenticator_secret

GOOD = "correct horse battery staple"


def invite(by: User, **changes: Any) -> User:
    values = {
        "full_name": "Zadie Quill",
        "email": "Zadie.Quill@Example.org",
        "organisation": by.organisation,
        "role": "practitioner",
    }
    with acting_as(by):
        return actions.invite_person(by=by, **values | changes)


def token_for(person: User) -> str:
    """The secret in the last link that was sent to somebody, out of the outbox."""
    with acting_as(person):
        link = Message.objects.filter(to_user_id=person.id).exclude(link="").order_by("-created_at").first().link
    return re.match(r"/choose-password/([\w-]+)/", link).group(1)


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


@pytest.fixture
def newcomer(cast: Any, area: Any) -> User:
    """Somebody invited, with no password and no second step."""
    return invite(cast.manager, area=area)


@pytest.fixture
def arrived(newcomer: User) -> Client:
    """Their browser, after they have chosen a password."""
    client = Client()
    client.post(f"/choose-password/{token_for(newcomer)}/", {"password": GOOD})
    return client


def options_on(page: Any) -> Any:
    """What a page asks the browser's passkey dialogue for."""
    found = re.search(
        r'<script type="application/json" data-passkey-options>(.*?)</script>', page.content.decode(), re.DOTALL
    )
    assert found
    return json.loads(found.group(1))


def add_passkey(client: Client, device: Device, name: str = "Work laptop") -> Any:
    options = options_on(client.get("/my-account/second-step/passkey/"))
    return client.post("/my-account/second-step/passkey/", {"name": name, "credential": device.make(options)})


def set_up_app(client: Client) -> tuple[str, Any]:
    """Scan the picture; give the secret and the answer."""
    page = client.get("/my-account/second-step/app/").content.decode()
    secret = re.search(r'class="app-key">([A-Z2-7 ]+)<', page).group(1).replace(" ", "")
    return secret, client.post("/my-account/second-step/app/", {"code": code_at(secret, time.time())})


def factors(user: User) -> list[str]:
    with acting_as(user):
        return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
