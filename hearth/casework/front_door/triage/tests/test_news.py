"""Telling the referrer by message: it names nobody, and the clock stops only when it has gone."""

import uuid
from typing import Any

import pytest

from hearth.casework.front_door.jobs import confirm
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.tests.conftest import asking
from hearth.casework.front_door.triage.actions import ask_referrer, record_decision
from hearth.casework.front_door.triage.models import Telling
from hearth.casework.front_door.triage.news import ANSWERED, key_of
from hearth.foundation.messages.models import Message
from hearth.foundation.messages.queries import Delivery


@pytest.fixture
def asked(cast: Any, area: Any) -> Request:
    """The school has asked for help for the Marsdens."""
    return asking(cast, area)(consent_on=None)


def decide(cast: Any, as_: Any, request: Request) -> Any:
    """Advice."""
    with as_(cast.front_door_officer):
        return record_decision(
            by=cast.front_door_officer, request=request, outcome="advice", reason="Low.", words_for_referrer="Try this."
        )


def test_the_referrer_gets_one_message_for_receipt_question_and_answer_with_a_link_and_no_name(
    asked: Request, cast: Any, as_: Any
) -> None:
    with as_(cast.front_door_officer):
        ask_referrer(by=cast.front_door_officer, request=asked, words="Which school?")
    decide(cast, as_, asked)
    with as_(cast.practitioner):
        sent = list(Message.objects.filter(to_user_id=cast.practitioner.id).order_by("created_at"))
    assert [message.template for message in sent] == ["request_received", "request_question", "request_answered"]
    assert {message.link for message in sent} == {f"/requests/{asked.reference}/"}


def test_a_caller_gets_no_message(cast: Any, area: Any, as_: Any) -> None:
    made = asking(cast, area)(channel="phone", consent_on=None, asker_name="Kelly Marsden", asker_relation="parent")
    decide(cast, as_, made)
    with as_(cast.front_door_officer):
        assert not Message.objects.filter(made_by_id=cast.front_door_officer.id).exists()


def delivered(monkeypatch: Any, key: str, status: str, sent_at: Any = None) -> None:
    """As if the outbox had got so far with the message."""
    monkeypatch.setattr(
        "hearth.casework.front_door.jobs.delivery_of",
        lambda wanted: Delivery(key, status, sent_at) if wanted == key else None,
    )


def test_the_clock_goes_on_until_the_message_has_gone_and_then_stops_at_that_moment(
    asked: Request, cast: Any, as_: Any, monkeypatch: Any
) -> None:
    decision = decide(cast, as_, asked)
    key, officer = key_of(ANSWERED, decision.id), cast.front_door_officer.id
    for status in ("waiting", "failed", "sending"):
        delivered(monkeypatch, key, status)
        assert not confirm(asked.id, decision.id, officer)
    with as_(cast.front_door_officer):
        assert Request.objects.get(pk=asked.pk).state == "decided"
    delivered(monkeypatch, key, "sent", decision.decided_at)
    assert confirm(asked.id, decision.id, officer)
    assert confirm(asked.id, decision.id, officer)
    with as_(cast.front_door_officer):
        held = Request.objects.get(pk=asked.pk)
        assert (held.state, held.told_at, held.due_on) == ("told", decision.decided_at, None)
        assert Telling.objects.get(request=held).how == "message"


def test_a_message_that_is_given_up_leaves_the_referrer_to_be_told_by_somebody(
    asked: Request, cast: Any, as_: Any, monkeypatch: Any
) -> None:
    decision = decide(cast, as_, asked)
    delivered(monkeypatch, key_of(ANSWERED, decision.id), "given_up")
    assert confirm(asked.id, decision.id, cast.front_door_officer.id)
    with as_(cast.front_door_officer):
        assert Request.objects.get(pk=asked.pk).state == "decided"


def test_the_job_knows_nothing_of_a_decision_that_is_gone(asked: Request, cast: Any, as_: Any) -> None:
    decide(cast, as_, asked)
    assert confirm(asked.id, uuid.uuid4(), cast.front_door_officer.id)
    assert confirm(uuid.uuid4(), uuid.uuid4(), cast.front_door_officer.id)
