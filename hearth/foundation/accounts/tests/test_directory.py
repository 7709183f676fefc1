"""Signing in with the council's own directory, against a real one on this machine."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from hearth.foundation.accounts import actions
from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.tests.conftest import code_for, invite, is_signed_in
from hearth.foundation.accounts.tests.directory import CLIENT, SECRET
from hearth.foundation.core.reader import acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A directory in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "hearth.foundation.accounts.tests.directory", str(port)])
    for _ in range(100):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(10)


@pytest.fixture
def directory(issuer: str, settings: Any) -> str:
    """Settings as HEARTH_OIDC_* would make them."""
    settings.HEARTH_OIDC_ISSUER = issuer
    settings.HEARTH_OIDC_NAME = "your Lancashire account"
    settings.HEARTH_OIDC_SECOND_FACTOR = False
    app = {
        "provider_id": "directory",
        "name": "x",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": issuer},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return issuer


@pytest.fixture
def arrive(directory: str) -> Callable[..., Any]:
    """A browser that goes to the directory as somebody, and comes back: `arrive(client, sub="1", email="...")`."""

    def go(
        client: Client, *, coming: dict[str, Any] | None = None, path: str = "/sign-in/with/directory/", **claims: Any
    ) -> Any:
        body = json.dumps({"claims": {"sub": "1", "name": "Somebody", **claims}} | (coming or {})).encode()
        with urllib.request.urlopen(urllib.request.Request(f"{directory}/next", body)) as said:  # noqa: S310
            said.read()
        there = client.get(path)
        if there.status_code != 302:
            return there
        try:
            urllib.request.build_opener(Stay).open(there.url)
        except urllib.error.HTTPError as back:
            with back:
                return client.get(back.headers["Location"].removeprefix("http://testserver"))
        raise AssertionError("the directory did not send the browser back")

    return go


class Stay(urllib.request.HTTPRedirectHandler):
    """Does not follow, so that the test's own client can."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def test_the_button_is_there_where_a_directory_is_set_up(client: Client, directory: str) -> None:
    page = client.get("/sign-in/?next=/roles/").content.decode()
    assert "Sign in with your Lancashire account" in page
    assert "/sign-in/with/directory/?next=%2Froles%2F" in page


def test_somebody_invited_comes_in_and_is_asked_for_their_second_step(
    client: Client, cast: Any, arrive: Any, signed: Any
) -> None:
    answer = arrive(client, email=cast.practitioner.email.upper(), path="/sign-in/with/directory/?next=/roles/")
    assert answer.url == "/sign-in/second-step/"
    assert not is_signed_in(client)
    assert client.post("/sign-in/second-step/", {"code": code_for(cast.practitioner)}).url == "/roles/"
    assert is_signed_in(client)
    assert signed(cast.practitioner)[-1]["how"] == ["directory", "totp"]


def test_somebody_invited_without_a_second_step_sets_one_up(client: Client, cast: Any, area: Any, arrive: Any) -> None:
    person = invite(cast.manager, area=area)
    arrive(client, email=person.email)
    assert client.get("/roles/").url == "/my-account/second-step/"
    assert client.get("/my-account/second-step/app/").status_code == 200


def test_the_directorys_own_second_step_counts_where_settings_say_so(
    client: Client, cast: Any, arrive: Any, settings: Any
) -> None:
    settings.HEARTH_OIDC_SECOND_FACTOR = True
    arrive(client, email=cast.practitioner.email)
    assert is_signed_in(client)


def test_trusting_the_directory_changes_nothing_for_a_password(
    client: Client, cast: Any, directory: str, settings: Any
) -> None:
    from hearth.foundation.accounts.tests.conftest import first_step

    settings.HEARTH_OIDC_SECOND_FACTOR = True
    assert first_step(client, cast.practitioner).url == "/sign-in/second-step/"


def test_the_directorys_key_is_remembered_and_finds_the_person_from_then_on(
    client: Client, cast: Any, arrive: Any, settings: Any
) -> None:
    settings.HEARTH_OIDC_SECOND_FACTOR = True
    arrive(client, sub="key-1", email=cast.practitioner.email)
    assert User.objects.get(pk=cast.practitioner.pk).openid_subject == "directory key-1"
    other = Client()
    arrive(other, sub="key-1", email="new.name@example.org")  # they married; it is they still
    assert is_signed_in(other)
    assert "Amina Yusuf" in other.get("/my-account/").content.decode()


