"""Messages: they name nobody, go once, are tried again, and are shown as sent or not."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from jinja2 import Environment, meta

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.reader import acting_as
from hearth.foundation.messages import words
from hearth.foundation.messages.actions import send
from hearth.foundation.messages.models import Message, Status
from hearth.foundation.messages.queries import deliveries_of, delivery_of
from hearth.foundation.messages.tests.seeing import jobs

pytestmark = pytest.mark.django_db


def templates() -> list[Path]:
    return sorted(file for one in words.folders() for file in one.glob("*.txt"))


# Words


@pytest.mark.parametrize("file", templates(), ids=lambda file: file.name)
def test_no_message_can_name_anybody_or_say_anything(file: Path) -> None:
    tree = Environment(autoescape=True).parse(file.read_text())
    assert meta.find_undeclared_variables(tree) <= words.ALLOWED
    assert list(meta.find_referenced_templates(tree)) == []
    assert re.fullmatch(r"[a-z_]+\.(email|text)\.txt", file.name)


@pytest.mark.parametrize("file", templates(), ids=lambda file: file.name)
def test_every_message_reads_well(file: Path) -> None:
    template, channel, _ = file.name.split(".")
    said = words.words_of(template, channel, "/requests/RQ-4F7K3QX/")
    assert "{{" not in said.subject + said.body
    if channel == "text":
        assert len(said.body) <= words.LONGEST_TEXT
    else:
        assert 10 < len(said.subject) < 90
        assert project.HEARTH_ADDRESS + "/requests/RQ-4F7K3QX/" in said.body
        assert "ring 999" in said.body


@pytest.mark.parametrize("template", ["nothing_of_the_kind", "../../settings", "news.email", "", "NEWS", "news\n"])
def test_a_message_without_words_is_a_fault_of_the_caller(cast: Any, template: str) -> None:
    with acting_as(cast.manager), pytest.raises(ValueError, match="No room has the words"):
        send(by=cast.manager, to=cast.practitioner, template=template, key="x")


# The outbox


@pytest.fixture
def ask(cast: Any) -> Callable[..., Message]:
    """Ask for a message about something that has happened."""

    def make(key: str = "tests.answer RQ-1", **changes: Any) -> Message:
        values = {"to": cast.practitioner, "template": "request_answered", "link": "/requests/RQ-4F7K3QX/"} | changes
        with acting_as(cast.manager):
            send(by=cast.manager, key=key, **values)
            return Message.objects.get(key=key)

    return make


def test_a_message_waits_with_a_job_that_carries_its_id_and_nothing_else(ask: Any) -> None:
    before = len(jobs())
    message = ask()
    assert message.status == Status.WAITING
    assert jobs()[before:] == [{"message": str(message.id)}]


def test_the_same_key_is_sent_once(ask: Any, cast: Any) -> None:
    first = ask()
    assert ask(template="news").pk == first.pk
    assert ask().template == "request_answered"
    with acting_as(cast.administrator):  # who may not even see that it is there
        send(by=cast.administrator, to=cast.manager, template="news", key="tests.answer RQ-1")
        assert not Message.objects.filter(to_user_id=cast.manager.id).exists()


def test_a_message_is_not_sent_for_work_that_was_not_saved(cast: Any) -> None:
    @action
    def do_something(*, by: Any) -> None:
        """Ask for a message, then fail."""
        send(by=by, to=cast.practitioner, template="news", key="tests.undone")
        record("tests.done")
        raise RuntimeError

    before = len(jobs())
    with acting_as(cast.manager):
        with pytest.raises(RuntimeError):
            do_something(by=cast.manager)
        assert not Message.objects.filter(key="tests.undone").exists()
    assert len(jobs()) == before


def test_a_message_is_read_by_who_asked_and_who_it_is_for_alone(ask: Any, cast: Any) -> None:
    message = ask()
    for reader, sees in (
        (cast.manager, True),
        (cast.practitioner, True),
        (cast.administrator, False),
        (cast.colleague, False),
    ):
        with acting_as(reader):
            assert Message.objects.filter(pk=message.pk).exists() is sees
    assert not Message.objects.exists()


def test_nobody_changes_a_message_from_a_page(ask: Any, cast: Any) -> None:
    message = ask()
    for write in (
        lambda: Message.objects.filter(pk=message.pk).update(status="sent"),
        lambda: Message.objects.filter(pk=message.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as(cast.manager):
            write()


@pytest.mark.parametrize(
    "to", ["not an address", "", "a@b@c.example", "x@example.org\nBcc: y@example.org", "a" * 300 + "@example.org"]
)
def test_what_is_no_address_is_refused(cast: Any, to: str) -> None:
    with acting_as(cast.manager), pytest.raises(ValidationError):
        send(by=cast.manager, to=to, template="news", key="x", channel="text")
    with acting_as(cast.manager), pytest.raises(ValidationError):
        send(by=cast.manager, to=to, template="news", key="x")


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example", "requests/1"])
def test_a_link_leads_into_the_product(cast: Any, link: str) -> None:
    with acting_as(cast.manager), pytest.raises(ValueError, match="an address in the product"):
        send(by=cast.manager, to=cast.practitioner, template="news", key="x", link=link)


def test_what_became_of_a_message_is_shown_to_whoever_knows_its_key(
    ask: Any, cast: Any, django_assert_num_queries: Any
) -> None:
    ask("tests.one")
    ask("tests.two")
    with acting_as(cast.colleague), django_assert_num_queries(1):
        found = deliveries_of(["tests.one", "tests.two", "tests.three"])
    assert set(found) == {"tests.one", "tests.two"}
    assert found["tests.one"].words == "Waiting to be sent"
    assert not found["tests.one"].sent
    assert delivery_of("tests.three") is None
    assert deliveries_of([]) == {}
