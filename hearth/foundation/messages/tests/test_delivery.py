"""Sending, as the worker's own role and identity, on what is really saved: once, tried again, and never twice."""

import datetime as dt
import email
import email.policy
import uuid
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connections

from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.messages import delivering
from hearth.foundation.messages.carriers import carrier_of, folder, notify, smtp
from hearth.foundation.messages.models import Message, Status
from hearth.foundation.messages.parcels import CarryLater, Parcel
from hearth.foundation.messages.tests.post import MailServer, NotifyStub, running
from hearth.foundation.messages.tests.seeing import jobs, now_of

pytestmark = pytest.mark.django_db


def test_into_a_folder_by_default(post: Any, outbox: Path, cast: Any) -> None:
    key = post()
    assert delivering.deliver(key, "worker") == "sent"
    letter = email.message_from_bytes((outbox / f"{key}.eml").read_bytes(), policy=email.policy.default)
    assert letter["To"] == cast.practitioner.email
    assert letter["Subject"] == "There is an answer to your request"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert cast.practitioner.full_name not in letter.as_string()
    assert (outbox / f"{key}.eml").stat().st_mode & 0o77 == 0
    assert now_of(key).sent_at is not None


def test_texts_go_into_the_folder_too(post: Any, outbox: Path) -> None:
    key = post(channel="text", address="+447700900123")
    assert delivering.deliver(key, "worker") == "sent"
    assert (outbox / f"{key}.txt").read_text().startswith("To: +447700900123")


def test_a_message_goes_once_however_often_its_job_is_run(post: Any, settings: Any) -> None:
    with running(MailServer()) as server:
        settings.HEARTH_EMAIL_URL = server.url
        key = post()
        assert [delivering.deliver(key, "worker") for _ in range(3)] == ["sent", "", ""]
        assert len(server.letters) == 1
        assert f"Message-ID: <{key}@".encode() in server.letters[0]
    assert delivering.deliver(uuid.uuid4(), "worker") == ""


