"""Who may set up a panel, say who sits on it and when it meets; and the sentence when they may not."""

import datetime as dt
from typing import Any

from hearth.casework.panels.models import Panel, PanelAttendance, PanelMeeting, PanelMember, Place
from hearth.casework.panels.numbering import taken_numbers
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.packs.panels import PanelKind
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.core.text import upper_first
from hearth.foundation.ui.filters import count

FARTHEST = dt.timedelta(days=550)  # planned no further ahead: whoever runs it then plans on


def kind_of(panel: Panel) -> PanelKind:
    """The kind of a panel, as the practice pack says today."""
    kind = pack().panels.kind(panel.kind)
    if kind is None:
        raise LookupError(f"panels.toml has lost the kind {panel.kind!r}, of which {panel.reference} is.")
    return kind


def why_not_see_panels(user: Any) -> Refusal | None:
    """The list of panels: whoever may bring something to one, or sits on one."""
    if user.may("see_panels") or member_of(user) is not None:
        return None
    return Refusal("panels.may_not_see", "Your role brings nothing to a panel, and you sit on none.")


def member_of(user: Any, panel: Any = None) -> PanelMember | None:
    """The seat that somebody has today, or is the deputy for; of one panel, where it is named."""
    rows = PanelMember.objects.now().filter(panel__ended_at=None)
    rows = rows if panel is None else rows.filter(panel=panel)
    return rows.filter(user=user).first() or rows.filter(deputy=user).first()


def runs(user: Any, panel: Panel) -> bool:
    """Whether somebody chairs or coordinates a panel today."""
    held = PanelMember.objects.now().filter(panel=panel, user=user).first()
    return held is not None and held.runs_it and user.is_active


def why_not_add_panel(user: Any) -> Refusal | None:
    """Setting one up: whoever develops or manages early help in the area."""
    if user.may("set_up_panels") and user.organisation.is_authority:
        return None
    return Refusal("panels.may_not_add", "A development officer or a manager of the area sets up a panel. Ask one.")


def why_not_this_panel(user: Any, *, kind: str, area: Any, starts_at: dt.time, ends_at: dt.time) -> Refusal | None:
    """Of a kind that there is, in an area that is of the right sort and theirs."""
    found = find(pack().panels.kinds, kind)
    if found is None or found.retired:
        return Refusal("panels.kind", "Choose what kind of panel or group it is.")
    if (found.held_in == "district") is not (pack().areas.district(area.code) is not None):
        return Refusal("panels.area", f"Choose a {found.held_in}: that is what this kind is for.")
    if not user.may("set_up_panels", area):
        return Refusal("panels.elsewhere", f"Your role does not reach {area.name}. Ask somebody whose role does.")
    return why_not_hours(starts_at, ends_at)


def why_not_hours(starts_at: dt.time, ends_at: dt.time) -> Refusal | None:
    """It ends after it begins."""
    if ends_at > starts_at:
        return None
    return Refusal("panels.hours", "It must end after it begins. Check both times.")


def why_not_change(user: Any, panel: Panel) -> Refusal | None:
    """Saying who sits on it and when it meets: whoever sets up panels there, its chair and its coordinator."""
    if panel.ended_at is not None:
        return Refusal("panels.ended", f"{panel.name} has ended. Nothing of it can be changed.")
    if user.may("set_up_panels", panel.area) and user.organisation.is_authority:
        return None
    if runs(user, panel):
        return None
    return Refusal("panels.not_yours", "Its chair, its coordinator or a manager of the area changes this. Ask one.")


def why_not_end(user: Any, panel: Panel) -> Refusal | None:
    """Ending it: whoever sets up panels there, once no meeting is to come."""
    if panel.ended_at is None and not user.may("set_up_panels", panel.area):
        return Refusal("panels.may_not_end", "A development officer or a manager of the area ends a panel. Ask one.")
    refusal = why_not_change(user, panel)
    if refusal is None and PanelMeeting.objects.to_come().filter(panel=panel).exists():
        return Refusal(
            "panels.meets_still", "It has meetings to come. Cancel them first, so that nobody comes in vain."
        )
    return refusal


def why_not_seat(panel: Panel, person: Any, place: str, is_chair: bool, sector: str) -> Refusal | None:
    """Adding somebody: once, for a sector that there is, one chair and one coordinator, and no more than the kind has."""
    if not person.is_active or not person.appointments_now():
        return Refusal("panels.not_here", f"{person.full_name} cannot sign in now. Choose somebody else.")
    if find(pack().organisations.sectors, sector) is None:
        return Refusal("panels.sector", "Choose the sector that they sit there for.")
    seats = list(PanelMember.objects.now().filter(panel=panel).select_related("user"))
    if any(seat.user_id == person.id for seat in seats):
        return Refusal("panels.sits_there", f"{person.full_name} sits on it already.")
    if place == Place.COORDINATOR and any(seat.place == Place.COORDINATOR for seat in seats):
        return Refusal("panels.coordinated", "It has a coordinator. Say first that they do it no more.")
    most, core = kind_of(panel).most, sum(seat.place == Place.CORE for seat in seats)
    if place == Place.CORE and most and core >= most:
        return Refusal("panels.full", f"It has {core} core members, and this kind has {most} at most.")
    return why_not_chair(seats, place, is_chair)


