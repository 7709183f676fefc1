"""Set up a panel, say who sits on it, and plan, add, move or call off its meetings."""

import datetime as dt
from typing import Any

from hearth.casework.panels import cadence, rules
from hearth.casework.panels.items.carrying import hear_at
from hearth.casework.panels.meetings.following import (
    list_goes_anew,
    runs_from_now_on,
    send_list_later,
    sits_no_more,
    tell_of_meeting,
    waiting_at,
)
from hearth.casework.panels.models import Panel, PanelMeeting, PanelMember
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.text import clean


@action
def add_panel(
    *,
    by: Any,
    kind: str,
    area: Any,
    name: str,
    week: int,
    weekday: int,
    starts_at: dt.time,
    ends_at: dt.time,
    place: str = "",
) -> Panel:
    """Set up a panel or group. It has nobody and no meeting yet."""
    refuse(rules.why_not_add_panel(by))
    refuse(rules.why_not_this_panel(by, kind=kind, area=area, starts_at=starts_at, ends_at=ends_at))
    name = clean(name).strip()[:120]
    if not name or Panel.objects.filter(name=name).exists():
        refuse(Refusal("panels.name", "Give it a name that no other panel has."))
    panel = Panel(
        reference=drawn_reference("PN"), name=name, kind=kind, area=area, begun_on=clock.today(), week=week,
        weekday=weekday, starts_at=starts_at, ends_at=ends_at, place=clean(place).strip()[:200], added_by=by,
    )  # fmt: skip
    panel.save(force_insert=True)
    record("panels.panel_added", subject=panel, kind=kind, area=area.code)
    return panel


@action
def end_panel(*, by: Any, panel: Panel, why: str) -> Panel:
    """End a panel: nobody sits on it any more, and nothing can be brought to it."""
    refuse(rules.why_not_end(by, panel))
    panel.hold()
    refuse(rules.why_not_end(by, panel))
    panel.ended_at, panel.ended_why = clock.now(), clean(why).strip()[:200]
    if not panel.ended_why:
        refuse(Refusal("panels.no_reason", "Say why it ends."))
    panel.save(update_fields=["ended_at", "ended_why"])
    record("panels.panel_ended", subject=panel)
    return panel


@action
def add_panel_member(
    *, by: Any, panel: Panel, user: Any, place: str, sector: str, is_chair: bool = False, deputy: Any = None
) -> PanelMember:
    """Somebody sits on a panel from today on."""
    refuse(rules.why_not_change(by, panel))
    panel.hold()
    refuse(rules.why_not_change(by, panel) or rules.why_not_seat(panel, user, place, is_chair, sector))
    member = PanelMember(
        panel=panel, user=user, place=place, is_chair=is_chair, sector=sector, deputy=deputy, added_by=by
    )
    refuse(rules.why_not_deputy(member, deputy))
    member.save(force_insert=True)
    record("panels.member_added", subject=panel, who=user.reference, place=place, sector=sector, chair=is_chair)
    runs_from_now_on(by=by, panel=panel)
    return member


@action
def change_panel_member(*, by: Any, member: PanelMember, is_chair: bool = False, deputy: Any = None) -> PanelMember:
    """Say who comes in a member's place, and whether they chair. A chair who hands on is taken off first."""
    panel = _held_with_member(by, member)
    seats = list(PanelMember.objects.now().filter(panel=panel).exclude(pk=member.pk).select_related("user"))
    refuse(rules.why_not_chair(seats, member.place, is_chair) or rules.why_not_deputy(member, deputy))
    member.is_chair, member.deputy = is_chair, deputy
    member.save(update_fields=["is_chair", "deputy"])
    record("panels.member_changed", subject=panel, who=member.user.reference, chair=is_chair)
    runs_from_now_on(by=by, panel=panel)
    return member


@action
def end_panel_member(*, by: Any, member: PanelMember) -> PanelMember:
    """Somebody sits there no more, from now on."""
    panel = _held_with_member(by, member)
    member.ended_at, member.is_chair = clock.now(), False
    member.save(update_fields=["ended_at", "is_chair"])
    record("panels.member_ended", subject=panel, who=member.user.reference)
    sits_no_more(by=by, panel=panel, member=member)
    return member


def _held_with_member(by: Any, member: PanelMember) -> Panel:
    """The panel and then the member, held; the rules are asked of both as they then are."""
    panel = member.panel
    refuse(rules.why_not_change(by, panel))
    panel.hold()
    member.hold()
    refuse(rules.why_not_change(by, panel) or rules.why_not_member(member))
    return panel


