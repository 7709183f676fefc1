"""Deciding and telling: once, by the area's front door, at a level that fits; the referrer is always told."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hearth.casework.front_door.models import Request, RequestPerson
from hearth.casework.front_door.triage import actions
from hearth.casework.front_door.triage.models import Decision, PersonMatch, Telling
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused

WORDS: dict[str, Any] = {"outcome": "advice", "reason": "Low need.", "words_for_referrer": "Try the drop-in."}
NOT_THEIRS = r"Only the front door|closed it to you"  # whoever may read it is told why, whoever may not that it is gone


def test_a_decision_is_on_record_with_who_why_and_at_which_level(request_: Request, cast: Any, as_: Any) -> None:
    officer = cast.front_door_officer
    with as_(officer):
        actions.record_decision(
            by=officer,
            request=request_,
            **(WORDS | {"outcome": "single_agency", "level": "universal_plus", "agency_name": "Millbank Toy Library"}),
        )
        held = Request.objects.get(pk=request_.pk)
        assert (held.outcome, held.words_for_referrer) == ("single_agency", "Try the drop-in.")
        decision = Decision.objects.get(request=held)
        assert (decision.decided_by, decision.level, decision.agency_name) == (
            officer,
            "universal_plus",
            "Millbank Toy Library",
        )
        event = AuditEvent.objects.get(verb="front_door.request_decided", subject=held.reference)
        assert "Low need" not in str(event.detail)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"outcome": "assessment"}, "Choose a level of need"),
        ({"outcome": "assessment", "level": "specialist"}, "is decided at"),
        ({"outcome": "assessment", "level": "nonsense"}, "is decided at"),
        ({"outcome": "nonsense"}, "Choose what is decided"),
        ({"outcome": ""}, "Choose what is decided"),
    ],
)
def test_an_outcome_and_level_that_do_not_fit_are_refused_with_what_would(
    change: dict[str, str], sentence: str, request_: Request, cast: Any, as_: Any
) -> None:
    with as_(cast.front_door_officer), pytest.raises(Refused, match=sentence):
        actions.record_decision(by=cast.front_door_officer, request=request_, **(WORDS | change))


@pytest.mark.parametrize(
    "key",
    [
        "practitioner",
        "manager",
        "development_officer",
        "other_front_door_officer",
        "colleague",
        "information_governance",
    ],
)
def test_only_the_areas_front_door_decides(key: str, request_: Request, cast: Any, as_: Any) -> None:
    who = getattr(cast, key)
    with as_(who), pytest.raises(Refused, match=NOT_THEIRS):
        actions.record_decision(by=who, request=request_, **WORDS)


def test_of_two_officers_the_second_is_told_who_decided_what_and_nothing_is_overwritten(
    request_: Request, cast: Any, as_: Any
) -> None:
    first, second = cast.front_door_officer, cast.other_front_door_officer
    with as_(first):
        stale = Request.objects.get(pk=request_.pk)
        actions.record_decision(by=first, request=request_, **WORDS)
        with pytest.raises(Refused, match=f"{first.full_name} decided this request on .*Advice and signposting"):
            actions.record_decision(by=first, request=stale, **(WORDS | {"outcome": "no_further_action"}))
        assert Request.objects.get(pk=request_.pk).outcome == "advice"
        twin = Decision(
            request=request_,
            outcome="panel",
            reason="x",
            decided_by=first,
            decided_at=clock.now(),
            was_due_on=clock.today(),
        )
        with pytest.raises(IntegrityError, match="decided_once"), transaction.atomic():
            twin.save(force_insert=True)
    with as_(second), pytest.raises(Refused):
        actions.record_decision(by=second, request=stale, **WORDS)


def test_whoever_asked_and_signs_in_is_told_when_they_open_the_answer(request_: Request, cast: Any, as_: Any) -> None:
    with as_(cast.front_door_officer):
        actions.record_decision(by=cast.front_door_officer, request=request_, **WORDS)
    with as_(cast.practitioner):
        actions.note_answer_read(by=cast.practitioner, request=request_)
        held = Request.objects.get(pk=request_.pk)
        assert (held.state, held.told_at) == ("told", clock.now())
        assert Telling.objects.get(request=held).how == "read"
        with pytest.raises(Refused, match="no answer waiting"):
            actions.note_answer_read(by=cast.practitioner, request=held)


def test_nobody_else_opening_it_counts_as_the_referrer_being_told(request_: Request, cast: Any, as_: Any) -> None:
    with as_(cast.front_door_officer):
        actions.record_decision(by=cast.front_door_officer, request=request_, **WORDS)
    for who in (cast.colleague, cast.manager, cast.front_door_officer):
        with as_(who), pytest.raises(Refused, match=r"Only the person who made|closed it to you"):
            actions.note_answer_read(by=who, request=request_)


@pytest.mark.parametrize("how", ["read", "message", "nonsense", ""])
def test_an_officer_cannot_record_what_only_the_product_knows(how: str, request_: Request, cast: Any, as_: Any) -> None:
    officer = cast.front_door_officer
    with as_(officer):
        actions.record_decision(by=officer, request=request_, **WORDS)
        with pytest.raises(Refused, match="Choose how"):
            actions.record_told(by=officer, request=request_, how=how)


def test_there_is_nothing_to_tell_before_a_decision_and_nothing_twice(request_: Request, cast: Any, as_: Any) -> None:
    officer = cast.front_door_officer
    with as_(officer):
        with pytest.raises(Refused, match="nothing to tell yet"):
            actions.record_told(by=officer, request=request_, how="phone")
        actions.record_decision(by=officer, request=request_, **WORDS)
        actions.record_told(by=officer, request=request_, how="phone")
        with pytest.raises(Refused, match="on record that the referrer"):
            actions.record_told(by=officer, request=request_, how="letter")


def test_a_message_that_went_tells_once_and_an_old_one_tells_nothing(request_: Request, cast: Any, as_: Any) -> None:
    officer = cast.front_door_officer
    with as_(officer):
        old = actions.record_decision(by=officer, request=request_, **WORDS)
        actions.reopen_decision(by=officer, request=request_, because="More came in.")
        new = actions.record_decision(by=officer, request=request_, **WORDS)
        actions.note_message_sent(by=officer, request=request_, decision_id=old.id, sent_at=clock.now())
        assert Request.objects.get(pk=request_.pk).state == "decided"
        for _ in range(2):
            actions.note_message_sent(by=officer, request=request_, decision_id=new.id, sent_at=clock.now())
        assert Telling.objects.get(request=request_).how == "message"


@pytest.mark.parametrize("key", ["practitioner", "manager", "other_front_door_officer"])
def test_only_the_areas_front_door_reopens(key: str, request_: Request, cast: Any, as_: Any) -> None:
    with as_(cast.front_door_officer):
        actions.record_decision(by=cast.front_door_officer, request=request_, **WORDS)
    who = getattr(cast, key)
    with as_(who), pytest.raises(Refused, match=NOT_THEIRS):
        actions.reopen_decision(
            by=who, request=Request(pk=request_.pk, area=request_.area, state="decided"), because="No"
        )


def test_a_request_that_is_not_decided_cannot_be_reopened(request_: Request, cast: Any, as_: Any) -> None:
    with as_(cast.front_door_officer), pytest.raises(Refused, match="nothing to reopen"):
        actions.reopen_decision(by=cast.front_door_officer, request=request_, because="No")


def test_somebody_is_matched_rematched_and_never_twice_with_one_person(
    family: Any, request_: Request, cast: Any, as_: Any
) -> None:
    officer = cast.front_door_officer
    with as_(officer):
        kelly, leo = RequestPerson.objects.filter(request=request_).order_by("place")
        known = [membership.person for membership in family.memberships.select_related("person")]
        actions.match_person(by=officer, request=request_, typed=kelly, person=known[0])
        with pytest.raises(Refused, match="matched with that person already"):
            actions.match_person(by=officer, request=request_, typed=leo, person=known[0])
        actions.match_person(by=officer, request=request_, typed=kelly, person=None)
        assert PersonMatch.objects.get(typed=kelly).person is None


def test_a_person_on_another_request_cannot_be_matched_through_this_one(
    request_: Request, ask: Any, cast: Any, as_: Any
) -> None:
    other = ask()
    with as_(cast.front_door_officer):
        typed = RequestPerson.objects.filter(request=other)[0]
        with pytest.raises(Refused, match="on another request"):
            actions.match_person(by=cast.front_door_officer, request=request_, typed=typed, person=None)


def test_a_request_moves_only_to_another_open_area(
    request_: Request, cast: Any, other_area: Any, area: Any, as_: Any
) -> None:
    officer = cast.front_door_officer
    with as_(officer):
        with pytest.raises(Refused, match="with that area already"):
            actions.move_request(by=officer, request=request_, area=area, why="?")
        moved = actions.move_request(by=officer, request=request_, area=other_area, why="They live there.")
        assert (moved.area, moved.due_on) == (other_area, request_.due_on)
        with pytest.raises(Refused, match=NOT_THEIRS):
            actions.record_decision(by=officer, request=moved, **WORDS)


def test_a_caller_or_a_family_cannot_be_asked_in_the_product(ask: Any, cast: Any, as_: Any) -> None:
    made = ask(channel="phone", asker_name="Kelly Marsden", asker_relation="parent")
    with as_(cast.front_door_officer), pytest.raises(Refused, match="Ring them"):
        actions.ask_referrer(by=cast.front_door_officer, request=made, words="?")


def test_a_withdrawn_request_is_not_decided(request_: Request, cast: Any, as_: Any) -> None:
    from hearth.casework.front_door.actions import withdraw_request

    with as_(cast.practitioner):
        withdraw_request(by=cast.practitioner, request=request_, because="Moved.")
    with as_(cast.front_door_officer), pytest.raises(Refused, match="has withdrawn"):
        actions.record_decision(by=cast.front_door_officer, request=request_, **WORDS)
