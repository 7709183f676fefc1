"""Passkeys: made, used as both steps or as the second, and everything that must not pass for one."""

import re
from typing import Any

import pytest
from django.test import Client

from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.tests.conftest import (
    GOOD,
    add_passkey,
    code_for,
    factors,
    first_step,
    is_signed_in,
    options_on,
    set_up_app,
    sign_in,
)
from hearth.foundation.accounts.tests.device import Device
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.messages.models import Message

pytestmark = pytest.mark.django_db


def test_without_a_second_step_nothing_opens_but_setting_one_up(arrived: Client) -> None:
    for path in (
        "/roles/",
        "/my-account/",
        "/colleagues/",
        "/colleagues/find/?words=a",
        "/ui-kit/",
        "/my-account/password/",
    ):
        assert arrived.get(path).url == "/my-account/second-step/", path
    assert arrived.get("/roles/", headers={"accept": "application/json"}).status_code == 403
    assert arrived.get("/roles/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/my-account/second-step/"
    for path in (
        "/my-account/second-step/",
        "/my-account/second-step/app/",
        "/my-account/second-step/passkey/",
        "/my-account/recovery-codes/",
    ):
        assert arrived.get(path).status_code == 200, path


def test_a_newcomer_makes_a_passkey_and_signs_in_with_it_alone(arrived: Client, newcomer: User, signed: Any) -> None:
    device = Device()
    assert add_passkey(arrived, device).url == "/my-account/recovery-codes/"
    assert is_signed_in(arrived)
    other = Client()
    options = other.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()["request_options"]
    assert "allowCredentials" not in options["publicKey"] or not options["publicKey"]["allowCredentials"]
    answer = other.post("/sign-in/passkey/", {"credential": device.use(options), "next": "/roles/"})
    assert answer.url == "/roles/"
    assert is_signed_in(other)
    assert signed(newcomer)[-1]["how"] == ["webauthn"]


def test_a_passkey_is_a_second_step_after_a_password(arrived: Client, newcomer: User) -> None:
    device = Device()
    add_passkey(arrived, device)
    other = Client()
    first_step(other, newcomer, GOOD)
    options = options_on(other.get("/sign-in/second-step/"))
    other.post("/sign-in/second-step/", {"credential": device.use(options, verified=False)})
    assert is_signed_in(other)


@pytest.mark.parametrize("how", [{"forged": True}, {"verified": False}])
def test_a_passkey_that_is_forged_or_not_unlocked_does_not_sign_in(arrived: Client, how: dict[str, bool]) -> None:
    device = Device()
    add_passkey(arrived, device)
    other = Client()
    options = other.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()["request_options"]
    answer = other.post("/sign-in/passkey/", {"credential": device.use(options, **how)})
    assert answer.url == "/sign-in/"
    assert not is_signed_in(other)
    assert b"This passkey is not known here" in other.get("/sign-in/").content


def test_a_passkey_does_not_sign_in_as_somebody_else(arrived: Client, cast: Any) -> None:
    from allauth.account.utils import user_pk_to_url_str
    from fido2.utils import websafe_encode

    device = Device()
    add_passkey(arrived, device)
    other = Client()
    options = other.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()["request_options"]
    handle = websafe_encode(user_pk_to_url_str(cast.administrator).encode()).encode()
    other.post("/sign-in/passkey/", {"credential": device.use(options, user=handle)})
    assert not is_signed_in(other)


def test_a_passkeys_answer_cannot_be_used_twice(arrived: Client) -> None:
    device = Device()
    add_passkey(arrived, device)
    other = Client()
    options = other.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()["request_options"]
    answer = device.use(options)
    other.post("/sign-in/passkey/", {"credential": answer})
    other.post("/sign-out/")
    other.post("/sign-in/passkey/", {"credential": answer})
    assert not is_signed_in(other)


RUBBISH = ["", "null", "[]", "{}", "{", '"x"', '{"id": 1}', "[" * 50_000, '{"response": {"userHandle": "!!!"}}',
           '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA",'
           '"authenticatorData":"AA","signature":"AA","userHandle":"MQ"}}']  # fmt: skip


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_rubbish_is_no_passkey_and_no_fault(client: Client, arrived: Client, cast: Any, rubbish: str) -> None:
    client.get("/sign-in/passkey/", headers={"accept": "application/json"})
    assert client.post("/sign-in/passkey/", {"credential": rubbish}).status_code == 302
    first_step(client, cast.practitioner)
    assert client.post("/sign-in/second-step/", {"credential": rubbish}).status_code == 200
    assert not is_signed_in(client)
    arrived.get("/my-account/second-step/passkey/")
    answer = arrived.post("/my-account/second-step/passkey/", {"name": "x", "credential": rubbish})
    assert answer.status_code == 422


@pytest.mark.parametrize("how", [{"verified": False}, {"origin": "https://evil.example"}])
def test_a_passkey_must_ask_for_its_owner(arrived: Client, newcomer: User, settings: Any, how: dict[str, Any]) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = "origin" not in how
    device = Device()
    options = options_on(arrived.get("/my-account/second-step/passkey/"))
    answer = arrived.post(
        "/my-account/second-step/passkey/", {"name": "Laptop", "credential": device.make(options, **how)}
    )
    assert answer.status_code == 422
    assert b"The passkey could not be made" in answer.content
    assert b"data-passkey-options" in answer.content  # it can be tried again at once
    assert factors(newcomer) == []


def test_a_passkey_is_renamed_and_removed_while_another_second_step_is_left(arrived: Client, newcomer: User) -> None:
    add_passkey(arrived, Device(), "Old laptop")
    page = arrived.get("/my-account/").content.decode()
    address = re.search(r"/my-account/second-step/passkey/(\w{12})/", page).group(0)
    assert "Remove Old laptop" not in page
    assert arrived.post(address + "remove/").status_code == 403
    assert arrived.post(address, {"name": "My \u202enew <b>laptop</b>"}).url == "/my-account/"
    assert "Passkey: My new &lt;b&gt;laptop&lt;/b&gt;" in arrived.get("/my-account/").content.decode()
    set_up_app(arrived)
    assert arrived.post(address + "remove/").url == "/my-account/"
    assert factors(newcomer) == ["recovery_codes", "totp"]
    assert arrived.post("/my-account/second-step/app/remove/").status_code == 403
    assert is_signed_in(arrived)


def test_nobody_reaches_a_passkey_of_somebody_else(arrived: Client, as_client: Any, cast: Any) -> None:
    add_passkey(arrived, Device())
    address = re.search(
        r"/my-account/second-step/passkey/(\w{12})/", arrived.get("/my-account/").content.decode()
    ).group(0)
    stranger = Client()
    sign_in(stranger, cast.administrator)
    assert stranger.get(address).status_code == 404
    assert stranger.post(address + "remove/").status_code == 404


def test_changing_how_one_signs_in_ends_every_other_sitting_and_tells_the_person(cast: Any) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here, cast.practitioner)
    first_step(elsewhere, cast.practitioner)
    elsewhere.post("/sign-in/second-step/", {"code": code_for(cast.practitioner, 1)})
    assert is_signed_in(elsewhere)
    add_passkey(here, Device())
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    with acting_as(cast.practitioner):
        assert Message.objects.filter(template="accounts_sign_in_changed", to_user_id=cast.practitioner.id).count() == 1


def test_confirming_by_passkey(cast: Any) -> None:
    with clock.frozen(clock.now()) as hands:
        client, device = Client(), Device()
        sign_in(client, cast.practitioner)
        add_passkey(client, device)
        hands.forward(minutes=6)
        path = "/sign-in/confirm/passkey/?next=/my-account/recovery-codes/"
        options = options_on(client.get(path))
        assert (
            client.post(path, {"credential": device.use(options), "next": "/my-account/recovery-codes/"}).url
            == "/my-account/recovery-codes/"
        )
        assert client.get("/my-account/recovery-codes/").status_code == 200
