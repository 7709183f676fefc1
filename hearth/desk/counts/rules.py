"""Who sees the counts."""

from typing import Any

from hearth.foundation.core.refusals import Refusal


def why_not_see_counts(user: Any) -> Refusal | None:
    """Whoever holds the permission, for the whole authority: the figures name nobody."""
    if user.may("see_counts"):
        return None
    return Refusal("desk.may_not_see_counts", "Your role does not include the counts. Ask a manager if it should.")