@action
def plan_panel_meetings(
    *,
    by: Any,
    panel: Panel,
    until_on: dt.date,
    week: int,
    weekday: int,
    starts_at: dt.time,
    ends_at: dt.time,
    place: str = "",
) -> list[PanelMeeting]:
    """Plan the meetings up to a day, by the cadence of its kind. A day that is planned already stays as it is."""
    refuse(rules.why_not_plan(by, panel, until_on) or rules.why_not_hours(starts_at, ends_at))
    panel.hold()
    refuse(rules.why_not_plan(by, panel, until_on))
    panel.week, panel.weekday, panel.starts_at, panel.ends_at = week, weekday, starts_at, ends_at
    panel.place = clean(place).strip()[:200]
    panel.save(update_fields=["week", "weekday", "starts_at", "ends_at", "place"])
    kind, planned = rules.kind_of(panel), []
    there = list(panel.meetings.filter(cancelled_at=None).values_list("meets_on", "is_extra"))
    months, days = {(on.year, on.month) for on, is_extra in there if not is_extra}, {on for on, _ in there}
    for day in cadence.meeting_days(kind, panel.begun_on, week, weekday, clock.today(), until_on):
        if (day.year, day.month) not in months and day not in days:
            planned.append(_meeting(by, panel, day))
    record("panels.meetings_planned", subject=panel, meetings=len(planned), until=until_on)
    return planned


def _meeting(by: Any, panel: Panel, day: dt.date, **told: Any) -> PanelMeeting:
    usual = {name: getattr(panel, name) for name in ("starts_at", "ends_at", "place")}
    days = vars(cadence.days_of(rules.kind_of(panel), day))
    meeting = PanelMeeting(
        reference=drawn_reference("PM"), panel=panel, meets_on=day, planned_by=by, **(usual | days | told)
    )
    meeting.save(force_insert=True)
    send_list_later(meeting)
    return meeting


@action
def add_panel_meeting(
    *, by: Any, panel: Panel, meets_on: dt.date, starts_at: dt.time, ends_at: dt.time, place: str = ""
) -> PanelMeeting:
    """One meeting more, on a day of its own: those that follow from how often the panel meets stay as they are. All are told."""
    refuse(rules.why_not_change(by, panel) or rules.why_not_hours(starts_at, ends_at))
    panel.hold()
    refuse(rules.why_not_change(by, panel) or rules.why_not_on(panel, meets_on))
    days = cadence.of_short_notice(cadence.days_of(rules.kind_of(panel), meets_on), meets_on)
    meeting = _meeting(
        by, panel, meets_on, is_extra=True, starts_at=starts_at, ends_at=ends_at, place=clean(place).strip()[:200],
        **vars(days),
    )  # fmt: skip
    record("panels.meeting_added", subject=meeting, on=meets_on, told=tell_of_meeting(by=by, meeting=meeting))
    return meeting


@action
def move_panel_meeting(
    *, by: Any, meeting: PanelMeeting, meets_on: dt.date, starts_at: dt.time, ends_at: dt.time, place: str = ""
) -> PanelMeeting:
    """Hold it on another day, at another hour or elsewhere; what follows from its day is worked out again, and all are told."""
    refuse(rules.why_not_move(by, meeting) or rules.why_not_hours(starts_at, ends_at))
    meeting.hold()
    refuse(rules.why_not_move(by, meeting) or rules.why_not_on(meeting.panel, meets_on, meeting))
    days = cadence.days_of(rules.kind_of(meeting.panel), meets_on)
    told = {"meets_on": meets_on, "starts_at": starts_at, "ends_at": ends_at, "place": clean(place).strip()[:200]}
    told |= {"moves": meeting.moves + 1, **vars(days)}
    told["checks_by"] = max(
        days.checks_by, min(clock.today(), meets_on)
    )  # moved nearer, members are asked by no day that has passed
    for name, value in told.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(told))
    told_people = tell_of_meeting(by=by, meeting=meeting)
    record("panels.meeting_moved", subject=meeting, to=meets_on, told=told_people)
    list_goes_anew(by=by, meeting=meeting)
    return meeting


@action
def cancel_panel_meeting(*, by: Any, meeting: PanelMeeting, why: str) -> PanelMeeting:
    """Call it off: what waits on its list is heard at the next meeting, and everybody whom it concerns is told. Calendars show it as cancelled."""
    refuse(_why_not_cancel(by, meeting))
    meeting.hold()
    for each in PanelMeeting.objects.after(meeting)[:1]:
        each.hold()  # so that it is not called off while something is carried to it: the earlier one is held first
    refuse(_why_not_cancel(by, meeting))
    why = clean(why).strip()[:200]
    if not why:
        refuse(Refusal("panels.no_reason", "Say why it is called off. Everybody who sits there reads it."))
    waiting, later = list(waiting_at(by=by, meeting=meeting)), PanelMeeting.objects.after(meeting).first()
    meeting.cancelled_at, meeting.cancelled_why, meeting.moves = clock.now(), why, meeting.moves + 1
    meeting.goes_on_at = later if waiting else None
    meeting.save(update_fields=["cancelled_at", "cancelled_why", "moves", "goes_on_at"])
    told = tell_of_meeting(by=by, meeting=meeting)
    for item in waiting:
        assert later is not None  # noqa: S101 - refused just now
        item.hold()
        hear_at(by=by, item=item, to=later)
        record("panels.item_carried_on", family=item.family_id, subject=item, to=later.reference)
    record("panels.meeting_cancelled", subject=meeting, told=told, items=len(waiting))
    return meeting


def _why_not_cancel(by: Any, meeting: PanelMeeting) -> Refusal | None:
    later = PanelMeeting.objects.after(meeting).first()
    return rules.why_not_cancel(by, meeting, waiting_at(by=by, meeting=meeting).count(), later)
