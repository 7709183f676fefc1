"""Who gets what of a list: worked out once, for the page that shows it before it goes out and for the sending itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hearth.casework.panels.items.opening import open_item, shows_items
from hearth.casework.panels.models import Coming, ListEntry, PanelItem, PanelMeeting, PanelMember, PanelReply, Place
from hearth.foundation.accounts.models import Appointment
from hearth.foundation.core import clock
from hearth.records.sharing.queries import Basis, bases_of


@dataclass
class Recipient:
    """Somebody to whom a list goes: in whose place, what of it they can open, and what they read without a name."""

    user: Any
    seat: PanelMember
    is_deputy: bool
    bases: dict[Any, Basis | None] = field(default_factory=dict)  # by item: what lets us show its family
    opens: list[PanelItem] = field(default_factory=list)
    unnamed: list[PanelItem] = field(default_factory=list)
    themes: list[PanelItem] = field(default_factory=list)
    out_of_reach: str = ""


def recipients(meeting: PanelMeeting, items: Sequence[PanelItem]) -> list[Recipient]:
    """Everybody to whom these items go: members, and the deputies who come for them. The same few queries however many there are."""
    seats = PanelMember.objects.now().filter(panel=meeting.panel)
    sends_deputy = set(
        PanelReply.objects.filter(meeting=meeting, coming=Coming.DEPUTY).values_list("user_id", flat=True)
    )
    found: dict[Any, Recipient] = {}
    rows = list(
        seats.select_related("user__organisation", "deputy__organisation").order_by("-is_chair", "user__full_name")
    )
    for seat in rows:
        if seat.place != Place.COORDINATOR:
            found[seat.user_id] = Recipient(seat.user, seat, is_deputy=False)
    sit_there = {seat.user_id for seat in rows}  # whoever has a seat of their own gets what that gets
    for seat in rows:
        if seat.deputy is not None and seat.user_id in sends_deputy and seat.deputy_id not in sit_there:
            found[seat.deputy_id] = Recipient(seat.deputy, seat, is_deputy=True)
    people = list(found.values())
    _share(people, items)
    _reach(people)
    return people


def _share(people: Iterable[Recipient], items: Sequence[PanelItem]) -> None:
    organisations = {each.user.organisation_id: each.user.organisation for each in people}
    bases = bases_of([item.family_id for item in items if item.family_id], list(organisations.values()))
    for each in people:
        for item in items:
            basis = bases.get((item.family_id, each.user.organisation_id))
            each.bases[item.id] = basis if basis is not None and shows_items(basis) else None
            held = each.themes if item.family_id is None else each.opens if each.bases[item.id] else each.unnamed
            held.append(item)


def _reach(people: Iterable[Recipient]) -> None:
    """Who cannot read it: their account is closed, or they hold no role today."""
    holds = set(
        Appointment.objects.in_force()
        .filter(user__in=[each.user.pk for each in people])
        .values_list("user_id", flat=True)
    )
    for each in people:
        if not each.user.is_active:
            each.out_of_reach = "Their account is closed: no e-mail reaches them, and they cannot sign in."
        elif each.user.pk not in holds:
            each.out_of_reach = "They hold no role today, so they cannot sign in to read it."


def enter(
    *, by: Any, item: PanelItem, user: Any, basis: Basis | None, as_member: bool, opens: bool, admits: bool = True
) -> ListEntry:
    """One person's entry for one item; and the item itself, where something lets us share it with their organisation."""
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
