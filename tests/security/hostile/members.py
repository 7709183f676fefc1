"""What members asked for at every step: noted, with an answer written, approved, sent; one kept to some roles."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.governance.member_requests import actions


def plant(world: Any) -> None:
    """One of each."""
    more, by, lead, today = world.more, world.cast.development_officer, world.cast.strategic_lead, clock.today()
    said: dict[str, Any] = {
        "by": by, "area": world.area, "asked_by": "Planned", "meeting": "Planned", "asked_on": today, "kind": "report", "what": "Planned",
        "due_on": today + dt.timedelta(days=9), "owner": by,
    }  # fmt: skip
    with acting_as(by):
        for name in ("asked_open", "asked_written", "asked_approved", "asked_sent"):
            setattr(more, name, actions.note_member_request(**said))
        more.asked_kept = actions.note_member_request(**said, only_roles=["strategic_lead"])
        for found in (more.asked_written, more.asked_approved, more.asked_sent):
            actions.write_member_answer(by=by, request=found, words="Planned")
    with acting_as(lead):
        for found in (more.asked_approved, more.asked_sent):
            actions.decide_member_answer(by=lead, request=found, approve=True)
    with acting_as(by):
        actions.send_member_answer(by=by, request=more.asked_sent, sent_on=today, sent_how="Planned")
