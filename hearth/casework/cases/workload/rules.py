"""Who sees what everybody carries."""

from typing import Any

from hearth.foundation.core.refusals import Refusal


def why_not_see_workload(user: Any) -> Refusal | None:
    """Whoever sees the work of a team or an area."""
    if user.may("see_team_work"):
        return None
    return Refusal(
        "cases.may_not_see_workload", "Only a manager or the front door sees what everybody carries. Ask yours."
    )
