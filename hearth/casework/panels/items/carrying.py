"""An item is heard at a later meeting: it was put off, or its meeting was called off. Called inside actions."""

from typing import Any

from hearth.casework.cases.due import set_due
from hearth.casework.cases.models import Case
from hearth.casework.panels.items.actions import DUE, next_number
from hearth.casework.panels.items.opening import basis_with, close_to_all_but, open_to_those_who_run
from hearth.casework.panels.meetings.entering import enter
from hearth.casework.panels.models import ListEntry, PanelItem, PanelMeeting
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack


def hear_at(*, by: Any, item: PanelItem, to: PanelMeeting) -> list[Any]:
    """What was opened to members for this meeting closes; they have it on the next list. Whoever else was told of it stays told, without a name.

    Gives those.
    """
    entries = ListEntry.objects.filter(item=item, ended_at=None)
    told = [entry.user for entry in entries.filter(as_member=False).select_related("user__organisation")]
    entries.update(ended_at=clock.now())
    item.meeting, item.number, item.listed_at = to, next_number(to), None
    item.save(update_fields=["meeting", "number", "listed_at"])
    waits_again(item)
    if item.family is not None:
        close_to_all_but(by=by, item=item, users=open_to_those_who_run(by=by, item=item, meeting=to))
    for user in told:
        basis = basis_with(item, user.organisation)
        enter(by=by, item=item, user=user, basis=basis, as_member=False, opens=False, admits=False)
    return told


def waits_again(item: PanelItem) -> None:
    """Its family is taken to the panel on the meeting's day."""
    if item.case_id is not None:
        due = f"Take to {pack().words.panel}"[:120]
        set_due(case=Case.objects.get(pk=item.case_id), kind=DUE, what=due, due_on=item.meeting.meets_on)
