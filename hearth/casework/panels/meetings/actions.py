"""Send a meeting's list, tell others of an item, let them in, and say whether one comes."""

from typing import Any

from hearth.casework.panels.items.opening import basis_with, open_item
from hearth.casework.panels.meetings import rules
from hearth.casework.panels.models import Coming, ListEntry, PanelItem, PanelMeeting, PanelMember, PanelReply, Place
from hearth.casework.panels.rules import member_of
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.messages.actions import send


@action
def send_panel_list(*, by: Any, meeting: PanelMeeting) -> int:
    """Send members what they were not sent yet: each sees what an item is about; whom it is about, only where we may share."""
    refuse(rules.why_not_send_list(by, meeting))
    meeting.hold()
    refuse(rules.why_not_send_list(by, meeting))
    items = list(rules.unlisted(by, meeting).select_related("family", "panel", "meeting").order_by("number"))
    seats = PanelMember.objects.now().filter(panel=meeting.panel).exclude(place=Place.COORDINATOR)
    members = list(seats.select_related("user__organisation"))
    for item in items:
        known: dict[Any, Any] = {}
        for member in members:
            _enter(by, item, member.user, known, as_member=True, opens=not member.is_chair)
        item.listed_at = clock.now()
        item.save(update_fields=["listed_at"])
    meeting.list_sent_at = clock.now()
    meeting.save(update_fields=["list_sent_at"])
    record("panels.list_sent", subject=meeting, items=len(items), members=len(members))
    for member in members:
        _message(by, member.user, meeting, f"{meeting.moves} {items[-1].id}")
    return len(items)


def _enter(
    by: Any, item: PanelItem, user: Any, known: dict[Any, Any], *, as_member: bool, opens: bool, admits: bool = True
) -> ListEntry:
    """One person's entry for one item; and the item itself, where something lets us share it with their organisation."""
    basis = _basis(item, user.organisation, known)
    told = {
        "number": item.number, "ask": item.ask, "themes": item.themes, "title": item.title, "ages": item.ages,
        "sent_at": clock.now(), "as_member": as_member, "shared_on": basis.kind if basis else "", "ended_at": None,
        "sent_by": by, "opened_at": clock.now() if admits and basis else None,
    }  # fmt: skip
    entry = ListEntry.objects.filter(item=item, meeting=item.meeting, user=user).first()
    if entry is None:
        entry = ListEntry(item=item, meeting=item.meeting, user=user, **told)
        entry.save(force_insert=True)
    else:
        for name, value in told.items():
            setattr(entry, name, value)
        entry.save(update_fields=list(told))
    if opens and admits and basis is not None:
        open_item(by=by, item=item, user=user, basis=basis, until_on=item.meeting.open_until_on)
    return entry


def _basis(item: PanelItem, organisation: Any, known: dict[Any, Any]) -> Any:
    if item.family is None:
        return None
    if organisation.id not in known:
        known[organisation.id] = basis_with(item, organisation)
    return known[organisation.id]


def _message(by: Any, to: Any, meeting: PanelMeeting, about: str) -> None:
    link = f"/panel-meetings/{meeting.reference}/"
    send(by=by, to=to, template="panel_list", link=link, key=f"panel_list {meeting.id} {to.id} {about}")


@action
def tell_of_item(*, by: Any, item: PanelItem, user: Any) -> ListEntry:
    """Tell a manager or headteacher who is no member what an item is about, so that they can decide whether to come."""
    refuse(rules.why_not_tell(by, item, user))
    item.hold()
    refuse(rules.why_not_tell(by, item, user))
    entry = _enter(by, item, user, {}, as_member=False, opens=False, admits=False)
    record("panels.told_of_item", family=item.family_id, subject=item, who=user.reference)
    _message(by, user, item.meeting, str(item.id))
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
        _enter(by, item, deputy, {}, as_member=True, opens=True)
    if meeting.list_sent_at is not None:
        _message(by, deputy, meeting, "deputy")
