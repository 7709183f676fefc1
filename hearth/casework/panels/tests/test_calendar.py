"""Meetings fall on working days by the cadence of their kind; a calendar follows them and shows no family."""

import datetime as dt
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from hearth.casework.panels import cadence
from hearth.casework.panels.actions import cancel_panel_meeting, move_panel_meeting
from hearth.casework.panels.calendar import as_calendar, calendar_address
from hearth.casework.panels.models import PanelMeeting
from hearth.casework.panels.queries import own_meetings
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refused

HOURS: dict[str, Any] = {"starts_at": dt.time(14), "ends_at": dt.time(16), "place": "Children’s centre; room 2"}


def test_a_group_that_met_every_two_months_meets_monthly_from_the_day_the_pack_says() -> None:
    group = pack().panels.kind("sub_group")
    assert group is not None
    days = cadence.meeting_days(group, dt.date(2011, 9, 1), 2, 1, dt.date(2011, 9, 1), dt.date(2012, 8, 31))
    assert [day.isoformat()[:7] for day in days] == [
        "2011-09", "2011-11", "2012-01", "2012-03", "2012-05", "2012-06", "2012-07", "2012-08",
    ]  # fmt: skip


def test_a_bank_holiday_gives_way_to_the_next_working_day() -> None:
    panel = pack().panels.kind("district_panel")
    assert panel is not None
    christmas = cadence.meeting_days(panel, dt.date(2026, 12, 1), 4, 4, dt.date(2026, 12, 1), dt.date(2027, 1, 10))
    (day,) = list(christmas)
    assert day > dt.date(2026, 12, 25) and clock.is_working_day(day)


def test_the_list_goes_out_working_days_before_and_families_close_working_days_after() -> None:
    panel = pack().panels.kind("district_panel")
    assert panel is not None
    days = cadence.days_of(panel, dt.date(2026, 11, 10))  # a Tuesday
    assert days.list_on == dt.date(2026, 11, 3)
    assert days.checks_by == dt.date(2026, 11, 9)
    assert days.open_until_on == dt.date(2026, 11, 17)


def test_planning_twice_plans_each_month_once(panel: Any, plan: Any, cast: Any, as_: Any) -> None:
    first = plan(panel)
    assert len(first) >= 3
    assert plan(panel, weekday=3) == []
    with as_(cast.panel_chair):
        assert PanelMeeting.objects.filter(panel=panel).count() == len(first)


def test_it_is_planned_no_further_than_can_be_foreseen(panel: Any, plan: Any) -> None:
    with pytest.raises(Refused, match="18 months"):
        plan(panel, until_on=clock.today() + dt.timedelta(days=900))


def test_moving_works_its_days_out_again(meeting: Any, cast: Any, as_: Any) -> None:
    by, to = cast.panel_coordinator, clock.add_working_days(meeting.meets_on, 2)
    with as_(by):
        moved = move_panel_meeting(by=by, meeting=meeting, meets_on=to, **HOURS)
        assert (moved.meets_on, moved.moves) == (to, 1)
        assert moved.checks_by == cadence.working_days_before(to, 1)
        other = PanelMeeting.objects.filter(panel=meeting.panel, meets_on__gt=to).first()
        with pytest.raises(Refused, match="meets on that day already"):
            move_panel_meeting(by=by, meeting=moved, meets_on=other.meets_on, **HOURS)
        saturday = to + dt.timedelta((5 - to.weekday()) % 7)
        with pytest.raises(Refused, match="does not work"):
            move_panel_meeting(by=by, meeting=moved, meets_on=saturday, **HOURS)


def test_a_cancelled_meeting_is_neither_moved_nor_cancelled_again(meeting: Any, cast: Any, as_: Any) -> None:
    by = cast.panel_chair
    with as_(by):
        cancel_panel_meeting(by=by, meeting=meeting, why="Snow")
        with pytest.raises(Refused, match="is called off"):
            cancel_panel_meeting(by=by, meeting=meeting, why="Snow")


@pytest.mark.parametrize("who", ["police_officer", "other_manager", "practitioner"])
def test_only_those_who_run_it_or_set_it_up_move_a_meeting(who: str, meeting: Any, cast: Any, as_: Any) -> None:
    by = getattr(cast, who)
    with as_(by):
        with pytest.raises(Refused):
            cancel_panel_meeting(by=by, meeting=meeting, why="Mine")
        assert PanelMeeting.objects.filter(pk=meeting.pk).update(place="Mine") == 0


def test_the_calendar_says_when_and_where_and_names_no_family(meeting: Any, cast: Any, as_: Any, case: Any) -> None:
    by = cast.panel_coordinator
    with as_(by):
        move_panel_meeting(by=by, meeting=meeting, meets_on=meeting.meets_on, **HOURS)
        cancel_panel_meeting(by=by, meeting=meeting, why="Snow")
    with as_(cast.health_visitor):
        written = as_calendar(own_meetings(cast.health_visitor))
    unfolded = written.replace("\r\n ", "")
    assert "LOCATION:Children’s centre\\; room 2\r\n" in unfolded
    assert "SUMMARY:Cancelled: Burnley panel\r\n" in unfolded and "SEQUENCE:2\r\nSTATUS:CANCELLED" in unfolded
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") >= 3
    assert "Ashworth" not in unfolded
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))


def test_a_calendar_program_needs_no_sign_in_and_its_link_ends_with_the_persons_sessions(
    meeting: Any, cast: Any, as_: Any
) -> None:
    address = calendar_address(cast.police_officer)
    answer = Client().get(address)
    assert answer.status_code == 200 and "Burnley panel" in answer.content.decode()
    assert Client().get(address.replace("panels/calendar/", "panels/calendar/x")).status_code == 404
    with as_(cast.police_officer):
        User.objects.filter(pk=cast.police_officer.pk).update(sessions_ended=F("sessions_ended") + 1)
    assert Client().get(address).status_code == 404


def test_a_calendar_shows_only_panels_that_somebody_sits_on(meeting: Any, cast: Any) -> None:
    assert "VEVENT" not in Client().get(calendar_address(cast.other_practitioner)).content.decode()


def test_meetings_are_planned_moved_and_cancelled_on_their_pages(
    panel: Any, cast: Any, as_client: Any, as_: Any
) -> None:
    client, here = as_client(cast.panel_chair), reverse("panel", args=[panel.reference])
    until = (clock.today() + dt.timedelta(days=100)).isoformat()
    sent = {"week": "2", "weekday": "1", "starts_at": "9:30", "ends_at": "12pm", "until_on": until}
    assert client.post(reverse("plan_panel_meetings", args=[panel.reference]), sent).status_code == 302
    assert "meetings are planned" in client.get(here).content.decode()
    with as_(cast.panel_chair):
        found = list(PanelMeeting.objects.filter(panel=panel).order_by("meets_on"))
    to = clock.add_working_days(found[0].meets_on, 1).isoformat()
    moved = client.post(
        reverse("move_panel_meeting", args=[found[0].reference]),
        {"meets_on": to, "starts_at": "10am", "ends_at": "12pm"},
    )
    assert moved.status_code == 302
    gone = client.post(reverse("cancel_panel_meeting", args=[found[1].reference]), {"why": "Snow"})
    assert gone.status_code == 302
    page = client.get(here).content.decode()
    assert "Called off" in page and "Snow" in page
