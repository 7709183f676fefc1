"""Who may ask whether somebody is known."""

from typing import Any

from hearth.foundation.core.refusals import Refusal


def why_not_look_up(user: Any) -> Refusal | None:
    """Whoever asks for help for families, or adds them. A curious board member is not among them."""
    if user.may("ask_for_help") or user.may("add_person"):
        return None
    return Refusal(
        "sharing.may_not_look_up", "Your role does not ask for help for families, so it cannot look people up."
    )
