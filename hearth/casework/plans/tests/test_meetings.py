"""Meetings of the team around the family: planned, held with minutes, corrected, cancelled."""

import datetime as dt

import pytest

from hearth.casework.cases.models import DueItem
from hearth.casework.plans.meetings.actions import cancel_meeting, change_meeting, plan_meeting, record_meeting
from hearth.casework.plans.models import Attendance, Meeting
from hearth.casework.plans.who_does_what.actions import add_action
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Conflict, Refused
from hearth.records.people.actions import add_person, open_family


def at(days):
    return clock.in_london(dt.datetime.combine(clock.today() + dt.timedelta(days=days), dt.time(10, 30)))


@pytest.fixture
def meeting(cast, case, kelly, as_):
    with as_(cast.family_worker):
        return plan_meeting(
            by=cast.family_worker,
            case=case,
            kind="first",
            planned_for=at(3),
            invited=[cast.family_worker, kelly, "Mrs Lee, interpreter"],
            place="The school",
        )


def written(by, meeting, **changed):
    rows = dict.fromkeys(Attendance.objects.filter(meeting=meeting), "came")
    return record_meeting(
        by=by,
        meeting=meeting,
        **{
            "held_on": clock.today(),
            "attendance": rows,
            "minutes": "We met.",
            "seen_version": meeting.version,
            **changed,
        },
    )


def test_a_planned_meeting_is_due_from_the_lead_on_its_day(cast, case, meeting, as_):
    with as_(cast.family_worker):
        item = DueItem.objects.get(case=case, kind="meeting")
        assert (item.owner, item.due_on, item.done_at) == (cast.family_worker, at(3).date(), None)
        assert sorted(row.who for row in meeting.attendances.select_related("user", "person")) == [
            "Joanne Pickup",
            "Kelly Ashworth",
            "Mrs Lee, interpreter",
        ]


def test_minutes_say_who_came_and_what_was_decided_and_nothing_is_due_any_more(cast, case, meeting, as_):
    by = cast.family_worker
    with as_(by):
        rows = list(Attendance.objects.filter(meeting=meeting).order_by("created_at"))
        attendance = dict(zip(rows, ["came", "by_video", "apologies"], strict=True))
        written(by, meeting, attendance=attendance, decisions="Ring the school.", also_came=["Gran", " ", "Gran"])
        found = Meeting.objects.get(pk=meeting.pk)
        assert (found.state, found.held_on, found.decisions) == ("held", clock.today(), "Ring the school.")
        assert list(
            Attendance.objects.filter(meeting=meeting).order_by("created_at").values_list("came", flat=True)
        ) == [
            "came",
            "by_video",
            "apologies",
            "came",
        ]
        assert DueItem.objects.get(case=case, kind="meeting").done_at is not None


def test_corrected_minutes_keep_what_stood_before(cast, meeting, as_):
    by = cast.family_worker
    with as_(by):
        written(by, meeting)
        written(by, meeting, minutes="We met, and Kelly brought her mother.")
        history = list(meeting.events.order_by("pgh_id").values_list("minutes", flat=True))
    assert history[-2:] == ["We met.", "We met, and Kelly brought her mother."]


def test_minutes_written_by_two_people_at_once_lose_neither(cast, meeting, as_):
    with as_(cast.family_worker):
        written(cast.family_worker, meeting)
    with as_(cast.manager), pytest.raises(Conflict) as told:
        written(cast.manager, Meeting.objects.get(pk=meeting.pk), minutes="They met.", seen_version=1)
    assert told.value.texts == {"minutes": ("We met.", "They met.")}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"held_on": clock.today() + dt.timedelta(days=1)}, "today or in the past"),
        ({"attendance": {"anybody": "flew"}}, "whether they came"),
    ],
)
def test_minutes_that_cannot_be_true_are_refused(cast, meeting, as_, changed, sentence):
    with as_(cast.family_worker), pytest.raises(Refused, match=sentence):
        written(cast.family_worker, meeting, **changed)


def test_a_cancelled_meeting_says_why_and_takes_no_minutes(cast, meeting, as_):
    by = cast.family_worker
    with as_(by):
        cancel_meeting(by=by, meeting=meeting, cancelled_why="Mia was ill.")
        assert not DueItem.objects.filter(case=meeting.case, kind="meeting", done_at=None).exists()
        with pytest.raises(Refused, match="cancelled"):
            written(by, meeting)
        with pytest.raises(Refused, match="held or cancelled"):
            cancel_meeting(by=by, meeting=meeting, cancelled_why="Again.")


def test_moving_a_meeting_moves_what_is_due_and_asks_whoever_is_new(cast, meeting, as_):
    by = cast.family_worker
    with as_(by):
        change_meeting(
            by=by,
            meeting=meeting,
            kind="first",
            planned_for=at(9),
            invited=[cast.family_worker, "Gran"],
            seen_version=1,
            family_led=True,
        )
        assert DueItem.objects.get(case=meeting.case, kind="meeting").due_on == at(9).date()
        assert meeting.family_led
        assert Attendance.objects.filter(meeting=meeting).count() == 4


def test_a_meeting_sent_twice_is_planned_once(cast, case, meeting, as_):
    by = cast.family_worker
    with as_(by):
        assert plan_meeting(by=by, case=case, kind="first", planned_for=at(3), invited=[by]) == meeting


def test_nobody_outside_the_team_and_the_family_is_asked(cast, case, area, as_):
    by = cast.family_worker
    with as_(by):
        other = open_family(by=by, name="Bold", area=area)
        stranger = add_person(by=by, family=other, role="parent", given_name="Sam", family_name="Bold")
        for who, sentence in ((cast.other_family_worker, "not in the team"), (stranger, "not in this family")):
            with pytest.raises(Refused, match=sentence):
                plan_meeting(by=by, case=case, kind="first", planned_for=at(1), invited=[who])
        with pytest.raises(Refused, match="kind of meeting"):
            plan_meeting(by=by, case=case, kind="nonsense", planned_for=at(1), invited=[])
        assert not Meeting.objects.filter(case=case).exists()


def test_an_action_can_say_at_which_meeting_it_was_decided(cast, agreed, meeting, as_):
    by = cast.family_worker
    with as_(by):
        item = add_action(by=by, plan=agreed, what="x", who=by, due_on=clock.today(), meeting=meeting)
        assert list(meeting.actions.all()) == [item]
