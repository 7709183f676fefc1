"""The risk log at every step: open, with an action point, escalated, kept to some roles; a meeting being held, and one about to end."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.governance.risks import actions
from hearth.oversight.governance.risks.meetings import actions as meetings
from hearth.oversight.governance.risks.meetings.queries import to_go_through


def plant(world: Any) -> None:
    """One of each; the whole authority's meeting has gone through all of them."""
    more, by, lead = world.more, world.cast.development_officer, world.cast.strategic_lead
    with acting_as(by):
        said: dict[str, Any] = {
            "by": by, "area": world.area, "subject": "delivery", "what": "Planned", "controls": "Planned", "owner": by, "likelihood": 3, "impact": 3,
        }  # fmt: skip
        more.risk_open = actions.log_risk(title="Planned to stay open", **said)
        more.risk_followed = actions.log_risk(title="Planned to be followed", **said)
        more.risk_asked = actions.log_risk(title="Planned to be asked", **said)
        more.risk_kept = actions.log_risk(title="Planned for few", **said, only_roles=["strategic_lead"])
        more.risk_point = actions.add_action_point(
            by=by, risk=more.risk_followed, what="Planned", owner=by, due_on=clock.today() + dt.timedelta(days=3)
        )
        more.risk_escalation = actions.escalate_risk(by=by, risk=more.risk_asked, level="director", asked="Planned")
        more.risk_meeting = meetings.start_risk_meeting(by=by, area=world.area)
    with acting_as(lead):
        more.risk_meeting_full = meetings.start_risk_meeting(by=lead)
        meetings.record_risk_attendance(by=lead, meeting=more.risk_meeting_full, present="Planned")
        for risk in to_go_through(lead, more.risk_meeting_full):
            meetings.review_risk(by=lead, meeting=more.risk_meeting_full, risk=risk, likelihood=3, impact=3)