def why_not_chair(seats: list[PanelMember], place: str, is_chair: bool) -> Refusal | None:
    """The chair is one of the core members, and there is one."""
    if not is_chair:
        return None
    if place != Place.CORE:
        return Refusal("panels.chair_of_core", "The chair is one of the core members. Add them as one.")
    chair = next((seat for seat in seats if seat.is_chair), None)
    if chair is not None:
        return Refusal("panels.chaired", f"{chair.user.full_name} chairs it. Say first that they do it no more.")
    return None


def why_not_deputy(member: PanelMember, deputy: Any) -> Refusal | None:
    """Somebody else who signs in, of the same organisation: what lets us share with one lets us share with the other."""
    if deputy is None:
        return None
    if deputy.id == member.user_id or not deputy.is_active:
        return Refusal("panels.deputy", "Choose somebody else, who can sign in, as the deputy.")
    if deputy.organisation_id != member.user.organisation_id:
        name = member.user.organisation.name
        return Refusal("panels.deputy_elsewhere", f"The deputy must be of {name}, as the member is.")
    return None


def why_not_member(member: PanelMember) -> Refusal | None:
    """Changing what somebody is there as: while they sit there."""
    if member.ended_at is None:
        return None
    return Refusal("panels.sits_no_more", "They sit on it no more. Open the panel again to see who does.")


def why_not_plan(user: Any, panel: Panel, until: dt.date) -> Refusal | None:
    """Planning its meetings: up to a day that can be foreseen."""
    refusal = why_not_change(user, panel)
    if refusal is None and not clock.today() < until <= clock.today() + FARTHEST:
        return Refusal("panels.how_far", "Choose a day to come, within the next 18 months.")
    return refusal


def why_not_move(user: Any, meeting: PanelMeeting) -> Refusal | None:
    """Moving a meeting or calling it off: before its day is over, and before its minutes are approved."""
    refusal = why_not_change(user, meeting.panel)
    if refusal is None and meeting.cancelled_at is not None:
        return Refusal("panels.cancelled", "This meeting is called off. Add another one.")
    if refusal is None and (meeting.meets_on < clock.today() or meeting.minutes_approved_at is not None):
        return Refusal("panels.was_held", "This meeting was held. It stays as it was.")
    return refusal


def why_not_cancel(user: Any, meeting: PanelMeeting, readable: int, later: PanelMeeting | None) -> Refusal | None:
    """Calling it off: as moving, before it has begun; and where something waits there, there is a later meeting that hears it.

    `readable` is how many of those the user may read: nobody moves what is closed to them.
    """
    refusal = why_not_move(user, meeting)
    if refusal is not None:
        return refusal
    if PanelAttendance.objects.filter(meeting=meeting, was_there=True).exists():
        return Refusal(
            "panels.has_begun",
            "It is written down who is here, so it has begun. Put off what is not heard, and approve the minutes.",
        )
    waiting = len(taken_numbers(meeting, waiting=True))
    if waiting > readable:
        return Refusal(
            "panels.not_yours_to_carry",
            "Something on its list is closed to you, so that you cannot move it. Its chair or its coordinator does, "
            "or whoever brought it takes it back.",
        )
    if waiting and later is None:
        return Refusal(
            "panels.no_later_meeting",
            f"{upper_first(count(waiting, 'item waits', 'items wait'))} on its list, and no later meeting is planned. "
            "Add one first: they go to it.",
        )
    return None


def why_not_on(panel: Panel, meets_on: dt.date, moved: PanelMeeting | None = None) -> Refusal | None:
    """A day to come, on which the council works, and on which the panel does not meet already."""
    if meets_on < clock.today() or meets_on > clock.today() + FARTHEST:
        return Refusal("panels.how_far", "Choose a day to come, within the next 18 months.")
    if not clock.is_working_day(meets_on):
        return Refusal("panels.no_working_day", "The council does not work on that day. Choose another one.")
    others = PanelMeeting.objects.filter(panel=panel, meets_on=meets_on, cancelled_at=None)
    if others.exclude(pk=moved.pk if moved is not None else None).exists():
        return Refusal("panels.meets_then", "It meets on that day already. Choose another one.")
    return None
