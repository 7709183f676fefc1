"""Everything known of one person, as far as the reader may see it. A fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q
from django.http import Http404

from hearth.foundation.core.seen import seen_of
from hearth.foundation.ui.filters import listed
from hearth.records.people import codes, kinship
from hearth.records.people.identifiers import is_temporary, said
from hearth.records.people.models import Address, Identifier, Person, PersonName, Relationship, Sex, may_see_person


@dataclass(frozen=True)
class Related:
    """Somebody this person is related to, in words."""

    other: Person
    words: str
    responsible: str
    row: Relationship


@dataclass(frozen=True)
class Number:
    """A number as it is read out, what it is, and which other records have it too."""

    row: Identifier
    place: int
    words: str
    kind: str
    others: tuple[Person, ...]
    elsewhere: bool


@dataclass(frozen=True)
class Facts:
    """The rows that hang from a person."""

    names: list[PersonName]
    homes: list[Address]
    numbers: list["Number"]
    related: list[Related]


def facts_of(reader: Any, person: Person, *, contact: bool) -> Facts:
    """Other names, homes (newest first), numbers and relationships."""
    return Facts(
        list(PersonName.objects.filter(person=person).order_by("created_at")),
        homes_of(person)[::-1] if contact else [],
        numbers_of(reader, person),
        related_to(reader, person),
    )


def numbers_of(reader: Any, person: Person) -> list[Number]:
    """Numbers, and where another record that is not linked has the same: two people, or one person twice."""
    rows = list(
        Identifier.objects.filter(person=person).select_related("verified_by").order_by("kind", "created_at", "id")
    )
    national = [row.value for row in rows if row.kind != Identifier.Kind.OTHER]
    if not national:
        return [_number(row, place, (), elsewhere=False) for place, row in enumerate(rows, start=1)]
    shared = Identifier.objects.filter(value__in=national, person__in=Person.objects.visible_to(reader)).exclude(
        person__cluster_id=person.cluster_id
    )
    others: dict[tuple[str, str], list[Person]] = {}
    for other in shared.select_related("person").order_by("created_at"):
        others.setdefault((other.kind, other.value), []).append(other.person)
    with connection.cursor() as cursor:
        cursor.execute("select kind, value from hearth_numbers_elsewhere(%s)", [person.id])
        elsewhere = set(cursor.fetchall())
    return [
        _number(row, place, tuple(others.get(key, ())), elsewhere=key in elsewhere and key not in others)
        for place, row in enumerate(rows, start=1)
        for key in [(row.kind, row.value)]
    ]


def _number(row: Identifier, place: int, others: tuple[Person, ...], *, elsewhere: bool) -> Number:
    kind = row.system or row.get_kind_display()
    temporary = f"{kind} (temporary)" if is_temporary(row.kind, row.value) else kind
    return Number(row, place, said(row.kind, row.value), temporary, others, elsewhere)


def number_at(reader: Any, person: Person, place: int) -> Number:
    """The number at that place on the person's page, or not found."""
    numbers = numbers_of(reader, person)
    if not 1 <= place <= len(numbers):
        raise Http404
    return numbers[place - 1]


def number_words(reader: Any, row: Identifier) -> str:
    """After a number was added: whether it was flagged, and whether another record has it."""
    number = next(one for one in numbers_of(reader, row.person) if one.row.pk == row.pk)
    words = f"The number is kept, with a flag. {row.flag}" if row.flag else "The number is added."
    if number.others:
        return (
            f"{words} {listed([other.full_name for other in number.others])} has the same number: look at both records."
        )
    return f"{words} Another record, which you cannot open, has the same number." if number.elsewhere else words


def homes_of(person: Person) -> list[Address]:
    """Every home, in the order they were written down: an address's place in it is its number in links."""
    return list(Address.objects.filter(person=person).order_by("created_at", "id"))


def seen_homes(person: Person) -> str:
    """What a page that changes somebody's home knew of their homes."""
    return seen_of([(home.lines, home.postcode, home.from_on, home.until_on) for home in homes_of(person)])


def seen_related(person: Person) -> str:
    """What a page that relates somebody knew of whom they are related to."""
    rows = Relationship.objects.filter(Q(person=person) | Q(other=person), until_on=None).order_by("id")
    return seen_of(list(rows.values_list("person_id", "other_id", "kind", "parental_responsibility")))


def home_of(person: Person, place: int) -> Address:
    """The home at that place, or not found."""
    homes = homes_of(person)
    if not 1 <= place <= len(homes):
        raise Http404
    return homes[place - 1]


def related_to(reader: Any, person: Person) -> list[Related]:
    """Who this person is related to, read from their side."""
    theirs = Q(person=person) & may_see_person(reader, "other") | Q(other=person) & may_see_person(reader)
    rows = Relationship.objects.filter(theirs, until_on=None)
    return [_related(row, person) for row in rows.select_related("person", "other").order_by("created_at", "id")]


def _related(row: Relationship, person: Person) -> Related:
    mine = row.person_id == person.id
    words = kinship.words(row.kind, inverse=not mine)
    has = {True: "has parental responsibility", False: "no parental responsibility", None: ""}[
        row.parental_responsibility
    ]
    if row.parental_responsibility is None and row.kind in kinship.RESPONSIBLE:
        has = "parental responsibility not asked"
    other = row.other if mine else row.person
    return Related(other, words, has if mine or not has else f"{other.given_name or other.full_name}: {has}", row)


def relationship_between(reader: Any, person: Person, reference: str, kind: str) -> Relationship:
    """The relationship of that kind with the person of that reference, or not found."""
    for related in related_to(reader, person):
        if related.other.reference == reference and related.row.kind == kind:
            return related.row
    raise Http404


def name_of(person: Person, key: str) -> PersonName:
    """Another name of this person by its key, or not found."""
    return _own(PersonName, person, key)


def identifier_of(person: Person, key: str) -> Identifier:
    """A number of this person by its key, or not found."""
    return _own(Identifier, person, key)


def _own(model: Any, person: Person, key: str) -> Any:
    row = next((row for row in model.objects.filter(person=person) if str(row.id) == key), None)
    if row is None:
        raise Http404
    return row


def about(person: Person, *, health: bool, contact: bool) -> list[tuple[str, str]]:
    """The facts a person's page lists, with words for codes; what the reader may not see is left out, not emptied."""
    rows = [
        ("Called", person.known_as),
        ("Sex", Sex(person.sex).label),
        ("Gender identity", person.gender_identity),
        ("Ethnicity", codes.label_of("ethnicity", person.ethnicity)),
        ("First language", person.first_language),
        ("Interpreter", person.interpreter_language or "Not needed, as far as is known"),
    ]
    if health:
        rows.append(("Disabilities", ", ".join(codes.label_of("disability", code) for code in person.disabilities)))
    if contact:
        rows += [("Telephone", person.phone), ("E-mail", person.email), ("Safe to contact", person.safe_to_contact)]
    return rows


def words_of(row: Relationship) -> str:
    """Kelly Ashworth, mother of Jake Ashworth."""
    return f"{row.person.full_name}, {kinship.words(row.kind).lower()} of {row.other.full_name}"
