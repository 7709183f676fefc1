"""Who may link the people of feeds, and what may be done with a run."""

from typing import Any

from hearth.foundation.core.refusals import Refusal
from hearth.intelligence.matching.models import LinkRun


def why_not_link_feeds(user: Any) -> Refusal | None:
    """Linking, looking at runs and deciding pairs: analysts and information governance."""
    if user.may("link_feeds"):
        return None
    return Refusal(
        "matching.not_allowed", "Your role cannot link partners' files. Ask an analyst or information governance."
    )


def why_not_cancel_link_run(user: Any, run: LinkRun) -> Refusal | None:
    """A run is cancelled until it is over."""
    if refusal := why_not_link_feeds(user):
        return refusal
    if run.state not in LinkRun.OPEN:
        return Refusal(
            "matching.over", "This run is over already. What it wrote is in force until another run is done."
        )
    return None
