"""My account: passwords, authenticator apps, passkeys, recovery codes."""

import json
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
from hearth.foundation.accounts.tests.conftest import code_for, first_step, is_signed_in, sign_in
from hearth.foundation.accounts.tests.device import Device
from hearth.foundation.accounts.tests.test_inviting import GOOD, invite, token_for
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.messages.models import Message
from hearth.invented.cast import PASSWORD

pytestmark = pytest.mark.django_db


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
    found = re.search(r'<script type="application/json" data-passkey-options>(.*?)</script>', page.content.decode(), re.DOTALL)
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


def test_without_a_second_step_nothing_opens_but_setting_one_up(arrived: Client) -> None:
    for path in ("/roles/", "/my-account/", "/colleagues/", "/colleagues/find/?words=a", "/ui-kit/", "/my-account/password/"):
        assert arrived.get(path).url == "/my-account/second-step/", path
    assert arrived.get("/roles/", headers={"accept": "application/json"}).status_code == 403
    assert arrived.get("/roles/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/my-account/second-step/"
    for path in ("/my-account/second-step/", "/my-account/second-step/app/", "/my-account/second-step/passkey/", "/my-account/recovery-codes/"):
        assert arrived.get(path).status_code == 200, path


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
           '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA","authenticatorData":"AA","signature":"AA","userHandle":"MQ"}}']  # fmt: skip


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
    answer = arrived.post("/my-account/second-step/passkey/", {"name": "Laptop", "credential": device.make(options, **how)})
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
    address = re.search(r"/my-account/second-step/passkey/(\w{12})/", arrived.get("/my-account/").content.decode()).group(0)
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


def test_a_sitting_begun_before_there_was_a_second_step_does_not_set_up_another(newcomer: User, arrived: Client) -> None:
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


def test_confirming_by_passkey(cast: Any) -> None:
    with clock.frozen(clock.now()) as hands:
        client, device = Client(), Device()
        sign_in(client, cast.practitioner)
        add_passkey(client, device)
        hands.forward(minutes=6)
        path = "/sign-in/confirm/passkey/?next=/my-account/recovery-codes/"
        options = options_on(client.get(path))
        assert client.post(path, {"credential": device.use(options), "next": "/my-account/recovery-codes/"}).url == "/my-account/recovery-codes/"
        assert client.get("/my-account/recovery-codes/").status_code == 200


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
    assert client.post("/my-account/details/", {"job_title": "Œuvre\u202e lead", "phone": "01632 960 001"}).url == "/my-account/"
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
    "table", ["account_emailaddress", "account_emailconfirmation", "socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken"]
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
