"""Whoever a meeting concerns is told when it is moved or not held: that there is news, and no fact of it."""

import datetime as dt
from typing import Any

import pytest
from django.template.loader import get_template

from hearth.casework.panels.actions import (
    cancel_panel_meeting,
    change_panel_member,
    end_panel_member,
    move_panel_meeting,
)
from hearth.casework.panels.meetings.actions import tell_of_item
from hearth.casework.panels.models import PanelMember
from hearth.casework.panels.tests.conftest import SEATS
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message

HOURS: dict[str, Any] = {"starts_at": dt.time(9), "ends_at": dt.time(11), "place": "Elsewhere"}


def _move(by: Any, meeting: Any) -> Any:
    with acting_as(by):
        to = clock.add_working_days(meeting.meets_on, 3)
        return move_panel_meeting(by=by, meeting=meeting, meets_on=to, **HOURS)


def _told(by: Any) -> dict[Any, str]:
    with acting_as(by):
        return {row.to_user_id: row.link for row in Message.objects.filter(template="panel_moved", made_by_id=by.id)}


def _seat(panel: Any, user: Any) -> PanelMember:
    return PanelMember.objects.select_related("panel__area", "user__organisation", "deputy").get(panel=panel, user=user)


def test_members_deputies_and_whoever_brought_or_was_told_something_are_told_and_nobody_else(
    listed: Any, panel: Any, cast: Any, as_: Any
) -> None:
    by = cast.panel_coordinator
    with as_(by):
        tell_of_item(by=by, item=listed, user=cast.other_practitioner)
        seat = _seat(panel, cast.safeguarding_hub_social_worker)
        change_panel_member(by=by, member=seat, deputy=cast.other_family_worker)
        end_panel_member(by=by, member=_seat(panel, cast.charity_worker))
    _move(by, listed.meeting)
    told = _told(by)
    members = {getattr(cast, key).id for key, *_ in SEATS} - {by.id, cast.charity_worker.id}
    others = {cast.other_practitioner.id, cast.other_family_worker.id, cast.family_worker.id}
    assert set(told) == members | others
    assert set(told.values()) == {f"/panels/{panel.reference}/"}


def test_moved_twice_it_is_told_twice_and_whoever_did_it_is_not(meeting: Any, cast: Any, as_: Any) -> None:
    by = cast.panel_chair
    moved = _move(by, meeting)
    _move(by, moved)
    with as_(by):
        rows = Message.objects.filter(template="panel_moved", made_by_id=by.id)
        assert rows.filter(to_user_id=cast.health_visitor.id).count() == 2
        assert not rows.filter(to_user_id=by.id).exists()


def test_moved_to_today_nobody_is_asked_by_a_day_that_has_passed(listed: Any, cast: Any, as_: Any) -> None:
    by = cast.panel_coordinator
    day = clock.today() + dt.timedelta(days=1)
    with as_(by):
        meeting = type(listed.meeting).objects.select_related("panel__area").get(pk=listed.meeting.pk)
        moved = move_panel_meeting(by=by, meeting=meeting, meets_on=day, starts_at=dt.time(9), ends_at=dt.time(10))
    assert clock.today() <= moved.checks_by <= day


def test_one_that_is_not_held_is_told_too(meeting: Any, cast: Any, as_: Any) -> None:
    by = cast.panel_coordinator
    with as_(by):
        cancel_panel_meeting(by=by, meeting=meeting, why="Snow")
    assert {cast.panel_chair.id, cast.health_visitor.id, cast.police_officer.id} <= set(_told(by))


def test_whoever_may_not_move_it_tells_nobody(meeting: Any, cast: Any, as_: Any) -> None:
    for key in ("health_visitor", "provider", "other_manager"):
        with pytest.raises(Refused):
            _move(getattr(cast, key), meeting)
        assert _told(getattr(cast, key)) == {}


@pytest.mark.parametrize("name", ["panel_moved", "question_asked", "question_answered"])
def test_the_message_says_that_there_is_news_and_no_fact(name: str) -> None:
    for channel in ("email", "text"):
        said = get_template(f"messages/{name}.{channel}.txt").render(
            {"service": "Hearth", "authority": "Lancashire", "link": "https://hearth.example/x/", "closing": ""}
        )
        assert "https://hearth.example/x/" in said
        for fact in ("Snow", "Ashworth", "Burnley", "cancelled on", "moved to"):
            assert fact not in said
