"""Who may see who can open a family, and who looked at it."""

from typing import Any

from hearth.foundation.core.refusals import Refusal
from hearth.records.people.models import Access

NO_TRAIL = Refusal(
    "people.no_trail", "There is no family with this reference whose trail you may see. Check it, letter by letter."
)


def why_not_see_who_can_open(user: Any, family: Any) -> Refusal | None:
    """The lead practitioner, and whoever may see the trail."""
    if user.may("see_audit_trail"):
        return None
    led = Access.objects.filter(family=family, user=user, why="lead_practitioner", ended_at=None)
    if led.exists():
        return None
    return Refusal(
        "people.may_not_see_access", "The lead practitioner and the manager see who can open this family. Ask them."
    )


def why_not_see_who_looked(user: Any) -> Refusal | None:
    """A manager of the area, and information governance."""
    if user.may("see_audit_trail"):
        return None
    return Refusal("people.may_not_see_trail", "A manager or information governance sees who looked. Ask them.")