def test_an_address_given_to_somebody_else_later_opens_nothing(
    client: Client, cast: Any, arrive: Any, settings: Any
) -> None:
    settings.HEARTH_OIDC_SECOND_FACTOR = True
    arrive(client, sub="key-1", email=cast.practitioner.email)
    other = Client()
    answer = arrive(other, sub="key-2", email=cast.practitioner.email)
    assert answer.status_code == 403
    assert b"another account of the directory" in answer.content
    assert not is_signed_in(other)


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"email": "stranger@example.org"}, "has been invited"),
        ({"email": ""}, "did not give an e-mail address"),
        ({}, "did not give an e-mail address"),
        ({"email": "amina.yusuf@school.example.org", "email_verified": False}, "did not give an e-mail address"),
        ({"email": "' or 1=1"}, "has been invited"),
    ],
)
def test_nobody_comes_in_who_was_not_invited(
    client: Client, cast: Any, arrive: Any, claims: dict[str, Any], sentence: str
) -> None:
    answer = arrive(client, **claims)
    assert answer.status_code == 403
    assert sentence in answer.content.decode()
    assert not is_signed_in(client)
    assert not User.objects.filter(email=claims.get("email", "") or "x").exclude(pk=cast.practitioner.pk).exists()


def test_a_closed_account_does_not_come_in(client: Client, cast: Any, arrive: Any) -> None:
    with acting_as(cast.manager):
        actions.close_account(by=cast.manager, person=cast.family_worker)
    assert arrive(client, email=cast.family_worker.email).status_code == 403


@pytest.mark.parametrize(
    "coming",
    [
        {"wrong_key": True},
        {"token": {"iss": "https://evil.example"}},
        {"token": {"aud": "another-service"}},
        {"token": {"exp": 1_000_000}},
        {"userinfo": {"sub": "somebody-else"}},
        {"cancelled": True},
        {"down": True},
    ],
)
def test_an_answer_that_is_not_right_signs_nobody_in(
    client: Client, cast: Any, arrive: Any, settings: Any, coming: dict[str, Any]
) -> None:
    settings.HEARTH_OIDC_SECOND_FACTOR = True
    answer = arrive(client, coming=coming, email=cast.practitioner.email)
    assert answer.status_code in (302, 401, 403, 502)
    assert not is_signed_in(client)
    if answer.status_code == 302:
        assert b"You turned round" in client.get(answer.url).content


def test_an_answer_that_nobody_asked_for_signs_nobody_in(client: Client, directory: str) -> None:
    assert client.get("/sign-in/with/directory/back/?code=x&state=y").status_code == 401
    assert client.get("/sign-in/with/directory/back/").status_code == 401
    assert not is_signed_in(client)


def test_the_directory_never_joins_an_account_to_whoever_is_signed_in(cast: Any, arrive: Any, settings: Any) -> None:
    settings.HEARTH_OIDC_SECOND_FACTOR = True
    from hearth.foundation.accounts.testing import sign_in_fully

    client = Client()
    sign_in_fully(client, cast.administrator)
    arrive(client, email=cast.practitioner.email, path="/sign-in/with/directory/?process=connect")
    assert User.objects.get(pk=cast.administrator.pk).openid_subject is None
    assert "Amina Yusuf" in client.get("/my-account/").content.decode()


def test_there_is_no_such_door_where_no_directory_is_set_up(client: Client) -> None:
    assert client.get("/sign-in/with/directory/").status_code == 404
    assert client.get("/sign-in/with/directory/back/").status_code == 404
    assert client.get("/sign-in/with/google/").status_code == 404


def test_nothing_that_the_directory_tells_is_kept(client: Client, cast: Any, arrive: Any, settings: Any) -> None:
    settings.HEARTH_OIDC_SECOND_FACTOR = True
    arrive(client, email=cast.practitioner.email, groups=["secret-group"], picture="x")
    assert "secret-group" not in json.dumps(dict(client.session.items()))
