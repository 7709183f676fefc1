"""Who decides on what has passed its time, and the sentences when not."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.oversight.governance.models import GOVERNS, Disposal

LONGEST_HOLD = 5 * 366  # days: an inquiry that goes on is held for again

NO_LONGER_DUE = Refusal(
    "governance.no_longer_due",
    "Something about this record changed since it was found, so it is not deleted. Look again tomorrow: it is found anew each night.",
)
OTHERWISE = Refusal(
    "governance.goes_otherwise",
    "What goes with this record changed while you had the page open. Look at it again before you delete it.",
)

NOT_HELD = Refusal("governance.hold_over", "This record is not held any more.")


def why_not_govern_retention(user: Any) -> Refusal | None:
    """Seeing what is due, holding and deleting: information governance."""
    if user.may(GOVERNS):
        return None
    return Refusal("governance.may_not", "Information governance decides what is deleted. Ask them.")


def why_not_decide(user: Any, disposal: Disposal) -> Refusal | None:
    """Deciding on a record: while it is due."""
    if refusal := why_not_govern_retention(user):
        return refusal
    if disposal.state == Disposal.State.DELETED:
        return Refusal("governance.deleted", "This record was deleted already.")
    return NO_LONGER_DUE if disposal.state != Disposal.State.DUE else None


def why_not_delete(user: Any, disposal: Disposal) -> Refusal | None:
    """Deleting: what is due and not held."""
    if refusal := why_not_decide(user, disposal):
        return refusal
    if disposal.held is not None:
        return Refusal("governance.held", "This record is held. End the hold first, if what it was for is over.")
    return None


def why_not_hold(user: Any, disposal: Disposal, reason: str, until_on: dt.date) -> Refusal | None:
    """Holding: for a reason, until a day that is not too far."""
    if refusal := why_not_decide(user, disposal):
        return refusal
    if disposal.held is not None:
        return Refusal("governance.held_already", "This record is held already. End that hold to place another.")
    if not reason.strip():
        return Refusal("governance.no_reason", "Say why it must be kept.")
    if not clock.today() <= until_on <= clock.today() + dt.timedelta(days=LONGEST_HOLD):
        return Refusal(
            "governance.hold_until", "Give a last day from today to five years ahead. It can be held again then."
        )
    return None
