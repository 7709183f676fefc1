"""Answer who is missing, so that it goes quiet, and take the answer back."""

from collections.abc import Sequence
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.records.people.models import Family, MissingAnswer, Person
from hearth.records.people.tree import rules


@action
def answer_missing(
    *, by: Any, family: Family, question: str, children: Sequence[Person], answer: str
) -> list[MissingAnswer]:
    """There is nobody, or it was asked and is not known: about some children, or (none given) about the family."""
    refuse(rules.why_not_answer(by, question, answer))
    family.hold()
    made = []
    about: Sequence[Person | None] = children or [None]
    refuse(rules.why_not_answer_again(by, family, question, about, answer))
    for child in about:
        _take_back(family, question, child)
        made.append(MissingAnswer(family=family, person=child, question=question, answer=answer, answered_by=by))
        made[-1].save(force_insert=True)
    record(
        "people.missing_answered",
        family=family,
        subject=family,
        question=question,
        answer=answer,
        children=len(children),
    )
    return made


@action
def take_back_answer(*, by: Any, family: Family, question: str, child: Person | None) -> int:
    """Ask again who is missing."""
    refuse(rules.why_not_record(by))
    family.hold()
    count = _take_back(family, question, child)
    record("people.missing_answer_taken_back", family=family, subject=family, question=question)
    return count


def _take_back(family: Family, question: str, child: Person | None) -> int:
    rows = MissingAnswer.objects.filter(family=family, question=question, person=child, taken_back_at=None)
    return rows.update(taken_back_at=clock.now())
