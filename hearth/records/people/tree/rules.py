"""What may be answered about who is missing."""

from typing import Any

from hearth.foundation.core.refusals import Refusal
from hearth.records.people.models import MissingAnswer
from hearth.records.people.rules import why_not_record
from hearth.records.people.tree.missing import QUESTIONS


def why_not_answer(user: Any, question: str, answer: str) -> Refusal | None:
    """A question there is, and one of the two answers."""
    if question not in QUESTIONS or answer not in MissingAnswer.Answer.values:
        return Refusal("people.missing_answer", "Choose who was asked about and what the answer was.")
    return why_not_record(user)
