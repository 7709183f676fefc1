"""What happens when nobody was there for a while: nothing typed is lost, and nobody else gets in."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.tests.conftest import code_for, is_signed_in
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.ui.kept import save_draft
from hearth.foundation.ui.models import Draft
from hearth.invented.cast import PASSWORD

pytestmark = pytest.mark.django_db
FORM = "/my-account/details/"
TYPED = {"job_title": "Head of pastoral care", "phone": "01632 960 001", "draft_sitting": "abc"}


@pytest.fixture
def hands() -> Iterator[clock.Hands]:
    """The clock, which these tests move."""
    with clock.frozen(clock.now()) as hands:
        yield hands


def drafts(user: User) -> list[dict[str, Any]]:
    with acting_as(user):
        return [draft.data for draft in Draft.objects.filter(author_id=user.id, cleared_at=None)]


def again(client: Client, password: str, code: str) -> Any:
    return client.post(
        "/sign-in/again/", json.dumps({"password": password, "code": code}), content_type="application/json"
    )


def test_a_page_asked_for_after_twenty_minutes_goes_to_sign_in_and_back(
    as_client: Any, cast: Any, hands: clock.Hands
) -> None:
    client = as_client(cast.practitioner)
    hands.forward(minutes=19)
    assert is_signed_in(client)
    hands.forward(minutes=20)
    assert client.get("/roles/").url == "/sign-in/?next=%2Froles%2F"
    assert b"What you typed is kept" in client.get("/sign-in/").content


def test_a_form_sent_after_twenty_minutes_is_kept_answered_401_and_not_done(
    as_client: Any, cast: Any, hands: clock.Hands
) -> None:
    client = as_client(cast.practitioner)
    hands.forward(minutes=21)
    answer = client.post(FORM, TYPED)
    assert answer.status_code == 401
    assert b"What you typed is kept" in answer.content
    assert b"/sign-in/?next=%2Fmy-account%2Fdetails%2F" in answer.content
    assert drafts(cast.practitioner) == [{"job_title": ["Head of pastoral care"], "phone": ["01632 960 001"]}]
    assert User.objects.get(pk=cast.practitioner.pk).job_title == "Pastoral lead"


def test_after_signing_in_again_the_page_has_what_was_typed(as_client: Any, cast: Any, hands: clock.Hands) -> None:
    client = as_client(cast.practitioner)
    hands.forward(minutes=21)
    client.post(FORM, TYPED)
    client.post("/sign-in/", {"login": cast.practitioner.email, "password": PASSWORD, "next": FORM})
    answer = client.post("/sign-in/second-step/", {"code": code_for(cast.practitioner)})
    assert answer.url == FORM
    page = client.get(FORM).content
    assert b"We kept what you typed when you were signed out" in page
    assert b"Head of pastoral care" in page


def test_after_signing_in_again_what_was_sent_is_offered_and_then_what_another_tab_keeps(
    as_client: Any, cast: Any, hands: clock.Hands
) -> None:
    client = as_client(cast.practitioner)
    with acting_as(cast.practitioner):
        save_draft(cast.practitioner, FORM, "", "f" * 40, {"job_title": ["In the other tab"]})
    hands.forward(minutes=21)
    client.post(FORM, TYPED | {"draft_sitting": "5" * 40})
    client.post("/sign-in/", {"login": cast.practitioner.email, "password": PASSWORD, "next": FORM})
    client.post("/sign-in/second-step/", {"code": code_for(cast.practitioner)})
    page = client.get(FORM).content
    assert b"Head of pastoral care" in page and b"You have other unsaved typing on this page" in page
    apart = re.search(rb'name="apart" value="(.{36})"', page)
    assert apart is not None
    client.post("/drafts/discard/", {"path": FORM, "form": "", "apart": apart[1].decode()})
    page = client.get(FORM).content
    assert b"In the other tab" in page and b"other unsaved typing" not in page


def test_the_next_person_at_the_same_browser_never_sees_what_was_typed(
    as_client: Any, cast: Any, hands: clock.Hands
) -> None:
    client = as_client(cast.practitioner)
    hands.forward(minutes=21)
    client.post(FORM, TYPED)
    client.post("/sign-in/", {"login": cast.colleague.email, "password": PASSWORD, "next": FORM})
    client.post("/sign-in/second-step/", {"code": code_for(cast.colleague)})
    page = client.get(FORM).content
    assert b"Head of pastoral care" not in page
    assert drafts(cast.colleague) == []


def test_a_small_button_sent_too_late_goes_back_to_the_page_it_was_on(
    as_client: Any, cast: Any, hands: clock.Hands
) -> None:
    client = as_client(cast.practitioner)
    hands.forward(minutes=21)
    answer = client.post("/my-account/recovery-codes/renew/", headers={"referer": "http://testserver/my-account/?a=b"})
    assert answer.status_code == 401
    assert b"/sign-in/?next=%2Fmy-account%2F%3Fa%3Db" in answer.content
    other = client.post("/my-account/recovery-codes/renew/", headers={"referer": "https://evil.example/"})
    assert b"evil" not in other.content


@pytest.mark.parametrize("header", ["X-Hearth-Autosave", "X-Hearth-Background"])
def test_autosave_and_polling_are_not_somebody_being_there(
    as_client: Any, cast: Any, hands: clock.Hands, header: str
) -> None:
    client = as_client(cast.practitioner)
    for _ in range(4):
        hands.forward(minutes=4)
        assert client.get("/roles/", headers={header: "1"}).status_code == 200
    hands.forward(minutes=5)
    assert client.get("/roles/", headers={header: "1"}).status_code in (302, 401)


def test_autosave_after_twenty_minutes_is_answered_401_as_json(as_client: Any, cast: Any, hands: clock.Hands) -> None:
    client = as_client(cast.practitioner)
    hands.forward(minutes=21)
    body = json.dumps({"path": FORM, "form": "", "sitting": "abc", "data": {"job_title": ["Hi"]}})
    answer = client.post("/drafts/", body, content_type="application/json", headers={"X-Hearth-Autosave": "1"})
    assert answer.status_code == 401
    assert answer.json() == {
        "code": "accounts.signed_out",
        "sentence": "You have been signed out. Sign in again to go on.",
    }


def test_a_part_asked_for_after_twenty_minutes_says_where_to_sign_in_and_moves_nothing(
    as_client: Any, cast: Any, hands: clock.Hands
) -> None:
    client = as_client(cast.practitioner)
    hands.forward(minutes=21)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/colleagues/?words=a"}
    answer = client.get("/roles/", headers=headers)
    assert answer.status_code == 401
    assert "HX-Redirect" not in answer.headers
    assert answer.headers["X-Hearth-Sign-In"] == "/sign-in/?next=%2Fcolleagues%2F%3Fwords%3Da"


def test_nobody_stays_signed_in_for_longer_than_a_long_day(as_client: Any, cast: Any, hands: clock.Hands) -> None:
    client = as_client(cast.practitioner)
    session = client.session
    session["hearth_began_at"] = session["hearth_here_at"]
    session.save()
    for _ in range(48):
        hands.forward(minutes=15)
        answer = client.get("/roles/")
    assert answer.status_code == 302


def test_signing_in_again_in_place_takes_the_sitting_up(
    as_client: Any, cast: Any, hands: clock.Hands, signed: Any
) -> None:
    client = as_client(cast.practitioner)
    hands.forward(minutes=21)
    assert client.get("/roles/").status_code == 302
    answer = again(client, PASSWORD, code_for(cast.practitioner))
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert is_signed_in(client)
    assert signed(cast.practitioner)[-1]["verb"] == "accounts.signed_in"


def test_signing_in_again_holds_where_the_hash_is_made_again_with_newer_settings(
    as_client: Any, cast: Any, hands: clock.Hands, monkeypatch: Any
) -> None:
    client, before = as_client(cast.practitioner), cast.practitioner.password
    hands.forward(minutes=21)
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", Argon2PasswordHasher.time_cost + 1)
    assert again(client, PASSWORD, code_for(cast.practitioner)).status_code == 200
    assert User.objects.get(pk=cast.practitioner.pk).password != before
    assert is_signed_in(client)


def test_pages_left_open_can_still_be_sent_after_signing_in_again(cast: Any, hands: clock.Hands) -> None:
    from hearth.foundation.accounts.testing import sign_in_fully

    client = Client(enforce_csrf_checks=True)
    sign_in_fully(client, cast.practitioner)
    client.get(FORM)
    token = client.cookies["csrftoken"].value
    hands.forward(minutes=21)
    client.get("/roles/")
    body = json.dumps({"password": PASSWORD, "code": code_for(cast.practitioner)})
    answer = client.post("/sign-in/again/", body, content_type="application/json", headers={"X-CSRFToken": token})
    assert answer.status_code == 200
    assert client.post(FORM, TYPED, headers={"X-CSRFToken": token}).status_code == 302


@pytest.mark.parametrize(
    ("password", "code"),
    [("not it", None), (PASSWORD, "000000"), ("", ""), (PASSWORD, ""), (None, None), ([], {}), ("x" * 5000, "1")],
)
def test_a_wrong_password_or_code_in_place_says_so_and_signs_nobody_in(
    as_client: Any, cast: Any, hands: clock.Hands, password: Any, code: Any
) -> None:
    client = as_client(cast.practitioner)
    hands.forward(minutes=21)
    client.get("/roles/")
    answer = again(client, password, code or "000000" if code is None else code)
    assert answer.status_code == 400
    assert answer.json()["sentence"]
    assert not is_signed_in(client)


@pytest.mark.parametrize("body", ["", "[]", "null", "{", "1", '"x"', "[" * 100_000, "\x00"])
def test_what_is_not_a_sign_in_is_answered_with_a_sentence(
    as_client: Any, cast: Any, hands: clock.Hands, body: str
) -> None:
    client = as_client(cast.practitioner)
    hands.forward(minutes=21)
    answer = client.post("/sign-in/again/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["sentence"]


def test_only_the_person_of_the_sitting_may_take_it_up(as_client: Any, cast: Any, hands: clock.Hands) -> None:
    client = as_client(cast.practitioner)
    hands.forward(minutes=21)
    client.get("/roles/")
    # The same invented password, and somebody else's code.
    assert again(client, PASSWORD, code_for(cast.colleague)).status_code == 400
    assert not is_signed_in(client)


def test_a_browser_that_was_never_signed_in_takes_nothing_up(client: Client, cast: Any) -> None:
    answer = again(client, PASSWORD, code_for(cast.practitioner))
    assert answer.status_code == 400
    assert "new tab" in answer.json()["sentence"]


def test_wrong_tries_in_place_lock_like_those_at_the_sign_in_page(
    as_client: Any, cast: Any, hands: clock.Hands, signed: Any
) -> None:
    client = as_client(cast.practitioner)
    hands.forward(minutes=21)
    client.get("/roles/")
    for _ in range(5):
        again(client, "not it", "000000")
    answer = again(client, PASSWORD, code_for(cast.practitioner))
    assert "Too many tries" in answer.json()["sentence"]
    assert "accounts.locked_out" in [event["verb"] for event in signed(cast.practitioner)]


def test_a_sitting_that_ran_out_keeps_no_second_step_for_the_next_sign_in(
    as_client: Any, cast: Any, hands: clock.Hands
) -> None:
    client = as_client(cast.practitioner)
    session = client.session
    record = {"method": "mfa", "type": "webauthn", "passwordless": True, "at": 1}
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(cast.practitioner.pk)
    session.save()
    hands.forward(minutes=21)
    client.get("/roles/")
    answer = client.post("/sign-in/", {"login": cast.practitioner.email, "password": PASSWORD})
    assert answer.url == "/sign-in/second-step/"


def test_a_sitting_ended_from_elsewhere_still_keeps_what_was_typed(as_client: Any, cast: Any) -> None:
    client = as_client(cast.practitioner)
    with acting_as(cast.practitioner):
        User.objects.filter(pk=cast.practitioner.pk).update(sessions_ended=7)
    answer = client.post(FORM, TYPED)
    assert answer.status_code == 401
    assert drafts(cast.practitioner)[0]["job_title"] == ["Head of pastoral care"]
    assert again(client, PASSWORD, code_for(cast.practitioner)).status_code == 200


def test_a_stranger_who_sends_a_form_is_answered_401_and_nothing_is_kept(client: Client) -> None:
    answer = client.post(FORM, TYPED)
    assert answer.status_code == 401
    assert b"Nobody is signed in" in answer.content


def test_a_sitting_is_noted_at_most_twice_a_minute(
    as_client: Any, cast: Any, hands: clock.Hands, django_assert_num_queries: Any
) -> None:
    client = as_client(cast.practitioner)
    client.get("/roles/")
    hands.forward(seconds=10)
    before = client.session["hearth_here_at"]
    client.get("/roles/")
    assert client.session["hearth_here_at"] == before
    hands.forward(seconds=31)
    client.get("/roles/")
    assert client.session["hearth_here_at"] > before


def test_the_session_outlives_the_sitting(settings: Any) -> None:
    assert dt.timedelta(days=3).total_seconds() <= settings.SESSION_COOKIE_AGE
    assert settings.HEARTH_IDLE_MINUTES * 60 < settings.SESSION_COOKIE_AGE
