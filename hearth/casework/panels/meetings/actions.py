"""Send a meeting's list, tell others of an item, let them in, and say whether one comes."""

from collections.abc import Collection
from typing import Any

from hearth.casework.panels.items.opening import basis_with, open_item
from hearth.casework.panels.meetings import rules
from hearth.casework.panels.meetings.entering import Recipient, enter, recipients
from hearth.casework.panels.models import Coming, ListEntry, PanelItem, PanelMeeting, PanelReply
from hearth.casework.panels.rules import member_of
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.messages.actions import send


@action
def send_panel_list(*, by: Any, meeting: PanelMeeting, items: Collection[str] | None = None) -> int:
    """Send members what they were not sent yet: each sees what an item is about; whom it is about, only where we may share.

    `items` are the references that somebody looked at before: nothing else goes out. None: all that waits.
    """
    refuse(rules.why_not_send_list(by, meeting, items))
    meeting.hold()
    refuse(rules.why_not_send_list(by, meeting, items))
    waiting = rules.unlisted(by, meeting, items).select_related("family", "panel", "meeting").order_by("number")
    sent = list(waiting)
    people = recipients(meeting, sent)
    for item in sent:
        for each in people:
            enter(by=by, item=item, user=each.user, basis=each.bases[item.id], as_member=True, opens=not _runs(each))
        item.listed_at = clock.now()
        item.save(update_fields=["listed_at"])
    meeting.list_sent_at = clock.now()
    meeting.save(update_fields=["list_sent_at"])
    record("panels.list_sent", subject=meeting, items=len(sent), members=len(people))
    for each in people:
        tell_of_list(by=by, to=each.user, meeting=meeting, about=f"{meeting.moves} {sent[-1].id}")
    return len(sent)


def _runs(each: Recipient) -> bool:
    """The chair has had each family open since it was brought, and until the minutes are due."""
    return each.seat.is_chair and not each.is_deputy


def tell_of_list(*, by: Any, to: Any, meeting: PanelMeeting, about: str) -> None:
    """There is something on a meeting's list for somebody; said once for each thing that it is about."""
    link = f"/panel-meetings/{meeting.reference}/"
    send(by=by, to=to, template="panel_list", link=link, key=f"panel_list {meeting.id} {to.id} {about}")


@action
def tell_of_item(*, by: Any, item: PanelItem, user: Any) -> ListEntry:
    """Tell a manager or headteacher who is no member what an item is about, so that they can decide whether to come."""
    refuse(rules.why_not_tell(by, item, user))
    item.hold()
    refuse(rules.why_not_tell(by, item, user))
    basis = basis_with(item, user.organisation)
    entry = enter(by=by, item=item, user=user, basis=basis, as_member=False, opens=False, admits=False)
    record("panels.told_of_item", family=item.family_id, subject=item, who=user.reference)
    tell_of_list(by=by, to=user, meeting=item.meeting, about=str(item.id))
    return entry


@action
def admit_to_item(*, by: Any, entry: ListEntry) -> ListEntry:
    """Open an item to somebody who comes because of it, until the meeting's families close."""
    refuse(rules.why_not_admit(by, entry))
    entry.hold()
    refuse(rules.why_not_admit(by, entry))
    item, user = entry.item, entry.user
    basis = basis_with(item, user.organisation)
    if basis is None:
        refuse(
            Refusal(
                "panels.nothing_lets_us",
                f"Nothing lets us share this family with {user.organisation.name} as far as its assessment. "
                "They can come, and hear what is said without a name.",
            )
        )
    assert basis is not None  # noqa: S101 - refused just now
    open_item(by=by, item=item, user=user, basis=basis, until_on=entry.meeting.open_until_on)
    entry.shared_on, entry.opened_at = basis.kind, clock.now()
    entry.save(update_fields=["opened_at", "shared_on"])
    record("panels.admitted_to_item", family=item.family_id, subject=item, who=user.reference)
    return entry


@action
def say_coming(*, by: Any, meeting: PanelMeeting, coming: str) -> PanelReply:
    """Say whether one comes. A deputy is sent what the member was sent, and may open what the member may."""
    refuse(rules.why_not_say_coming(by, meeting, coming))
    reply = PanelReply.objects.filter(meeting=meeting, user=by).first() or PanelReply(meeting=meeting, user=by)
    reply.coming, reply.said_at = coming, clock.now()
    reply.save(force_insert=reply._state.adding)
    record("panels.reply_given", subject=meeting, coming=coming)
    seat = member_of(by, meeting.panel)
    if coming == Coming.DEPUTY and seat is not None:
        _send_to_deputy(by, meeting, seat.deputy)
    return reply


def _send_to_deputy(by: Any, meeting: PanelMeeting, deputy: Any) -> None:
    listed = PanelItem.objects.visible_to(by).filter(meeting=meeting, listed_at__isnull=False, status="proposed")
    for item in listed.select_related("family", "panel", "meeting"):
        enter(by=by, item=item, user=deputy, basis=basis_with(item, deputy.organisation), as_member=True, opens=True)
    if meeting.list_sent_at is not None:
        tell_of_list(by=by, to=deputy, meeting=meeting, about="deputy")
