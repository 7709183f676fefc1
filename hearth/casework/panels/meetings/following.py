"""What follows for a list when a meeting is planned or moved, and when somebody runs a panel or sits on it no more."""

import datetime as dt
from typing import Any

from hearth.casework.panels.items.opening import close_to, close_to_all_but, open_to_those_who_run
from hearth.casework.panels.models import ListEntry, Panel, PanelItem, PanelMeeting, PanelMember, Status
from hearth.foundation.core import clock
from hearth.foundation.core.jobs import defer_until
from hearth.foundation.messages.actions import send

SENT_AT = dt.time(7)


def send_list_later(meeting: PanelMeeting) -> None:
    """Have the list go out by itself, in the morning of its day."""
    moment = dt.datetime.combine(meeting.list_on, SENT_AT, clock.LONDON)
    defer_until("panels.send_list", moment, meeting=meeting.id)


def list_goes_anew(*, by: Any, meeting: PanelMeeting) -> None:
    """The meeting is on another day: what was opened for the old one closes, and the list goes out once more."""
    for item in waiting_at(by=by, meeting=meeting):
        if item.family is not None:
            close_to_all_but(by=by, item=item, users=open_to_those_who_run(by=by, item=item, meeting=meeting))
    entries = ListEntry.objects.filter(meeting=meeting, ended_at=None)
    entries.filter(as_member=True).update(ended_at=clock.now())
    entries.update(opened_at=None)  # whoever else was told stays told, and is let in anew
    waiting_at(by=by, meeting=meeting).update(listed_at=None)
    meeting.list_sent_at = None
    meeting.save(update_fields=["list_sent_at"])
    send_list_later(meeting)


def tell_of_meeting(*, by: Any, meeting: PanelMeeting) -> int:
    """Tell everybody whom it concerns that there is news of a meeting: members, deputies, and whoever brought or was told something.

    Whoever added it, moved it or called it off knows. How many were told.
    """
    people: dict[Any, Any] = {}
    for seat in PanelMember.objects.now().filter(panel=meeting.panel).select_related("user", "deputy"):
        people |= {user.id: user for user in (seat.user, seat.deputy) if user is not None}
    told = ListEntry.objects.filter(meeting=meeting, as_member=False, ended_at=None).select_related("user")
    people |= {entry.user_id: entry.user for entry in told}
    brought = PanelItem.objects.visible_to(by).filter(meeting=meeting, status=Status.PROPOSED)
    people |= {item.proposed_by_id: item.proposed_by for item in brought.select_related("proposed_by")}
    found = [user for user in people.values() if user.id != by.id and user.is_active]
    for user in found:
        send(
            by=by, to=user, template="panel_moved", link=f"/panels/{meeting.panel.reference}/",
            key=f"panel_moved {meeting.id} {meeting.moves} {user.id}",
        )  # fmt: skip
    return len(found)


def runs_from_now_on(*, by: Any, panel: Panel) -> None:
    """Whoever chairs or coordinates from now on may open what waits to be heard, as far as whoever says so may."""
    for item in _waiting(by).filter(panel=panel, family__isnull=False):
        open_to_those_who_run(by=by, item=item, meeting=item.meeting)


def sits_no_more(*, by: Any, panel: Panel, member: PanelMember) -> None:
    """What was opened to somebody as a member, and to their deputy, closes at once."""
    items = list(PanelItem.objects.visible_to(by).filter(panel=panel).select_related("family", "panel"))
    others = [user for user in (member.user, member.deputy) if user is not None]
    ListEntry.objects.filter(item__in=items, user__in=others, ended_at=None).update(ended_at=clock.now())
    for user in others:
        close_to(by=by, items=items, user=user)


def waiting_at(*, by: Any, meeting: PanelMeeting) -> Any:
    """What waits to be heard at a meeting, in its order, as far as whoever asks may read it."""
    return _waiting(by).filter(meeting=meeting).order_by("number")


def _waiting(by: Any) -> Any:
    rows = PanelItem.objects.visible_to(by).filter(status=Status.PROPOSED)
    return rows.select_related("family", "panel", "meeting")
