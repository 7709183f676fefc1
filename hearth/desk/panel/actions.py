"""What the panel did with a family."""

import datetime as dt
from typing import Any

from hearth.casework.cases.actions import hold
from hearth.casework.cases.due import set_due
from hearth.casework.cases.models import Case
from hearth.casework.cases.notes.actions import add_note
from hearth.desk.panel import rules
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse


def say_when(case: Case, due_on: dt.date) -> None:
    """Put the family on the list for the panel's meeting of that day. Called inside actions, which record their own event."""
    set_due(case=case, kind=rules.PANEL, what=f"Take to {pack().words.panel}"[:120], due_on=due_on)


@action
def record_panel(
    *, by: Any, case: Case, heard: bool, heard_on: dt.date | None = None, words: str = "", due_on: dt.date | None = None
) -> None:
    """The panel discussed the family, and its words become a note; or the family waits for the meeting of another day."""
    hold(case)
    refuse(rules.why_not_record_panel(by, case))
    if heard and heard_on is not None:
        panel = pack().words.panel
        add_note(by=by, case=case, kind="meeting", happened_on=heard_on, words=f"Discussed by {panel}.\n\n{words}")
        set_due(case=case, kind=rules.PANEL, done=True)
        record("desk.panel_heard", family=case.family_id, subject=case)
    elif due_on is not None:
        say_when(case, due_on)
        record("desk.panel_day_changed", family=case.family_id, subject=case)
