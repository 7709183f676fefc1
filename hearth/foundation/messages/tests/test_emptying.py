"""What a message said and where it went is let go when the pack says; that it was sent stays. On what is really saved."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connections

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages import delivering, emptying
from hearth.foundation.messages.actions import send_again
from hearth.foundation.messages.models import Status
from hearth.foundation.messages.tests.seeing import now_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def then() -> dt.datetime:
    """So long ago that the words have passed their time."""
    return clock.now() - dt.timedelta(days=pack().retention.message_text_days, minutes=5)


def sent(post: Any, moment: dt.datetime, **values: Any) -> uuid.UUID:
    """A message that went out at a moment."""
    with clock.frozen(moment):
        key = post(**{"address": "kelly@family.example.org", "link": "/requests/RQ-2222/"} | values)
        assert delivering.deliver(key, "worker") == "sent"
    return key


def test_an_old_message_is_emptied_and_still_says_that_it_was_sent(post: Any, then: dt.datetime) -> None:
    key = sent(post, then)
    before = now_of(key)
    assert before.address and before.link
    assert emptying.empty_old_messages("worker") == 1
    now = now_of(key)
    assert (now.address, now.link) == ("", "") and now.emptied_at is not None
    kept = ("status", "sent_at", "template", "key", "created_at", "channel")
    assert [getattr(now, name) for name in kept] == [getattr(before, name) for name in kept]
    assert now.status == Status.SENT
    assert emptying.empty_old_messages("worker") == 0  # safe to run twice


def test_a_younger_message_keeps_its_words(post: Any, then: dt.datetime) -> None:
    key = sent(post, then + dt.timedelta(minutes=10))
    assert emptying.empty_old_messages("worker") == 0
    assert now_of(key).address == "kelly@family.example.org"


def test_a_message_that_still_waits_keeps_its_words_however_old(post: Any, then: dt.datetime) -> None:
    with clock.frozen(then):
        key = post(address="kelly@family.example.org")
    assert emptying.empty_old_messages("worker") == 0
    assert now_of(key).address == "kelly@family.example.org"


def test_the_days_count_from_when_it_was_sent(post: Any, then: dt.datetime) -> None:
    with clock.frozen(then):
        key = post(address="kelly@family.example.org")
    assert delivering.deliver(key, "worker") == "sent"  # today
    assert emptying.empty_old_messages("worker") == 0
    assert now_of(key).emptied_at is None


def test_one_that_was_given_up_is_emptied_and_cannot_be_sent_again(post: Any, then: dt.datetime, cast: Any) -> None:
    with clock.frozen(then):
        key = post(address="kelly@family.example.org", status=Status.GIVEN_UP)
    assert emptying.empty_old_messages("worker") == 1
    with acting_as(cast.administrator, "worker"), connections["worker"].cursor() as cursor:
        cursor.execute("select hearth_send_again(%s, now())", [key])
        assert cursor.fetchone() == (None,)
    with acting_as(cast.administrator), pytest.raises(Refused, match="cannot be sent again"):
        send_again(by=cast.administrator, message=key)
    assert now_of(key).status == Status.GIVEN_UP


def test_the_tidying_identity_reads_neither_address_nor_link_and_changes_nothing_else(
    post: Any, then: dt.datetime
) -> None:
    key = sent(post, then)
    for column in ("address", "link", "template", "to_user_id"):
        with pytest.raises(DatabaseError, match="permission denied"), acting_as(emptying.TIDYING, "worker"):
            connections["worker"].cursor().execute(f"select {column} from outbox_message")  # noqa: S608
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(emptying.TIDYING, "worker"):
        connections["worker"].cursor().execute("update outbox_message set status = 'waiting' where id = %s", [key])
    with pytest.raises(DatabaseError, match="row-level security"), acting_as(emptying.TIDYING, "worker"):
        connections["worker"].cursor().execute("update outbox_message set link = '/elsewhere/' where id = %s", [key])


def test_the_database_empties_no_message_that_is_still_to_go(post: Any) -> None:
    key = post(address="kelly@family.example.org")
    with pytest.raises(DatabaseError, match="only_a_done_message_is_emptied"), connections["owner"].cursor() as cursor:
        cursor.execute("update outbox_message set emptied_at = now() where id = %s", [key])
