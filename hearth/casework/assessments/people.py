"""Who an assessment is about, as they are on record today: the form's identifying details, which nobody types again."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hearth.casework.assessments.models import Assessment
from hearth.foundation.ui.filters import listed
from hearth.records.people import codes
from hearth.records.people.models import FamilyRole, Person, PersonName, Relationship, Sex
from hearth.records.people.queries import Shown, family_of, family_people, sight_of

NOT_ASKED = "Not recorded"


@dataclass(frozen=True)
class Identified:
    """One person: their name, and what is on record about them, with words for codes."""

    name: str
    facts: tuple[tuple[str, str], ...]


def people_on(assessment: Assessment, when: str) -> str:
    """As of when the people are shown: never as of the day of signing off, since a version keeps its answers alone."""
    words = f"The people as they are on record {when}"
    if not assessment.is_signed_off:
        return f"{words}."
    return f"{words}, which may differ from the day it was signed off. This is no part of what was signed."


def who_it_is_about(reader: Any, assessment: Assessment) -> list[Identified]:
    """The family's people now. What the reader may not see is left out; what nobody asked says so."""
    family = family_of(reader, assessment.case.family.reference)
    shown, _ = family_people(reader, family)
    people = [each.person.id for each in shown]
    other_names, responsible = _other_names(people), _responsible(reader, people)
    sees_health = "health" in sight_of(family)
    return [
        Identified(each.person.full_name, tuple(_facts(each, other_names, responsible, sees_health))) for each in shown
    ]


def _facts(
    each: Shown, other_names: dict[UUID, list[str]], responsible: dict[UUID, list[str]], sees_health: bool
) -> list[tuple[str, str]]:
    person: Person = each.person
    role = FamilyRole(each.member.role).label
    facts = [
        ("In the family", f"{role}, {'lives here' if each.member.lives_here else 'lives elsewhere'}"),
        ("Born", ", ".join(filter(None, [each.birth, each.aged])) or NOT_ASKED),
        ("Also known as", listed([name for name in (person.known_as, *other_names.get(person.id, [])) if name])),
        ("Sex", Sex(person.sex).label),
        ("Ethnicity", codes.label_of("ethnicity", person.ethnicity)),
        ("First language", person.first_language or NOT_ASKED),
        ("Interpreter", person.interpreter_language),
    ]
    if sees_health:
        disabilities = ", ".join(codes.label_of("disability", code) for code in person.disabilities)
        facts.append(("Disability", disabilities or NOT_ASKED))
    if each.member.role == FamilyRole.CHILD:
        facts.append(("Parental responsibility", listed(responsible.get(person.id, [])) or NOT_ASKED))
    return [(name, str(words)) for name, words in facts if words]


def _other_names(people: list[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in PersonName.objects.filter(person__in=people).order_by("id"):
        found[row.person_id].append(" ".join(filter(None, [row.given_name, row.family_name])))
    return found


def _responsible(reader: Any, people: list[UUID]) -> dict[UUID, list[str]]:
    """Who is on record as having parental responsibility for each child, as far as the reader may see them."""
    rows = Relationship.objects.filter(
        other__in=people, until_on=None, parental_responsibility=True, person__in=Person.objects.visible_to(reader)
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in rows.select_related("person").order_by("created_at", "id"):
        found[row.other_id].append(row.person.full_name)
    return found
