"""Answer who is missing, so that it goes quiet: somebody, nobody or not known; and take the answer back."""

from collections.abc import Sequence
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.records.people.facts.actions import record_relationship
from hearth.records.people.models import Family, MissingAnswer, Person, Relationship
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
def record_parent(
    *,
    by: Any,
    family: Family,
    question: str,
    children: Sequence[Person],
    parent: Person,
    parental_responsibility: bool | None = None,
) -> None:
    """Somebody in the family is the mother or the father who was asked for."""
    refuse(rules.why_not_record_parent(by, question, children))
    family.hold()
    told = Relationship.objects.filter(person=parent, kind=question, other__in=children, until_on=None)
    known = set(told.values_list("other_id", flat=True))
    for child in (child for child in children if child.pk not in known):
        record_relationship(
            by=by, person=parent, other=child, kind=question, parental_responsibility=parental_responsibility
        )
    record("people.parent_recorded", family=family, subject=parent, question=question, children=len(children))


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
