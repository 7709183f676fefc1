"""Chair and coordinator rehearse a meeting before its day; nothing is written there then, and its minutes begin with it."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.panels.models import PanelAction, PanelDecision
from hearth.casework.panels.running.actions import (
    add_panel_action,
    approve_minutes,
    decide_panel_item,
    declare_interest,
    record_panel_attendance,
)
from hearth.casework.panels.tests.conftest import SEATS
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.records.people.models import Access


def _address(name: str, item: Any) -> str:
    return reverse(name, args=[item.meeting.reference])


@pytest.mark.parametrize("who", ["panel_chair", "panel_coordinator"])
def test_those_who_run_it_see_the_screen_and_the_wall_before_the_day_and_can_write_nothing(
    who: str, item: Any, cast: Any, as_client: Any
) -> None:
    client = as_client(getattr(cast, who))
    assert "Rehearse the meeting" in client.get(_address("panel_meeting", item)).content.decode()
    screen = client.get(_address("run_panel_meeting", item)).content.decode()
    assert "Rehearsal" in screen and "Nothing of that can be written before" in screen and "Ashworth" in screen
    for name in ("decide_panel_item", "add_panel_action", "declare_interest", "put_off_item"):
        assert reverse(name, args=[item.reference]) not in screen, name
        assert client.get(reverse(name, args=[item.reference])).status_code == 403, name
    assert _address("record_panel_attendance", item) not in screen
    assert client.get(_address("record_panel_attendance", item)).status_code == 403
    wall = client.get(_address("project_panel_meeting", item)).content.decode()
    assert "Rehearsal" in wall and "School attendance" in wall and "Ashworth" not in wall.split("<main")[1]


def test_a_rehearsal_is_a_look_and_is_on_record_as_one(item: Any, cast: Any, as_client: Any) -> None:
    as_client(cast.panel_chair).get(_address("run_panel_meeting", item))
    with acting_as(cast.panel_chair, using="audit"):
        verbs = set(AuditEvent.objects.using("audit").filter(family_id=item.family_id).values_list("verb", flat=True))
    assert "panels.item_rehearsed" in verbs and "panels.item_heard" not in verbs


def test_members_and_strangers_do_not_rehearse(listed: Any, cast: Any, as_client: Any) -> None:
    for who, status in (("health_visitor", 403), ("police_officer", 403), ("other_manager", 404)):
        for name in ("run_panel_meeting", "project_panel_meeting"):
            assert as_client(getattr(cast, who)).get(_address(name, listed)).status_code == status, (who, name)


def test_nothing_is_decided_before_the_day(item: Any, cast: Any, as_: Any) -> None:
    by = cast.panel_coordinator
    said: dict[str, Any] = {"by": by, "item": item}
    with as_(by):
        for do in (
            lambda: decide_panel_item(**said, kind="advice", words="Ring", reasons="It helps"),
            lambda: add_panel_action(**said, what="Ring", owner=by, due_on=item.meeting.meets_on),
            lambda: declare_interest(**said, user=cast.panel_chair, words="A cousin", leaves=True),
            lambda: record_panel_attendance(by=by, meeting=item.meeting, there={by: "early_help"}),
        ):
            with pytest.raises(Refused, match="What it decides is written then"):
                do()
        assert not PanelDecision.objects.exists()


def test_the_minutes_of_a_meeting_to_come_say_that_they_begin_with_it(item: Any, cast: Any, as_client: Any) -> None:
    for who in ("panel_chair", "panel_coordinator", "police_officer"):
        page = as_client(getattr(cast, who)).get(_address("panel_minutes", item)).content.decode()
        assert "The minutes begin with the meeting" in page, who
        assert "Who was there" not in page and "Ashworth" not in page and "Approve" not in page, who


@pytest.fixture
def approved(listed: Any, cast: Any) -> Any:
    """The meeting was held yesterday: a decision, an action, and minutes that the chair approved."""
    by, meeting = cast.panel_coordinator, listed.meeting
    with acting_as(by):
        meeting.meets_on = clock.today()
        meeting.save(update_fields=["meets_on"])
        there = {getattr(cast, key): sector for key, place, _, sector in SEATS if place == "core"}
        record_panel_attendance(by=by, meeting=meeting, there=there)
        decide_panel_item(by=by, item=listed, kind="joint_working", words="Both visit together", reasons="They asked")
        add_panel_action(by=by, item=listed, what="Ring the school", owner=cast.police_officer, due_on=clock.today())
    with acting_as(cast.panel_chair):
        approve_minutes(by=cast.panel_chair, meeting=meeting)
        meeting.meets_on = clock.today() - dt.timedelta(days=1)
        meeting.save(update_fields=["meets_on"])
    return listed


def test_the_coordinator_sees_of_a_held_meeting_what_the_chair_sees(approved: Any, cast: Any, as_client: Any) -> None:
    for who in ("panel_chair", "panel_coordinator"):
        client = as_client(getattr(cast, who))
        held = client.get(_address("panel_meeting", approved)).content.decode()
        assert "Ashworth" in held and "The list" in held and "You have no list" not in held, who
        minutes = client.get(_address("panel_minutes", approved)).content.decode()
        assert "Both visit together" in minutes and "Ring the school" in minutes, who
        panel = client.get(reverse("panel", args=[approved.panel.reference])).content.decode()
        assert "What people are still to do for it" in panel and "Ring the school" in panel, who
    member = as_client(cast.police_officer).get(reverse("panel", args=[approved.panel.reference])).content.decode()
    assert "Ring the school" not in member, "members have their own, on a page of their own"


def test_before_the_minutes_are_approved_the_coordinator_reads_the_draft_and_the_chair_alone_approves(
    sitting: Any, listed: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    by = cast.panel_coordinator
    with as_(by):
        decide_panel_item(by=by, item=listed, kind="advice", words="Ring them", reasons="It helps")
    address, draft = _address("panel_minutes", listed), {}
    for who in ("panel_chair", "panel_coordinator"):
        draft[who] = as_client(getattr(cast, who)).get(address).content.decode()
        assert "Ring them" in draft[who] and "Not approved yet" in draft[who], who
    assert "Approve the minutes" in draft["panel_chair"]
    assert "Approve the minutes" not in draft["panel_coordinator"]
    assert "The chair approves the minutes" in draft["panel_coordinator"]


def test_what_is_closed_to_the_coordinator_stays_closed_and_is_said_to_be_there(
    approved: Any, cast: Any, as_client: Any
) -> None:
    with acting_as(cast.panel_coordinator):
        Access.objects.filter(basis=approved.id).update(until_at=clock.now() - dt.timedelta(minutes=1))
    client = as_client(cast.panel_coordinator)
    page = client.get(_address("panel_meeting", approved)).content.decode()
    panel = client.get(reverse("panel", args=[approved.panel.reference])).content.decode()
    assert "Ashworth" not in page and "1 item of the list is not here: taken back, or closed to you" in page
    assert "Ring the school" not in panel


def test_whoever_chases_an_action_says_that_it_is_done_and_comes_back_to_the_panel(
    approved: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    with as_(cast.panel_coordinator):
        act = PanelAction.objects.get()
    client = as_client(cast.panel_coordinator)
    done = client.post(reverse("finish_panel_action", args=[act.reference]), {"done_words": "They rang"})
    assert done["Location"] == reverse("panel", args=[approved.panel.reference])
