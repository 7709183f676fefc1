"""Asking for help: sent once, as typed, in one's own name."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from hearth.casework.front_door import actions
from hearth.casework.front_door.actions import (
    answer_front_door,
    discard_request,
    send_request,
    start_request,
    withdraw_request,
)
from hearth.casework.front_door.models import Request, RequestPerson, State
from hearth.casework.front_door.tests.conftest import BABY, KELLY, LEO, SAID
from hearth.foundation.accounts.models import Area
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused


def test_a_request_is_kept_as_it_was_typed(request_: Request, cast: Any, as_: Any) -> None:
    with as_(cast.practitioner):
        kept = Request.objects.get(reference=request_.reference)
        assert kept.state == "received"
        assert kept.organisation == cast.practitioner.organisation
        assert {name: getattr(kept, name) for name in SAID} == SAID
        people = RequestPerson.objects.filter(request=kept).order_by("place")
        assert [person.full_name for person in people] == ["Kelly Marsden", "Leo Marsden"]
        assert AuditEvent.objects.filter(verb="front_door.request_sent", subject=kept.reference).exists()


def test_an_unborn_child_can_be_named_by_its_due_date(ask: Any, cast: Any, as_: Any) -> None:
    made = ask(people=[KELLY, BABY])
    with as_(cast.practitioner):
        baby = RequestPerson.objects.get(request=made, birth_precision="expected")
        assert baby.born_on == BABY.born_on


def test_the_same_first_page_sent_twice_begins_one_request(cast: Any, as_: Any) -> None:
    key = uuid.uuid4()
    with as_(cast.practitioner):
        one = start_request(by=cast.practitioner, key=key, channel="partner", signs=[])
        two = start_request(by=cast.practitioner, key=key, channel="partner", signs=[])
        assert one.reference == two.reference
        assert Request.objects.filter(made_by=cast.practitioner).count() == 1


def test_a_request_sent_twice_is_one_request_with_its_people_once(cast: Any, area: Any, as_: Any) -> None:
    with as_(cast.practitioner):
        begun = start_request(by=cast.practitioner, key=uuid.uuid4(), channel="partner", signs=[])
        one = send_request(by=cast.practitioner, request=begun, area=area, people=[KELLY, LEO], **SAID)
        two = send_request(by=cast.practitioner, request=begun, area=area, people=[KELLY, LEO], **SAID)
        assert one.pk == two.pk
        assert RequestPerson.objects.filter(request=one).count() == 2


@pytest.mark.parametrize("more", [{"worries": "Again, and worse."}, {"people": [KELLY]}])
def test_a_sent_request_sent_again_with_other_words_says_that_they_do_not_arrive(
    cast: Any, area: Any, as_: Any, more: dict[str, Any]
) -> None:
    with as_(cast.practitioner):
        begun = start_request(by=cast.practitioner, key=uuid.uuid4(), channel="partner", signs=[])
        said = SAID | {"people": [KELLY, LEO]}
        send_request(by=cast.practitioner, request=begun, area=area, **said)
        with pytest.raises(Refused, match="Open it to add something"):
            send_request(by=cast.practitioner, request=begun, area=area, **(said | more))


def test_somebody_elses_key_begins_nothing_and_shows_nothing(cast: Any, as_: Any) -> None:
    key = uuid.uuid4()
    with as_(cast.practitioner):
        start_request(by=cast.practitioner, key=key, channel="partner", signs=[])
    with as_(cast.other_practitioner), pytest.raises(Refused, match="out of date"):
        start_request(by=cast.other_practitioner, key=key, channel="partner", signs=[])


@pytest.mark.parametrize("role", ["analyst", "elected_member", "information_governance", "administrator"])
def test_people_without_the_permission_cannot_ask(role: str, cast: Any, as_: Any) -> None:
    by = getattr(cast, role)
    with as_(by), pytest.raises(Refused, match="Your role does not let you"):
        start_request(by=by, key=uuid.uuid4(), channel="partner", signs=[])


@pytest.mark.parametrize(
    ("who", "channel"),
    [
        ("practitioner", "phone"),
        ("practitioner", "step_down"),
        ("front_door_officer", "step_down"),
        ("practitioner", "family"),
    ],
)
def test_a_way_in_belongs_to_its_own_people(who: str, channel: str, cast: Any, as_: Any) -> None:
    by = getattr(cast, who)
    with as_(by), pytest.raises(Refused):
        start_request(by=by, key=uuid.uuid4(), channel=channel, signs=[])


def test_social_care_hands_down_without_being_asked_for_an_assessment(ask: Any, cast: Any) -> None:
    made = ask(cast.safeguarding_hub_social_worker, channel="step_down", has_assessment=None, no_assessment_reason="")
    assert (made.channel, made.state) == ("step_down", "received")


@pytest.mark.parametrize(
    ("gap", "sentence"),
    [
        ({"reasons": [], "worries": ""}, "Say why help is needed"),
        ({"consent": ""}, "whether the family has agreed"),
        ({"has_assessment": None, "no_assessment_reason": ""}, "whole-family assessment"),
        ({"people": []}, "Name at least one person"),
    ],
)
def test_what_every_request_must_say_is_asked_for_whatever_the_page_forgot(
    gap: dict[str, Any], sentence: str, ask: Any
) -> None:
    with pytest.raises(Refused, match=sentence):
        ask(**gap)


def test_an_area_that_has_not_opened_says_when_it_will_and_whom_to_ring(ask: Any, area: Area) -> None:
    area.goes_live_on = clock.today() + dt.timedelta(days=1)
    with pytest.raises(Refused, match=r"Requests for .* start on .* ring 01632"):
        ask(place=area)
    area.goes_live_on = clock.today()
    assert ask(place=area).state == "received"


def test_control_characters_and_direction_overrides_are_taken_out_and_html_is_kept_as_words(ask: Any) -> None:
    made = ask(worries="He said \u202egnihton\u202c\x00 <script>alert(1)</script>", family_name=" Mars\u200bden ")
    assert made.worries == "He said gnihton <script>alert(1)</script>"
    assert made.family_name == "Marsden"


def test_a_request_that_was_begun_can_be_thrown_away_and_one_that_was_sent_cannot(
    cast: Any, request_: Request, as_: Any
) -> None:
    by = cast.practitioner
    with as_(by):
        begun = start_request(by=by, key=uuid.uuid4(), channel="partner", signs=[])
        discard_request(by=by, request=begun)
        assert not Request.objects.filter(pk=begun.pk).exists()
        with pytest.raises(Refused, match="has been sent"):
            discard_request(by=by, request=request_)


def test_the_database_itself_keeps_a_sent_request_from_being_removed(cast: Any, request_: Request, as_: Any) -> None:
    with as_(cast.practitioner):
        assert Request.objects.filter(pk=request_.pk)._raw_delete("default") == 0
    with as_(cast.front_door_officer):
        assert Request.objects.filter(pk=request_.pk)._raw_delete("default") == 0


def test_the_referrer_can_withdraw_until_it_is_decided(cast: Any, request_: Request, as_: Any) -> None:
    with as_(cast.practitioner):
        gone = withdraw_request(by=cast.practitioner, request=request_, because="They have moved to their aunt.")
        assert (gone.state, gone.due_on) == ("withdrawn", None)
        with pytest.raises(Refused, match="has been answered"):
            withdraw_request(by=cast.practitioner, request=gone, because="Again")


def test_a_colleague_cannot_answer_or_withdraw_in_the_referrers_place(cast: Any, request_: Request, as_: Any) -> None:
    for who in (cast.colleague, cast.front_door_officer):
        with as_(who), transaction.atomic(), pytest.raises(Refused, match=r"Only the person who made|closed it to you"):
            withdraw_request(by=who, request=request_, because="No")
        with as_(who), pytest.raises(Refused, match=r"Only the person who made|closed it to you"):
            answer_front_door(by=who, request=request_, words="Hello")


def test_a_reference_that_is_taken_where_nobody_may_look_is_drawn_again(
    ask: Callable[..., Request], cast: Any, other_area: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the unique index knows of it: whoever asks sees no request but their own."""
    theirs = ask(cast.other_practitioner, place=other_area)
    drawn = iter([theirs.reference, theirs.reference, "RQ-3333333"])
    monkeypatch.setattr(actions, "new_reference", lambda prefix: next(drawn))
    ours = ask()
    assert (ours.reference, ours.state) == ("RQ-3333333", State.RECEIVED)
    with acting_as(cast.other_practitioner):
        theirs.refresh_from_db()
        assert theirs.state == State.RECEIVED
    monkeypatch.setattr(actions, "new_reference", lambda prefix: theirs.reference)
    with pytest.raises(RuntimeError, match="No free reference for a request in 5 tries"):
        ask()
