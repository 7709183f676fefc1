"""When help may be offered to a family of concern."""

from typing import Any

from hearth.foundation.core.refusals import Refusal


def why_not_offer(family: Any) -> Refusal | None:
    """Once: what came of the request is at the front door."""
    if family.request:
        return Refusal(
            "desk.offered_already",
            f"Help was offered already: request {family.request} is open. Add to that one instead.",
        )
    return None
