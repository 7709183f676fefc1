"""Who says which course answers a need; and the sentence when they may not."""

from typing import Any

from hearth.foundation.core.refusals import Refusal
from hearth.oversight.quality.workforce.courses.rules import why_not_lead
from hearth.oversight.quality.workforce.models import Course


def why_not_answer(user: Any, course: Course, answered: bool) -> Refusal | None:
    """Naming a course that is still offered, once for each need."""
    if refusal := why_not_lead(user):
        return refusal
    if course.retired_on is not None:
        return Refusal("workforce.retired", "This course is not offered any more. Choose another, or put one on.")
    if answered:
        return Refusal("workforce.answered", "This course is named for this need already. Choose another.")
    return None
