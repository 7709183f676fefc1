"""Who is missing? A father, a mother, a carer, brothers and sisters, whoever has parental responsibility: asked quietly.

"Nobody" and "asked, and not known" are answers: what is answered is not asked again, and nothing here is required.
It asks of what the reader is shown: whoever is restricted from them may be on record, and the words never say that nobody is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hearth.foundation.ui.filters import listed
from hearth.records.people import kinship
from hearth.records.people.births import is_child
from hearth.records.people.models import BirthPrecision, MissingAnswer, Sex

QUESTIONS: dict[str, str] = {
    "mother": "No mother is shown for {names}",
    "father": "No father is shown for {names}",
    "carer": "Nobody in the home is shown as bringing up {names}",
    "responsibility": "Nobody is shown as having parental responsibility for {names}",
    "siblings": "No brothers or sisters are shown, here or elsewhere",
}
SEX = {"mother": "F", "father": "M"}


@dataclass(frozen=True)
class Missing:
    """One quiet question: its code, the sentence, the children it is about (none: the family), and who in the home may be it."""

    question: str
    sentence: str
    children: tuple[Any, ...] = ()
    candidates: tuple[Any, ...] = ()

    def words_for(self, person: Any) -> str:
        """The answer that names somebody: Stacey is their mother."""
        whose = "their" if len(self.children) > 1 else f"{short_name(self.children[0])}’s"
        return f"{short_name(person)} is {whose} {self.question}"


def short_name(person: Any) -> str:
    """A first name; the unborn child; the whole name where there is no first one."""
    unborn = person.birth_precision == BirthPrecision.EXPECTED
    return person.given_name or ("the unborn child" if unborn else person.full_name)


def who_is_missing(members: Sequence[Any], relationships: Iterable[Any], answers: Iterable[Any]) -> list[Missing]:
    """What to ask about a family: `members` are memberships with their person, `answers` those not taken back."""
    quiet = {(answer.question, answer.person_id) for answer in answers}
    homes = {member.person_id: member.lives_here for member in members}
    over: dict[Any, list[Any]] = {}
    for row in relationships:
        over.setdefault(row.other_id, []).append(row)
    children = [
        member
        for member in members
        if member.role == "child" and is_child(member.person) and member.person.died_on is None
    ]
    found = []
    for question, sentence in QUESTIONS.items():
        about = [
            member.person for member in children
            if question != "siblings" and (question, member.person_id) not in quiet and _lacks(question, member, over, homes)
        ]  # fmt: skip
        if about:
            names = listed([short_name(person) for person in about])
            candidates = _who_it_may_be(question, members, about, relationships)
            found.append(Missing(question, sentence.format(names=names), tuple(about), candidates))
    if (
        len(children) == 1
        and ("siblings", None) not in quiet
        and not _has_siblings(children[0].person_id, relationships)
    ):
        found.append(Missing("siblings", QUESTIONS["siblings"]))
    return found


def _who_it_may_be(
    question: str, members: Sequence[Any], children: Sequence[Any], relationships: Iterable[Any]
) -> tuple[Any, ...]:
    """Parents in the home, of the sex that is asked for or of none that is known, of whom nothing is recorded yet towards these children."""
    asked = {child.pk for child in children}
    related = {row.person_id for row in relationships if row.other_id in asked}
    related |= {row.other_id for row in relationships if row.person_id in asked}
    return tuple(
        member.person
        for member in members
        if member.role == "parent" and member.lives_here and member.person_id not in related
        and question in SEX and member.person.sex in (SEX[question], Sex.UNKNOWN) and member.person.died_on is None
    )  # fmt: skip


def _lacks(question: str, member: Any, over: Mapping[Any, Sequence[Any]], homes: Mapping[Any, bool]) -> bool:
    rows = over.get(member.person_id, ())
    if question in SEX:
        return not any(_is_that_parent(row, question) for row in rows)
    if member.person.birth_precision == BirthPrecision.EXPECTED:
        return False  # nobody brings up, or answers for, a child who is not born
    if question == "carer":
        if not member.lives_here:
            return False
        return not any(row.kind in kinship.BROUGHT_UP_BY and homes.get(row.person_id) for row in rows)
    return not any(row.parental_responsibility for row in rows)


def _is_that_parent(row: Any, question: str) -> bool:
    if row.kind == question:
        return True
    return row.kind in ("parent", "adoptive_parent") and row.person.sex == SEX[question]


def _has_siblings(child_id: Any, relationships: Iterable[Any]) -> bool:
    return any("sibling" in row.kind and child_id in (row.person_id, row.other_id) for row in relationships)


def answer_words(answer: MissingAnswer) -> str:
    """What was answered, as a sentence for the list of answers."""
    names = short_name(answer.person) if answer.person else "this family"
    asked = QUESTIONS.get(answer.question, answer.question).format(names=names)
    return f"{asked}: {answer.get_answer_display().lower()}"
