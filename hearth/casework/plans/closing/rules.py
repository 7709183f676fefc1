"""What stands in the way of closing a case, beside what the case itself asks."""

from hearth.casework.cases.models import Case
from hearth.casework.cases.steps.models import CareStep, Status
from hearth.foundation.core.refusals import Refusal


def why_not_close_yet(case: Case) -> Refusal | None:
    """Closing while somebody on the other side still has to answer: they would answer for a case that is over."""
    waiting = CareStep.objects.filter(case=case, status=Status.REQUESTED).first()
    if waiting is None:
        return None
    asked = waiting.get_direction_display().split(" to ")[0].lower()
    return Refusal(
        "plans.step_waits",
        f"The {asked} {waiting.reference} waits for an answer. Wait for it, or withdraw it, before you close the case.",
    )
