"""One meeting more, beside those of the cadence; and one that is called off, whose items go to the next. People are told."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.casework.cases.models import DueItem
from hearth.casework.panels.actions import add_panel_meeting, cancel_panel_meeting
from hearth.casework.panels.calendar import as_calendar
from hearth.casework.panels.meetings.actions import admit_to_item, tell_of_item
from hearth.casework.panels.models import ListEntry, PanelItem, PanelMeeting
from hearth.casework.panels.queries import own_meetings, panels_seen
from hearth.casework.panels.running.actions import record_panel_attendance
from hearth.casework.panels.tests.conftest import last_day_of
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message
from hearth.records.people.models import Access
from hearth.records.people.restrictions.actions import place_restriction

HOURS: dict[str, Any] = {"starts_at": dt.time(14), "ends_at": dt.time(15, 30), "place": "By video"}


def _soon(days: int = 1) -> dt.date:
    return clock.add_working_days(clock.today(), days)


def _told(by: Any) -> set[str]:
    with acting_as(by):
        rows = Message.objects.filter(template="panel_moved", made_by_id=by.id)
        return {str(key) for key in rows.values_list("to_user_id", flat=True)}


def _add(by: Any, panel: Any, on: dt.date) -> PanelMeeting:
    with acting_as(by):
        return add_panel_meeting(by=by, panel=panel, meets_on=on, **HOURS)


def test_the_coordinator_adds_one_meeting_and_all_who_sit_there_are_told(
    panel: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    by, here = cast.panel_coordinator, reverse("panel", args=[panel.reference])
    client = as_client(by)
    assert reverse("add_panel_meeting", args=[panel.reference]) in client.get(here).content.decode()
    sent = {"meets_on": _soon(12).isoformat(), "starts_at": "2pm", "ends_at": "3:30pm", "place": "By video"}
    wrong = client.post(reverse("add_panel_meeting", args=[panel.reference]), sent | {"ends_at": "1pm"})
    assert wrong.status_code == 422 and "By video" in wrong.content.decode()
    assert client.post(reverse("add_panel_meeting", args=[panel.reference]), sent).status_code == 302
    page = client.get(here).content.decode()
    assert "Extra" in page and "By video" in page
    assert str(cast.health_visitor.pk) in _told(by) and str(by.pk) not in _told(by)
    with as_(cast.health_visitor):
        assert "LOCATION:By video" in as_calendar(own_meetings(cast.health_visitor))


def test_it_stands_beside_those_that_follow_from_how_often_the_panel_meets(
    panel: Any, plan: Any, cast: Any, as_: Any
) -> None:
    first = plan(panel)[0].meets_on
    with as_(cast.panel_coordinator):
        PanelMeeting.objects.all().update(cancelled_at=clock.now())
    near = next(day for day in (_near(first, 1), _near(first, -1)) if day.month == first.month and day > clock.today())
    extra = _add(cast.panel_coordinator, panel, near)
    planned = [meeting.meets_on for meeting in plan(panel)]
    assert first in planned, "an extra one in a month does not stand for the month's own"
    assert extra.meets_on not in planned
    with as_(cast.panel_coordinator):
        PanelMeeting.objects.all().update(cancelled_at=clock.now())
    _add(cast.panel_coordinator, panel, first)
    assert first not in [meeting.meets_on for meeting in plan(panel)], "on its very day it does"


def _near(day: dt.date, step: int) -> dt.date:
    day += dt.timedelta(days=step)
    while not clock.is_working_day(day):
        day += dt.timedelta(days=step)
    return day


def test_added_at_short_notice_its_list_goes_out_the_next_working_day_and_nobody_is_asked_by_yesterday(
    panel: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    meeting = _add(cast.panel_coordinator, panel, _soon(2))
    assert clock.today() < meeting.list_on <= meeting.meets_on and meeting.checks_by >= clock.today()
    with as_(cast.panel_coordinator):
        jobs = ProcrastinateJob.objects.filter(task_name="panels.send_list", args__meeting=str(meeting.id))
        assert [clock.in_london(job.scheduled_at).date() for job in jobs] == [meeting.list_on]
    far = _add(cast.panel_coordinator, panel, _soon(30))
    assert far.list_on < far.checks_by < far.meets_on


@pytest.mark.parametrize(
    ("on", "said"),
    [(-1, "within the next 18 months"), (800, "within the next 18 months"), (None, "does not work on that day")],
)
def test_a_day_on_which_no_meeting_can_be(on: int | None, said: str, panel: Any, cast: Any) -> None:
    saturday = clock.today() + dt.timedelta(days=(5 - clock.today().weekday()) % 7 or 7)
    day = saturday if on is None else clock.today() + dt.timedelta(days=on)
    with pytest.raises(Refused, match=said):
        _add(cast.panel_coordinator, panel, day)


def test_not_twice_on_a_day_and_not_by_others(panel: Any, cast: Any, as_client: Any) -> None:
    _add(cast.panel_coordinator, panel, _soon(5))
    with pytest.raises(Refused, match="It meets on that day already"):
        _add(cast.panel_chair, panel, _soon(5))
    for who in ("police_officer", "practitioner", "other_manager"):
        with pytest.raises(Refused):
            _add(getattr(cast, who), panel, _soon(6))
        assert (
            as_client(getattr(cast, who)).get(reverse("add_panel_meeting", args=[panel.reference])).status_code == 403
        )


def test_a_meeting_whose_minutes_are_approved_is_neither_moved_nor_the_next(
    sitting: Any, listed: Any, panel: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    by, client = cast.panel_coordinator, as_client(cast.panel_coordinator)
    move, here = reverse("move_panel_meeting", args=[sitting.reference]), reverse("panel", args=[panel.reference])
    assert f'href="{move}"' in client.get(here).content.decode()
    with as_(by):
        PanelMeeting.objects.filter(pk=sitting.pk).update(minutes_approved_at=clock.now(), minutes_approved_by=by)
        row = next(row for row in panels_seen(by).rows if row["reference"] == panel.reference)
        assert row["next_on"] > clock.today()
    assert f'href="{move}"' not in client.get(here).content.decode()


def test_called_off_what_waits_goes_to_the_next_meeting_and_everybody_is_told(
    listed: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    by, meeting, teacher = cast.panel_coordinator, listed.meeting, cast.senior_development_officer
    with as_(by):
        entry = tell_of_item(by=by, item=listed, user=teacher)
        admit_to_item(
            by=by,
            entry=ListEntry.objects.select_related(
                "item__family", "item__panel", "meeting__panel", "user__organisation"
            ).get(pk=entry.pk),
        )
        later = PanelMeeting.objects.after(meeting).first()
        assert later is not None
    client, here = as_client(by), reverse("cancel_panel_meeting", args=[meeting.reference])
    asked = " ".join(client.get(here).content.decode().split())
    assert "1 item waits on its list. It goes to the meeting of" in asked
    assert client.post(here, {"why": ""}).status_code == 422
    done = client.post(here, {"why": "The town hall is flooded"}, follow=True).content.decode()
    assert "What was on its list is heard on" in done and "The town hall is flooded" in done
    with as_(by):
        meeting.refresh_from_db()
        item = PanelItem.objects.get(pk=listed.pk)
        assert (item.meeting_id, item.status, item.listed_at) == (later.pk, "proposed", None)
        assert meeting.goes_on_at_id == later.pk and meeting.cancelled_why == "The town hall is flooded"
        due = DueItem.objects.get(case=listed.case, kind="panel", done_at=None)
        assert due.due_on == later.meets_on
        # What was opened to members closes at once; chair and coordinator prepare the next one.
        held = Access.objects.filter(basis=listed.id, ended_at=None)
        assert {row.user_id: last_day_of(row) for row in held} == {
            cast.panel_chair.pk: later.minutes_by, by.pk: later.minutes_by,
        }  # fmt: skip
        there = ListEntry.objects.filter(item=listed, ended_at=None)
        assert [(row.user_id, row.meeting_id, row.opened_at) for row in there] == [(teacher.pk, later.pk, None)]
    for who in (cast.health_visitor, cast.panel_chair, teacher, cast.family_worker):
        assert str(who.pk) in _told(by), who.full_name
    for who, shown in (("family_worker", True), ("health_visitor", False)):
        status = as_client(getattr(cast, who)).get(reverse("panel_item", args=[listed.reference])).status_code
        assert (status == 200) is shown, who


def test_with_nothing_later_planned_it_is_not_called_off_and_the_page_says_what_to_do(
    listed: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    by, meeting = cast.panel_coordinator, listed.meeting
    with as_(by):
        PanelMeeting.objects.exclude(pk=meeting.pk).update(cancelled_at=clock.now())
        with pytest.raises(Refused, match="1 item waits on its list, and no later meeting is planned"):
            cancel_panel_meeting(by=by, meeting=meeting, why="Snow")
    page = as_client(by).get(reverse("cancel_panel_meeting", args=[meeting.reference])).content.decode()
    assert "no later meeting is planned" in page and reverse("add_panel_meeting", args=[listed.panel.reference]) in page
    _add(by, listed.panel, clock.add_working_days(meeting.meets_on, 3))
    with as_(by):
        cancel_panel_meeting(by=by, meeting=meeting, why="Snow")


def test_nobody_carries_what_is_closed_to_them(listed: Any, cast: Any, as_: Any) -> None:
    """The family was restricted since: it is closed to those who run the panel, and moves nowhere without them."""
    by, govern = cast.panel_coordinator, cast.information_governance
    with as_(govern):
        place_restriction(by=govern, reference=listed.family.reference, reason="A refuge")
    with as_(by):
        with pytest.raises(Refused, match="Something on its list is closed to you"):
            cancel_panel_meeting(by=by, meeting=listed.meeting, why="Snow")
        assert PanelMeeting.objects.get(pk=listed.meeting_id).cancelled_at is None


def test_a_meeting_that_has_begun_is_not_called_off(sitting: Any, cast: Any, as_: Any) -> None:
    with as_(cast.panel_chair), pytest.raises(Refused, match="so it has begun"):
        cancel_panel_meeting(by=cast.panel_chair, meeting=sitting, why="Snow")


def test_nothing_is_brought_to_a_meeting_that_was_called_off_meanwhile(
    meeting: Any, case: Any, agreements: Any, propose: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.panel_chair):
        PanelMeeting.objects.filter(pk=meeting.pk).update(cancelled_at=clock.now())
    assert meeting.cancelled_at is None, "as whoever brings it saw it"
    with pytest.raises(Refused, match="held or called off"):
        propose(case, meeting)


def test_the_attendance_of_a_meeting_called_off_is_not_written(sitting: Any, cast: Any, as_: Any) -> None:
    with as_(cast.panel_coordinator):
        PanelMeeting.objects.filter(pk=sitting.pk).update(cancelled_at=clock.now())
        with pytest.raises(Refused, match="is called off"):
            record_panel_attendance(by=cast.panel_coordinator, meeting=sitting, there={cast.panel_chair: "early_years"})