def test_two_workers_at_once_send_it_once(post: Any, settings: Any) -> None:
    with running(MailServer()) as server:
        settings.HEARTH_EMAIL_URL = server.url
        key, gate = post(), Barrier(2)
        said: list[str] = []

        def work() -> None:
            connections["worker"].connect()
            gate.wait(5)
            said.append(delivering.deliver(key, "worker"))
            connections["worker"].close()

        threads = [Thread(target=work), Thread(target=work)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert sorted(said) == ["", "sent"]
        assert len(server.letters) == 1


def test_a_mail_server_that_is_away_is_tried_again_later_and_later(post: Any, settings: Any) -> None:
    settings.HEARTH_EMAIL_URL = "smtp://127.0.0.1:1"
    key = post()
    with clock.frozen(clock.now()) as hands:
        waits = []
        for _ in delivering.TRY_AGAIN_AFTER:
            assert delivering.deliver(key, "worker") == "failed"
            assert delivering.deliver(key, "worker") == ""  # not yet
            wait = now_of(key).next_try_at - clock.now()
            waits.append(wait)
            hands.forward(seconds=wait.total_seconds())
        assert waits == sorted(waits)
        assert delivering.deliver(key, "worker") == "given_up"
        assert delivering.deliver(key, "worker") == ""
    message = now_of(key)
    assert message.tries == len(delivering.TRY_AGAIN_AFTER) + 1
    assert message.last_error == "ConnectionRefusedError"


def test_a_later_try_is_a_job_for_later(post: Any, settings: Any) -> None:
    settings.HEARTH_EMAIL_URL = "smtp://127.0.0.1:1"
    before = len(jobs())
    key = post()
    delivering.deliver(key, "worker")
    assert jobs()[before:] == [{"message": str(key)}]


@pytest.mark.parametrize(
    ("verb", "answer", "status", "error"),
    [
        ("RCPT", "550 amina.yusuf@school.example.org is not here", "given_up", "SMTP 550"),
        ("RCPT", "451 come back", "failed", "SMTP 451"),
        ("MAIL", "421 too busy", "failed", "SMTP 421"),
        (".", "554 no thank you", "given_up", "SMTP 554"),
        ("DATA", "452 full", "failed", "SMTP 452"),
    ],
)
def test_a_mail_server_says_later_or_never(
    post: Any, settings: Any, verb: str, answer: str, status: str, error: str
) -> None:
    with running(MailServer()) as server:
        settings.HEARTH_EMAIL_URL = server.url
        server.answers[verb] = answer
        key = post()
        assert delivering.deliver(key, "worker") == status
        assert server.letters == []
    assert now_of(key).last_error == error
    assert "amina" not in now_of(key).last_error


def test_a_password_is_never_sent_in_the_clear_over_a_network(monkeypatch: Any, settings: Any) -> None:
    with running(MailServer()) as server:
        monkeypatch.setattr(smtp, "HERE", ())
        settings.HEARTH_EMAIL_URL = server.url.replace("smtp://", "smtp://name:secret@")
        with pytest.raises(CarryLater, match="no encryption"):
            smtp.carry(Parcel(uuid.uuid4(), "email", "a@example.org", "x", "y"))


def test_somebody_whose_account_was_closed_is_not_written_to(post: Any, cast: Any, outbox: Path, worker: str) -> None:
    with acting_as(cast.administrator, worker):
        gone = User(
            full_name="Gone",
            email=f"{uuid.uuid4()}@example.org",
            organisation=cast.manager.organisation,
            password="!x",
            is_active=False,
        )
        gone.save(using=worker, force_insert=True)
    key = post(gone)
    assert delivering.deliver(key, "worker") == "given_up"
    assert not outbox.exists()


def test_a_secret_link_is_forgotten_once_it_was_sent(post: Any, settings: Any) -> None:
    settings.HEARTH_EMAIL_URL = "smtp://127.0.0.1:1"
    key = post(template="accounts_invitation", link="/choose-password/secret/", link_is_secret=True)
    delivering.deliver(key, "worker")
    assert now_of(key).link == "/choose-password/secret/"
    settings.HEARTH_EMAIL_URL = ""
    with clock.frozen(clock.now() + dt.timedelta(hours=1)):
        assert delivering.deliver(key, "worker") == "sent"
    assert now_of(key).link == ""


def stuck(post: Any) -> uuid.UUID:
    """A message whose worker was killed while it was sending."""
    key = post()
    delivering._claim(key, "worker")
    return key


def test_a_killed_worker_leaves_a_letter_that_is_never_sent_twice(post: Any, settings: Any) -> None:
    with running(MailServer()) as server:
        settings.HEARTH_EMAIL_URL = server.url
        key = stuck(post)
        assert delivering.deliver(key, "worker") == ""
        delivering.take_up_lost("worker")
        assert now_of(key).status == Status.SENDING  # perhaps it is only slow
        with clock.frozen(clock.now() + dt.timedelta(minutes=16)):
            delivering.take_up_lost("worker")
        assert server.letters == []
    assert now_of(key).status == Status.GIVEN_UP
    assert "nobody knows" in now_of(key).last_error


@pytest.mark.parametrize("went", [True, False])
def test_a_killed_worker_is_found_out_about_where_the_carrier_can_tell(post: Any, outbox: Path, went: bool) -> None:
    key = stuck(post)
    if went:
        folder.carry(_parcel_of(key))
    with clock.frozen(clock.now() + dt.timedelta(minutes=16)):
        late = delivering.take_up_lost("worker")
    assert now_of(key).status == (Status.SENT if went else Status.FAILED)
    assert (key in late) is not went


def _parcel_of(key: uuid.UUID) -> Any:
    with acting_as(delivering.MESSAGES, "worker"):
        return delivering._parcel(Message.objects.using("worker").get(pk=key), "worker")


def test_what_waits_too_long_gets_another_job(post: Any) -> None:
    key = post()
    with clock.frozen(clock.now() + dt.timedelta(minutes=16)):
        assert key in delivering.take_up_lost("worker")


# GOV.UK Notify

NOTIFY_KEY = "name-11111111-1111-1111-1111-111111111111-22222222-2222-2222-2222-222222222222"


@pytest.fixture
def notified(settings: Any) -> Iterator[NotifyStub]:
    """Notify, on this machine."""
    with running(NotifyStub()) as stub:
        settings.HEARTH_NOTIFY_KEY, settings.HEARTH_NOTIFY_URL = NOTIFY_KEY, stub.url
        settings.HEARTH_NOTIFY_EMAIL_TEMPLATE, settings.HEARTH_NOTIFY_TEXT_TEMPLATE = "e-mail", "text"
        yield stub


def test_notify_carries_both_channels_under_our_reference(post: Any, notified: NotifyStub, cast: Any) -> None:
    one, two = post(), post(channel="text", address="+447700900123")
    assert delivering.deliver(one, "worker") == delivering.deliver(two, "worker") == "sent"
    letter, text = notified.sent
    assert letter["path"] == "/v2/notifications/email"
    assert (letter["email_address"], letter["template_id"], letter["reference"]) == (
        cast.practitioner.email,
        "e-mail",
        str(one),
    )
    assert letter["personalisation"]["subject"] == "There is an answer to your request"
    assert (text["phone_number"], text["template_id"], set(text["personalisation"])) == (
        "+447700900123",
        "text",
        {"body"},
    )


@pytest.mark.parametrize(
    ("answer", "status"), [(400, "given_up"), (403, "failed"), (429, "failed"), (500, "failed"), (503, "failed")]
)
def test_notify_says_later_or_never(post: Any, notified: NotifyStub, answer: int, status: str) -> None:
    notified.status = answer
    key = post()
    assert delivering.deliver(key, "worker") == status
    assert now_of(key).last_error == f"Notify {answer}"


def test_notify_that_is_away_is_tried_again(post: Any, notified: NotifyStub, settings: Any) -> None:
    settings.HEARTH_NOTIFY_URL = "http://127.0.0.1:1"
    key = post()
    assert delivering.deliver(key, "worker") == "failed"
    assert notify.was_carried(_parcel_of(key)) is None


def test_notify_is_asked_about_what_a_killed_worker_left(post: Any, notified: NotifyStub) -> None:
    went, lost = stuck(post), stuck(post)
    notify.carry(_parcel_of(went))
    with clock.frozen(clock.now() + dt.timedelta(minutes=16)):
        delivering.take_up_lost("worker")
    assert now_of(went).status == Status.SENT
    assert now_of(lost).status == Status.FAILED


def test_the_carrier_is_chosen_by_settings(settings: Any) -> None:
    assert (carrier_of("email"), carrier_of("text")) == (folder, folder)
    settings.HEARTH_EMAIL_URL = "smtp://mail.example"
    assert (carrier_of("email"), carrier_of("text")) == (smtp, folder)
    settings.HEARTH_NOTIFY_KEY = NOTIFY_KEY
    assert (carrier_of("email"), carrier_of("text")) == (notify, notify)


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("smtp://mail.example", ("mail.example", 587, "", "", False)),
        ("smtps://us%40er:p%3Aw@mail.example", ("mail.example", 465, "us@er", "p:w", True)),
        ("smtp://mail.example:25", ("mail.example", 25, "", "", False)),
    ],
)
def test_the_mail_servers_address_is_read(url: str, parts: tuple[Any, ...]) -> None:
    found = smtp.server_of(url)
    assert (found.host, found.port, found.name, found.password, found.tls_first) == parts


# What the identity that sends may see


@pytest.mark.parametrize(
    "sql",
    [
        "select full_name from accounts_user",
        "select * from people_person",
        "select * from audit_auditevent",
        "update outbox_message set key = 'x'",
        "delete from outbox_message",
        "insert into outbox_message (id) values (gen_random_uuid())",
    ],
)
def test_the_sending_identity_sees_an_address_and_no_name(worker: str, sql: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(delivering.MESSAGES, "worker"):
        connections["worker"].cursor().execute(sql)


def test_what_was_sent_is_never_unsent(post: Any) -> None:
    key = post()
    delivering.deliver(key, "worker")
    with acting_as(delivering.MESSAGES, "worker"):
        assert Message.objects.using("worker").filter(pk=key).update(status="waiting") == 0
