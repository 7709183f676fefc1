"""Who looks after the outbox."""

from typing import Any

from hearth.foundation.core.refusals import Refusal

NOT_AGAIN = Refusal(
    "messages.not_again", "This message cannot be sent again: it went, it is on its way, or its link has run out."
)


def why_not_see_outbox(user: Any) -> Refusal | None:
    """Seeing what became of every message, and sending one again."""
    if user.may("administer"):
        return None
    return Refusal("messages.not_administrator", "Only an administrator sees what became of every message.")
