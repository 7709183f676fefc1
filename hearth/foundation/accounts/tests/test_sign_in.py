"""Signing in with a password and an authenticator app, as a browser does it."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import Client

from hearth.config import settings as product
from hearth.config.codes import code_at
from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.sign_in.second_steps import SecondStepAdapter
from hearth.foundation.accounts.tests.conftest import code_for, first_step, is_signed_in, sign_in
from hearth.foundation.core.reader import acting_as
from hearth.invented.cast import PASSWORD, authenticator_secret

pytestmark = pytest.mark.django_db


def verbs(events: list[dict[str, Any]]) -> list[str]:
    return [event["verb"] for event in events]


def test_the_sign_in_page_opens_and_asks_for_nothing_more_than_it_needs(client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    assert "forgotten my password" in page
    assert "Sign in with your organisation" not in page  # no directory is set up
    assert "sign up" not in page.lower()


def test_a_password_and_a_code_sign_somebody_in(client: Client, cast: Any, signed: Any) -> None:
    answer = first_step(client, cast.practitioner)
    assert answer.url == "/sign-in/second-step/"
    assert not is_signed_in(client)
    assert client.get("/sign-in/second-step/").status_code == 200
    answer = client.post("/sign-in/second-step/", {"code": code_for(cast.practitioner)})
    assert answer.status_code == 302
    assert is_signed_in(client)
    events = signed(cast.practitioner)
    assert verbs(events) == ["accounts.signed_in"]
    assert events[0]["how"] == ["password", "totp"]
    assert events[0]["address"] == "127.0.0.1"


def test_the_address_may_be_typed_in_capitals(client: Client, cast: Any) -> None:
    client.post("/sign-in/", {"login": cast.practitioner.email.upper(), "password": PASSWORD})
    client.post("/sign-in/second-step/", {"code": code_for(cast.practitioner)})
    assert is_signed_in(client)


def test_signing_in_goes_on_to_the_page_that_was_asked_for(client: Client, cast: Any) -> None:
    asked = client.get("/roles/?a=1")
    assert asked.url == "/sign-in/?next=%2Froles%2F%3Fa%3D1"
    assert b'name="next" value="/roles/?a=1"' in client.get(asked.url).content
    answer = sign_in(client, cast.practitioner, next="/roles/?a=1")
    assert answer.url == "/roles/?a=1"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_goes_on_to_another_site(client: Client, cast: Any, elsewhere: str, settings: Any) -> None:
    settings.LOGIN_REDIRECT_URL = "roles_page"
    assert sign_in(client, cast.practitioner, next=elsewhere).url == "/roles/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_sentence(client: Client, cast: Any, signed: Any) -> None:
    wrong = first_step(client, cast.practitioner, "not this one at all")
    unknown = client.post("/sign-in/", {"login": "nobody@example.org", "password": PASSWORD})
    sentence = b"The e-mail address or the password is not right. Check both and try again."
    assert sentence in wrong.content
    assert sentence in unknown.content
    assert b"Error: " in wrong.content
    assert PASSWORD.encode() not in unknown.content
    assert verbs(signed(cast.practitioner)) == ["accounts.sign_in_failed"]


@pytest.mark.parametrize(
    "code", ["000000", "", "abcdef", "1" * 40, "\u202e123456", "12 34", "½½½½½½", "'; drop table x"]
)
def test_a_wrong_code_does_not_sign_in(client: Client, cast: Any, code: str) -> None:
    first_step(client, cast.practitioner)
    answer = client.post("/sign-in/second-step/", {"code": code})
    assert answer.status_code == 200
    assert b"There is a problem" in answer.content
    assert not is_signed_in(client)


def test_a_wrong_code_is_on_record(client: Client, cast: Any, signed: Any) -> None:
    first_step(client, cast.practitioner)
    client.post("/sign-in/second-step/", {"code": "000000"})
    assert verbs(signed(cast.practitioner)) == ["accounts.second_step_failed"]


def test_a_code_is_good_once_even_while_a_slow_clock_is_forgiven(client: Client, cast: Any) -> None:
    user = cast.practitioner
    code = code_at(authenticator_secret(user.email), time.time() + 30)  # of a telephone half a minute ahead
    first_step(client, user)
    assert client.post("/sign-in/second-step/", {"code": code}).status_code == 302
    from django.core.cache import cache

    cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")  # what the library forgets after thirty seconds
    again = Client()
    first_step(again, user)
    assert again.post("/sign-in/second-step/", {"code": code}).status_code == 200
    assert not is_signed_in(again)


def test_a_code_may_be_typed_with_the_space_that_apps_show(client: Client, cast: Any) -> None:
    code = code_for(cast.practitioner)
    first_step(client, cast.practitioner)
    client.post("/sign-in/second-step/", {"code": f"{code[:3]} {code[3:]}"})
    assert is_signed_in(client)


def test_the_code_of_somebody_else_does_not_sign_in(client: Client, cast: Any) -> None:
    first_step(client, cast.practitioner)
    client.post("/sign-in/second-step/", {"code": code_for(cast.administrator)})
    assert not is_signed_in(client)


def test_the_second_step_is_not_there_without_the_first(client: Client) -> None:
    assert client.get("/sign-in/second-step/").url == "/sign-in/"
    assert client.post("/sign-in/second-step/", {"code": "123456"}).url == "/sign-in/"


def test_half_signed_in_is_signed_out_everywhere(client: Client, cast: Any) -> None:
    first_step(client, cast.practitioner)
    for path in ("/roles/", "/my-account/", "/my-account/second-step/", "/my-account/second-step/app/", "/colleagues/"):
        assert client.get(path).url.startswith("/sign-in/?next="), path


def test_a_closed_account_does_not_sign_in_with_the_right_password(client: Client, cast: Any, signed: Any) -> None:
    with acting_as(cast.administrator):
        User.objects.filter(pk=cast.colleague.pk).update(is_active=False)
    answer = first_step(client, cast.colleague)
    assert answer.url == "/sign-in/closed/"
    assert client.get(answer.url).status_code == 200
    assert verbs(signed(cast.colleague)) == ["accounts.inactive_sign_in"]
    assert client.get("/sign-in/second-step/").url == "/sign-in/"


def test_five_wrong_passwords_lock_the_address_and_say_so(client: Client, cast: Any, signed: Any) -> None:
    for _ in range(5):
        first_step(client, cast.practitioner, "not this one at all")
    answer = first_step(client, cast.practitioner)  # right now, and too late
    assert b"Too many tries did not work. Wait 10 minutes" in answer.content
    assert not is_signed_in(client)
    assert verbs(signed(cast.practitioner))[-1] == "accounts.locked_out"
    other = Client()
    sign_in(other, cast.health_visitor)  # from the same network: only the address is locked
    assert is_signed_in(other)


def test_a_locked_address_is_locked_in_capitals_too(client: Client, cast: Any) -> None:
    for _ in range(5):
        first_step(client, cast.practitioner, "not this one at all")
    answer = client.post("/sign-in/", {"login": cast.practitioner.email.upper(), "password": PASSWORD})
    assert b"Too many tries" in answer.content


def test_an_unknown_address_is_locked_like_a_known_one(client: Client) -> None:
    for _ in range(5):
        client.post("/sign-in/", {"login": "nobody@example.org", "password": "not this one"})
    assert b"Too many tries" in client.post("/sign-in/", {"login": "nobody@example.org", "password": "x"}).content


def test_five_wrong_codes_lock_the_person(client: Client, cast: Any, signed: Any) -> None:
    first_step(client, cast.practitioner)
    for _ in range(5):
        client.post("/sign-in/second-step/", {"code": "000000"})
    answer = client.post("/sign-in/second-step/", {"code": code_for(cast.practitioner)})
    assert b"Too many tries" in answer.content
    assert not is_signed_in(client)
    assert verbs(signed(cast.practitioner))[-1] == "accounts.locked_out"


def test_one_network_address_that_tries_many_people_is_locked(client: Client, settings: Any) -> None:
    assert "40/10m/ip" in settings.ACCOUNT_RATE_LIMITS["login_failed"]
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "6/10m/ip,5/10m/key"}  # forty would take this test half a minute
    for number in range(7):
        answer = client.post("/sign-in/", {"login": f"person{number}@example.org", "password": "x"})
    assert b"Too many tries" in answer.content


def test_signing_out_ends_the_sitting_and_is_on_record(client: Client, cast: Any, signed: Any) -> None:
    sign_in(client, cast.practitioner)
    assert client.get("/sign-out/").status_code == 200  # an address that was typed is asked about first
    assert is_signed_in(client)
    assert client.post("/sign-out/").url == "/sign-in/"
    assert not is_signed_in(client)
    assert verbs(signed(cast.practitioner)) == ["accounts.signed_in", "accounts.signed_out"]
    assert "hearth_was" not in client.session


def test_a_recovery_code_signs_in_once(client: Client, cast: Any) -> None:
    user = cast.practitioner
    with acting_as(user):
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

        code = RecoveryCodes.activate(user).get_unused_codes()[0]
    first_step(client, user)
    client.post("/sign-in/second-step/", {"code": f"{code[:4]} {code[4:]}"})
    assert is_signed_in(client)
    again = Client()
    first_step(again, user)
    again.post("/sign-in/second-step/", {"code": code})
    assert not is_signed_in(again)


def test_secrets_are_sealed_in_the_database(cast: Any) -> None:
    secret = authenticator_secret(cast.practitioner.email)
    with acting_as(cast.practitioner), connection.cursor() as cursor:
        cursor.execute("select data::text from mfa_authenticator")
        rows = cursor.fetchall()
    assert len(rows) == 1
    assert secret not in rows[0][0]
    assert SecondStepAdapter().decrypt(SecondStepAdapter().encrypt(secret)) == secret


def test_a_secret_sealed_with_a_key_that_is_gone_is_a_wrong_code_and_not_a_fault(
    client: Client, cast: Any, settings: Any
) -> None:
    first_step(client, cast.practitioner)
    with acting_as(cast.practitioner):
        Authenticator.objects.filter(user=cast.practitioner).update(data={"secret": "sealed with another key"})
    answer = client.post("/sign-in/second-step/", {"code": "123456"})
    assert answer.status_code == 200
    assert b"That code is not right" in answer.content


def test_a_hash_made_with_older_settings_is_made_again_at_sign_in(client: Client, cast: Any, monkeypatch: Any) -> None:
    before = cast.practitioner.password
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", Argon2PasswordHasher.time_cost + 1)
    sign_in(client, cast.practitioner)
    assert is_signed_in(client)
    after = User.objects.get(pk=cast.practitioner.pk)
    assert after.password != before
    assert after.check_password(PASSWORD)


def test_the_product_keeps_passwords_at_argon2s_own_cost() -> None:
    assert product.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    kept = Argon2PasswordHasher().encode(PASSWORD, "a grain of salt")
    assert "$m=102400,t=2,p=8$" in kept


def test_a_page_for_somebody_signed_in_is_never_kept_by_the_browser(client: Client, cast: Any) -> None:
    sign_in(client, cast.practitioner)
    assert client.get("/roles/").headers["Cache-Control"] == "private, no-store"


def test_somebody_signed_in_who_opens_the_sign_in_page_goes_on(client: Client, cast: Any) -> None:
    sign_in(client, cast.practitioner)
    assert client.get("/sign-in/?next=/roles/").url == "/roles/"


def test_nobody_can_sign_up(client: Client) -> None:
    assert client.get("/signup/").status_code == 404
    assert client.get("/sign-in/signup/").status_code == 404
