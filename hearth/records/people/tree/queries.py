"""A family as a picture and as sentences: three queries, however many people there are."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from hearth.foundation.core.text import upper_first
from hearth.foundation.ui.filters import day, listed
from hearth.records.people import kinship
from hearth.records.people.births import aged
from hearth.records.people.models import BirthPrecision, Membership, MissingAnswer, Person, Relationship
from hearth.records.people.tree.drawing import Bond, Figure, Picture, draw
from hearth.records.people.tree.layout import Member, Tie, place
from hearth.records.people.tree.missing import Missing, short_name, who_is_missing

_BOND = {
    "mother": "birth",
    "father": "birth",
    "parent": "birth",
    "grandparent": "grand",
    "partner": "couple",
    "former_partner": "parted",
}


@dataclass(frozen=True)
class Told:
    """One person in words: the same as the picture says, for a screen reader, a phone and paper."""

    member: Membership
    person: Person
    summary: str
    ties: list[str]


@dataclass(frozen=True)
class Tree:
    """The picture, the sentences, and who is missing."""

    picture: Picture
    told: list[Told]
    missing: list[Missing]
    answered: list[MissingAnswer]
    relationships: list[Relationship]


def members_of(reader: Any, family: Any) -> list[Membership]:
    """Who is in the family now, as far as the reader may see: grown-ups first, then children, the oldest first."""
    rows = Membership.objects.filter(
        family=family, until_on=None, person__in=Person.objects.visible_to(reader)
    ).select_related("person")
    return sorted(rows, key=_place)


def _place(row: Membership) -> tuple[Any, ...]:
    person = row.person
    unborn = person.birth_precision == BirthPrecision.EXPECTED
    born = person.born_on.toordinal() if person.born_on else 10**9
    return (
        row.role == "child",
        not row.lives_here if row.role != "child" else False,
        unborn,
        born,
        person.folded_name,
        str(person.id),
    )


def relationships_between(members: list[Membership]) -> list[Relationship]:
    """How they are related to each other, as recorded."""
    ids = [row.person_id for row in members]
    rows = Relationship.objects.filter(until_on=None, person__in=ids, other__in=ids).select_related("person", "other")
    return list(rows.order_by("created_at", "id"))


def answers_of(family: Any) -> list[MissingAnswer]:
    """What was answered about who is missing."""
    rows = MissingAnswer.objects.filter(family=family, taken_back_at=None).select_related("person", "answered_by")
    return list(rows.order_by("question", "created_at"))


def family_tree(reader: Any, family: Any) -> Tree:
    """The family's tree."""
    members = members_of(reader, family)
    rows, answers = relationships_between(members), answers_of(family)
    placed = place([Member(m.person_id, m.role) for m in members], [_tie(row) for row in rows])
    bonds = [Bond(row.person_id, row.other_id, kind) for row in rows if (kind := _bond(row.kind))]
    picture = draw([_figure(m) for m in members], bonds, placed)
    order = {m.person_id: place for place, m in enumerate(members)}
    rows.sort(key=lambda row: (order[row.other_id], order[row.person_id]))
    told = [Told(m, m.person, _summary(m), _ties(m.person_id, rows)) for m in members]
    return Tree(picture, told, who_is_missing(members, rows, answers), answers, rows)


def children_without(reader: Any, family: Any, question: str) -> list[Person]:
    """The children of whom nobody is shown as what is asked for, such as a father, and of whom nobody answered why: three queries."""
    members = members_of(reader, family)
    missing = who_is_missing(members, relationships_between(members), answers_of(family))
    return [child for each in missing if each.question == question for child in each.children]


def _tie(row: Relationship) -> Tie:
    kin = kinship.KINSHIPS.get(row.kind, kinship.KINSHIPS["other"])
    hangs = kin.parental and row.kind != "grandparent"
    if row.kind in ("other", "cousin"):  # a close person says nothing of generations
        return Tie(row.person_id, row.person_id, 0)
    return Tie(row.person_id, row.other_id, kin.up, parental=hangs, couple=kin.couple)


def _bond(kind: str) -> str:
    kin = kinship.KINSHIPS.get(kind)
    return _BOND.get(kind, "other" if kin is not None and kin.parental else "")


def _figure(member: Membership) -> Figure:
    person = member.person
    unborn = person.birth_precision == BirthPrecision.EXPECTED
    shape = "unborn" if unborn else {"M": "male", "F": "female"}.get(person.sex, "unknown")
    return Figure(
        person.id, person.full_name, tuple(note for note in _notes(member) if note), shape, died=person.died_on is not None,
        elsewhere=not member.lives_here, href=reverse("person", args=[person.reference]),
    )  # fmt: skip


def _notes(member: Membership) -> list[str]:
    person = member.person
    if person.birth_precision == BirthPrecision.EXPECTED:
        return [f"due {day(person.born_on)}" if person.born_on else "expected"]
    if person.died_on:
        return [f"died {day(person.died_on)}", "" if member.lives_here else "lived elsewhere"]
    return [
        aged(person.born_on, person.birth_precision) or "age not known",
        "" if member.lives_here else "lives elsewhere",
    ]


def _summary(member: Membership) -> str:
    person, said = member.person, [member.get_role_display().lower()]
    if person.died_on:
        said.append(f"died on {day(person.died_on)}")
    elif person.birth_precision == BirthPrecision.EXPECTED:
        said.append(f"expected on {day(person.born_on)}" if person.born_on else "expected")
    elif age := aged(person.born_on, person.birth_precision):
        said.append(age)
    lives = "lived" if person.died_on else "lives"
    if person.birth_precision != BirthPrecision.EXPECTED:
        said.append(f"{lives} in this home" if member.lives_here else f"{lives} elsewhere")
    words = ", ".join(said)
    return upper_first(words)


def _ties(person_id: Any, rows: list[Relationship]) -> list[str]:
    """Mother of Jake and Mia (has parental responsibility). Each tie is told once, by the one who is the `kind`."""
    told: dict[tuple[str, bool | None], list[str]] = {}
    for row in rows:
        if row.person_id == person_id:
            told.setdefault((kinship.words(row.kind), row.parental_responsibility), []).append(short_name(row.other))
        elif row.other_id == person_id and not kinship.KINSHIPS.get(row.kind, kinship.KINSHIPS["other"]).parental:
            told.setdefault((kinship.words(row.kind, inverse=True), None), []).append(short_name(row.person))
    return [f"{words} of {listed(names)}{_responsible(has)}" for (words, has), names in told.items()]


def _responsible(has: bool | None) -> str:
    return {True: " (has parental responsibility)", False: " (no parental responsibility)", None: ""}[has]


def answer_of(family: Any, question: str, reference: str) -> MissingAnswer:
    """The answer given about a child (or, without a reference, about the family), or not found."""
    for answer in answers_of(family):
        if answer.question == question and (answer.person.reference if answer.person else "") == reference:
            return answer
    raise Http404
