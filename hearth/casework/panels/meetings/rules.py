"""Who prepares a meeting's list, whom it goes to, and who may be let in; and the sentence when they may not."""

from collections.abc import Collection
from typing import Any

from hearth.casework.panels.models import Coming, ListEntry, PanelItem, PanelMeeting, PanelMember
from hearth.casework.panels.rules import member_of, runs
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal


def why_not_prepare(user: Any, meeting: PanelMeeting) -> Refusal | None:
    """Preparing a meeting: its chair and its coordinator, until its day is over."""
    if not runs(user, meeting.panel):
        return Refusal("panels.may_not_run", "Only the chair and the coordinator prepare and run the meeting. Ask one.")
    if meeting.cancelled_at is not None or meeting.meets_on < clock.today():
        return Refusal("panels.meeting_over", "This meeting was held or called off.")
    return None


def why_not_send_list(user: Any, meeting: PanelMeeting, items: Collection[str] | None = None) -> Refusal | None:
    """Sending the list: while it has something that members were not sent."""
    refusal = why_not_prepare(user, meeting)
    if refusal is None and not unlisted(user, meeting, items).exists():
        return Refusal(
            "panels.nothing_to_send", "Everything on this list was sent. What is added later can be sent then."
        )
    return refusal


def unlisted(user: Any, meeting: PanelMeeting, items: Collection[str] | None = None) -> Any:
    """What waits to be heard and was not sent to members (of those named, where some are), as far as the user may read it."""
    rows = PanelItem.objects.visible_to(user).filter(meeting=meeting, status="proposed", listed_at=None)
    return rows if items is None else rows.filter(reference__in=items)


def why_not_tell(user: Any, item: PanelItem, person: Any) -> Refusal | None:
    """Telling somebody who is no member of one item: once, and only what names nobody."""
    refusal = why_not_prepare(user, item.meeting)
    if refusal is not None:
        return refusal
    if not person.is_active:
        return Refusal("panels.not_here", f"{person.full_name} cannot sign in now. Choose somebody else.")
    if PanelMember.objects.now().filter(panel=item.panel, user=person).exists():
        return Refusal("panels.is_member", f"{person.full_name} sits on the panel, and has the whole list.")
    if ListEntry.objects.filter(item=item, meeting=item.meeting, user=person, ended_at=None).exists():
        return Refusal("panels.told_already", f"{person.full_name} was told of this already.")
    return None


def why_not_admit(user: Any, entry: ListEntry) -> Refusal | None:
    """Opening an item to somebody who is no member: once they come because of it."""
    refusal = why_not_prepare(user, entry.meeting)
    if refusal is None and entry.item.family_id is None:
        return Refusal("panels.is_a_theme", "A theme has nothing to open: they were told what it is, and can come.")
    if refusal is None and (entry.as_member or entry.ended_at is not None or entry.opened_at is not None):
        return Refusal("panels.admitted", "This is open to them already, or is theirs no more.")
    return refusal


def why_not_say_coming(user: Any, meeting: PanelMeeting, coming: str) -> Refusal | None:
    """Saying whether one comes: members, deputies, and whoever was told of something; until the day is over."""
    over = meeting.meets_on < clock.today() or meeting.minutes_approved_at is not None
    if meeting.cancelled_at is not None or over:
        return Refusal("panels.meeting_over", "This meeting was held or called off.")
    if coming not in Coming.values:
        return Refusal("panels.coming", "Say whether you come.")
    seat = member_of(user, meeting.panel)
    told = ListEntry.objects.visible_to(user).filter(meeting=meeting, user=user, ended_at=None)
    if seat is None and not told.exists():
        return Refusal("panels.not_asked", "You were not asked to this meeting.")
    if coming == Coming.DEPUTY and (seat is None or seat.deputy_id is None or seat.user_id != user.id):
        return Refusal("panels.no_deputy", "You have no deputy on this panel. Ask its coordinator to add one.")
    return None
