"""My account: passwords, authenticator apps, recovery codes, and what nobody else may reach."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client

from hearth.config.codes import code_at
from hearth.foundation.accounts import actions
from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.tests.conftest import (
    GOOD,
    code_for,
    factors,
    first_step,
    is_signed_in,
    set_up_app,
    sign_in,
    token_for,
)
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.messages.models import Message
from hearth.invented.cast import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_newcomer_sets_up_an_app_and_is_in(arrived: Client, newcomer: User) -> None:
    secret, answer = set_up_app(arrived)
    assert answer.url == "/my-account/recovery-codes/"
    codes = re.findall(r"<code>(\d{4}) (\d{4})</code>", arrived.get(answer.url).content.decode())
    assert len(codes) == 10
    assert is_signed_in(arrived)
    assert factors(newcomer) == ["recovery_codes", "totp"]
    other = Client()
    first_step(other, newcomer, GOOD)
    other.post("/sign-in/second-step/", {"code": code_at(secret, time.time())})
    assert is_signed_in(other)


def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_picture(arrived: Client, newcomer: User) -> None:
    page = arrived.get("/my-account/second-step/app/").content.decode()
    answer = arrived.post("/my-account/second-step/app/", {"code": "000000"})
    assert answer.status_code == 422
    secret = re.search(r'class="app-key">([A-Z2-7 ]+)<', page).group(1)
    assert secret in answer.content.decode()
    assert factors(newcomer) == []
    assert not is_signed_in(arrived)


def test_another_telephone_takes_the_place_of_the_one_before(cast: Any) -> None:
    client = Client()
    sign_in(client, cast.practitioner)
    secret, answer = set_up_app(client)
    assert answer.status_code == 302
    assert factors(cast.practitioner) == ["recovery_codes", "totp"]
    other = Client()
    first_step(other, cast.practitioner)
    other.post("/sign-in/second-step/", {"code": code_for(cast.practitioner, 1)})
    assert not is_signed_in(other)
    other.post("/sign-in/second-step/", {"code": code_at(secret, time.time())})
    assert is_signed_in(other)


def test_a_sitting_begun_before_there_was_a_second_step_does_not_set_up_another(
    newcomer: User, arrived: Client
) -> None:
    """Somebody who knows the password and was quicker gets no further once the owner has a second step."""
    thief = Client()
    first_step(thief, newcomer, GOOD)
    assert thief.get("/my-account/second-step/").status_code == 200
    set_up_app(arrived)
    assert thief.get("/my-account/second-step/app/").url.startswith("/sign-in/")
    # Nor with a session that somehow still names them.
    session = arrived.session
    del session["hearth_second_factor"]
    session.save()
    assert arrived.get("/my-account/second-step/app/").url == "/sign-in/"
    assert arrived.get("/my-account/second-step/app/").url.startswith("/sign-in/?next")


def test_a_sitting_that_is_not_fresh_confirms_first(cast: Any) -> None:
    with clock.frozen(clock.now()) as hands:
        client = Client()
        sign_in(client, cast.practitioner)
        hands.forward(minutes=6)
        asked = client.get("/my-account/second-step/app/")
        assert asked.url == "/sign-in/confirm/?next=%2Fmy-account%2Fsecond-step%2Fapp%2F"
        page = client.get(asked.url)
        assert b"Show that it is you" in page.content
        assert b"/sign-in/confirm/code/" in page.content
        wrong = client.post(asked.url, {"password": "not it"})
        assert b"That is not your password" in wrong.content
        answer = client.post(asked.url, {"password": PASSWORD})
        assert answer.url == "/my-account/second-step/app/"
        assert client.get(answer.url).status_code == 200


def test_confirming_by_code_works_once_a_code(cast: Any) -> None:
    with clock.frozen(clock.now()) as hands:
        client = Client()
        sign_in(client, cast.practitioner)
        hands.forward(minutes=6)
        path = "/sign-in/confirm/code/?next=/my-account/recovery-codes/"
        assert client.get(path).status_code == 200
        assert client.post(path, {"code": code_for(cast.practitioner)}).status_code == 200  # used to sign in
        assert client.post(path, {"code": code_for(cast.practitioner, 1)}).url == "/my-account/recovery-codes/"


def test_a_password_is_changed_by_somebody_who_knows_it(cast: Any) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here, cast.practitioner)
    first_step(elsewhere, cast.practitioner)
    elsewhere.post("/sign-in/second-step/", {"code": code_for(cast.practitioner, 1)})
    wrong = here.post("/my-account/password/", {"old_password": "not it", "password": GOOD})
    assert wrong.status_code == 422
    assert GOOD.encode() not in wrong.content
    poor = here.post("/my-account/password/", {"old_password": PASSWORD, "password": "short"})
    assert b"at least 12" in poor.content
    assert here.post("/my-account/password/", {"old_password": PASSWORD, "password": GOOD}).url == "/my-account/"
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert User.objects.get(pk=cast.practitioner.pk).check_password(GOOD)


def test_recovery_codes_are_renewed(cast: Any) -> None:
    client = Client()
    sign_in(client, cast.practitioner)
    set_up_app(client)
    before = re.findall(r"<code>(\d{4} \d{4})</code>", client.get("/my-account/recovery-codes/").content.decode())
    client.post("/my-account/recovery-codes/renew/")
    after = re.findall(r"<code>(\d{4} \d{4})</code>", client.get("/my-account/recovery-codes/").content.decode())
    assert len(after) == 10
    assert not set(before) & set(after)


def test_my_account_shows_who_i_am_and_how_i_sign_in(cast: Any) -> None:
    client = Client()
    sign_in(client, cast.practitioner)
    page = client.get("/my-account/").content.decode()
    assert "Amina Yusuf" in page
    assert "Practitioner, Burnley" in page
    assert "Authenticator app" in page
    assert "Remove the app" not in page


@pytest.mark.parametrize("phone", ["12", "x" * 41, "<script>alert(1)</script>"])
def test_a_bad_telephone_number_is_a_sentence_and_nothing_is_lost(as_client: Any, cast: Any, phone: str) -> None:
    client = as_client(cast.practitioner)
    answer = client.post("/my-account/details/", {"job_title": "Head of year", "phone": phone})
    assert answer.status_code == 422
    assert b"Head of year" in answer.content
    assert b"<script>alert" not in answer.content


def test_details_are_changed_and_found(as_client: Any, cast: Any) -> None:
    client = as_client(cast.practitioner)
    assert (
        client.post("/my-account/details/", {"job_title": "Œuvre\u202e lead", "phone": "01632 960 001"}).url
        == "/my-account/"
    )
    person = User.objects.get(pk=cast.practitioner.pk)
    assert person.job_title == "Œuvre lead"
    assert " oeuvre lead" in person.search_text


def test_second_steps_are_their_owners_alone(cast: Any) -> None:
    assert not Authenticator.objects.exists()  # nobody signed in
    with acting_as(cast.administrator):
        assert {row.user_id for row in Authenticator.objects.all()} == {cast.administrator.id}
        assert Authenticator.objects.filter(user=cast.practitioner).delete()[0] == 0
        assert Authenticator.objects.filter(user=cast.practitioner).update(data={}) == 0


def test_somebody_half_signed_in_reads_their_own_second_steps_and_nothing_else(cast: Any, family: Any) -> None:
    from hearth.foundation.accounts.sign_in.pending import let_sign_in
    from hearth.records.people.models import Family

    let_sign_in(cast.family_worker)
    assert {row.user_id for row in Authenticator.objects.all()} == {cast.family_worker.id}
    assert not Family.objects.exists()
    assert Authenticator.objects.filter(user=cast.family_worker).delete()[0] == 0  # to read and count, not to remove
    let_sign_in(None)
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "table",
    [
        "account_emailaddress",
        "account_emailconfirmation",
        "socialaccount_socialaccount",
        "socialaccount_socialapp",
        "socialaccount_socialtoken",
    ],
)
def test_tables_that_hearth_leaves_empty_cannot_be_written(cast: Any, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select has_table_privilege(%s, 'insert'), has_table_privilege(%s, 'update')", [table, table])
        assert cursor.fetchone() == (False, False)


def test_a_forgotten_password_sends_a_link_and_says_the_same_to_everybody(client: Client, cast: Any) -> None:
    known = client.post("/sign-in/forgotten/", {"email": cast.practitioner.email.upper()})
    unknown = client.post("/sign-in/forgotten/", {"email": "nobody@example.org"})
    strip = lambda page: re.sub(rb'(nonce|value)="[^"]*"', b"", page.content)  # noqa: E731
    assert strip(known) == strip(unknown)
    assert b"If somebody with that address has an account" in known.content
    with acting_as(cast.practitioner):
        assert Message.objects.filter(template="accounts_password").count() == 1
    client.post(f"/choose-password/{token_for(cast.practitioner)}/", {"password": GOOD})
    assert not is_signed_in(client)  # the second step is asked for as always
    client.post("/sign-in/second-step/", {"code": code_for(cast.practitioner)})
    assert is_signed_in(client)


def test_forgotten_passwords_are_limited(client: Client, cast: Any) -> None:
    for _ in range(5):
        client.post("/sign-in/forgotten/", {"email": cast.practitioner.email})
    with acting_as(cast.practitioner):
        assert Message.objects.filter(template="accounts_password").count() == 3


def test_a_closed_account_gets_no_link(client: Client, cast: Any) -> None:
    with acting_as(cast.manager):
        actions.close_account(by=cast.manager, person=cast.family_worker)
    client.post("/sign-in/forgotten/", {"email": cast.family_worker.email})
    with acting_as(cast.family_worker):
        assert not Message.objects.filter(template="accounts_password").exists()
