"""What may be answered about who is missing."""

from collections.abc import Sequence
from typing import Any

from hearth.foundation.core.refusals import Refusal
from hearth.records.people.models import MissingAnswer
from hearth.records.people.rules import why_not_record
from hearth.records.people.tree.missing import QUESTIONS, SEX


def why_not_answer(user: Any, question: str, answer: str) -> Refusal | None:
    """A question there is, and one of the two answers."""
    if question not in QUESTIONS or answer not in MissingAnswer.Answer.values:
        return Refusal("people.missing_answer", "Choose who was asked about and what the answer was.")
    return why_not_record(user)


def why_not_record_parent(user: Any, question: str, children: Sequence[Any]) -> Refusal | None:
    """A mother or a father, of at least one child."""
    if question not in SEX or not children:
        return Refusal("people.missing_answer", "Choose who was asked about and what the answer was.")
    return why_not_record(user)


def why_not_answer_again(user: Any, family: Any, question: str, about: Sequence[Any], answer: str) -> Refusal | None:
    """What somebody else answered meanwhile, and otherwise, is not answered over."""
    keys = {getattr(child, "pk", None) for child in about}
    rows = MissingAnswer.objects.filter(family=family, question=question, taken_back_at=None).exclude(answer=answer)
    for row in rows.exclude(answered_by=user).select_related("answered_by"):
        if row.person_id in keys:
            return Refusal(
                "people.missing_answered",
                f"{row.answered_by.full_name} answered this meanwhile: {row.get_answer_display().lower()}. "
                "If that is wrong, ask it again on the family tree and then answer.",
            )
    return None
