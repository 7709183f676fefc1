"""A family asks for help."""

from typing import Any

from hearth.casework.front_door.actions import receive_family_request
from hearth.doorstep import rate
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.reader import System
from hearth.foundation.core.refusals import refuse

DOORSTEP = System("system:doorstep", "", organisation_name="The public doorstep")


@action
def write_family_request(*, by: Any, came_from: str, **said: Any) -> str:
    """Send a family's own request to the front door; give its reference. `came_from` is counted, and kept nowhere."""
    refuse(rate.why_not_now(came_from))
    reference = receive_family_request(by=by, **said)
    rate.count(came_from)
    record("doorstep.request_received", subject=reference)
    return reference
