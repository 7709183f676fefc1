"""Families and people as the reader may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Prefetch, QuerySet
from django.http import Http404
from django.urls import reverse

from hearth.foundation.accounts.models import Area
from hearth.foundation.core.refusals import refuse
from hearth.records.people import codes, rules
from hearth.records.people.births import aged, birth_words
from hearth.records.people.links.queries import timeline_entries as link_entries
from hearth.records.people.models import Address, Family, Membership, Person
from hearth.records.people.reach import may_open_family
from hearth.records.people.timeline import Entry

CATEGORIES = ("contact", "health")  # of what is held of a person, beside who they are


def _sight(reader: Any, path: str) -> dict[str, Any]:
    """Columns that say which kinds of information about a family the reader may see."""
    made: dict[str, Any] = {}
    for category in CATEGORIES:
        if path:
            mine = Membership.objects.filter(may_open_family(reader, "family__", category), person=OuterRef("pk"))
            made[f"sees_{category}"] = Exists(mine)
        else:
            made[f"sees_{category}"] = ExpressionWrapper(
                may_open_family(reader, "", category), output_field=BooleanField()
            )
    return made


def sight_of(row: Any) -> frozenset[str]:
    """What the reader may see of a family or person that was read here."""
    return frozenset(category for category in CATEGORIES if getattr(row, f"sees_{category}"))


def family_of(reader: Any, reference: str) -> Family:
    """The family, or a page that never says whether it exists."""
    rows = Family.objects.visible_to(reader).select_related("area").annotate(**_sight(reader, ""))
    family = rows.filter(reference=reference).first()
    if family is None:
        raise Http404
    return family


def person_of(reader: Any, reference: str) -> Person:
    """The person, or a page that never says whether they exist."""
    person = Person.objects.visible_to(reader).annotate(**_sight(reader, "person")).filter(reference=reference).first()
    if person is None:
        raise Http404
    return person


def membership_of(reader: Any, family: Family, reference: str) -> Membership:
    """Somebody's place in the family now, or not found."""
    row = _members(reader, family).filter(until_on=None, person__reference=reference).first()
    if row is None:
        raise Http404
    return row


def _members(reader: Any, family: Family) -> QuerySet[Membership]:
    rows = Membership.objects.filter(family=family, person__in=Person.objects.visible_to(reader))
    return rows.select_related("person", "family")


@dataclass(frozen=True)
class Shown:
    """One person as the family's page shows them."""

    member: Membership
    person: Person
    birth: str
    aged: str
    homes: tuple[Address, ...]
    facts: tuple[tuple[str, str], ...]


def family_people(reader: Any, family: Family) -> tuple[list[Shown], list[Membership]]:
    """Everybody in the family now, grown-ups first; and those who left. Two queries."""
    homes = Address.objects.filter(until_on=None).order_by("created_at")
    rows = list(_members(reader, family).prefetch_related(Prefetch("person__addresses", homes, "homes")))
    now = [row for row in rows if row.until_on is None]
    now.sort(
        key=lambda row: (
            row.role == "child",
            not row.lives_here,
            row.person.born_on is None,
            row.person.born_on or row.created_at.date(),
        )
    )
    left = sorted((row for row in rows if row.until_on is not None), key=lambda row: row.until_on, reverse=True)  # type: ignore[arg-type,return-value]
    return [_shown(row, sight_of(family)) for row in now], left


def _shown(row: Membership, sight: frozenset[str]) -> Shown:
    person: Any = row.person
    homes = tuple(person.homes[::-1]) if "contact" in sight else ()
    words = aged(person.born_on, person.birth_precision, person.died_on)
    return Shown(
        row, person, birth_words(person.born_on, person.birth_precision), words if person.died_on is None else "", homes,
        tuple((label, value) for label, value in brief_facts(person, sight) if value),
    )  # fmt: skip


@dataclass(frozen=True)
class Reach:
    """How a family is reached: who has which telephone number and when it is safe, and where the family lives.

    `warned`: when it is safe to reach those who have no number here, such as by a number that only a request holds.
    """

    phones: list[tuple[str, str, str]]
    home: str
    warned: list[tuple[str, str]]


def how_to_reach(reader: Any, family: Family) -> Reach:
    """The numbers of the grown-ups, when it is safe to reach anybody, and the home, where the reader may see them. Two queries."""
    everybody = family_people(reader, family)[0]
    people = [one for one in everybody if one.member.role != "child"]
    told = [(one, dict(one.facts)) for one in everybody if one.person.died_on is None]
    safe, rings = "Safe to contact", [one for one, facts in told if one in people and "Telephone" in facts]
    phones = [(one.person.full_name, facts["Telephone"], facts.get(safe, "")) for one, facts in told if one in rings]
    warned = [(one.person.full_name, facts[safe]) for one, facts in told if safe in facts and one not in rings]
    homes = (home for one in people if one.member.lives_here for home in one.homes)
    found = next((", ".join(filter(None, (home.lines, home.postcode))) for home in homes), "")
    return Reach(phones, found, warned)


def age_said(person: Person) -> str:
    """aged 11; for somebody who died, how old they were then."""
    words = aged(person.born_on, person.birth_precision, person.died_on)
    return f"{words} when they died" if words and person.died_on else words


def brief_facts(person: Person, sight: frozenset[str]) -> Iterable[tuple[str, str]]:
    """What one must know before ringing or visiting."""
    yield "Called", person.known_as
    if "contact" in sight:
        yield "Telephone", person.phone
        yield "Safe to contact", person.safe_to_contact
    yield "Interpreter", person.interpreter_language
    if "health" in sight:
        yield (
            "Disability",
            ", ".join(codes.label_of("disability", code) for code in person.disabilities if code != "NONE"),
        )


def districts() -> list[Area]:
    """The districts a family may live in: areas that no other area lies in."""
    return list(Area.objects.filter(children=None).order_by("name"))


def person_to_join(reader: Any, reference: str) -> Person | None:
    """The record with that reference, if the reader may open it."""
    return Person.objects.visible_to(reader).filter(reference=reference.strip().upper()).first()


def others_at_home(reader: Any, person: Person) -> list[Person]:
    """Everybody else in the families this person is in now, whom the reader may see."""
    families = Membership.objects.filter(may_open_family(reader, "family__"), person=person, until_on=None).values(
        "family"
    )
    rows = Person.objects.visible_to(reader).filter(memberships__family__in=families, memberships__until_on=None)
    return list(rows.exclude(pk=person.pk).distinct().order_by("born_on", "id"))


def families_of(reader: Any, person: Person) -> list[Membership]:
    """The families this person is or was in, as far as the reader may open them, those of now first."""
    rows = Membership.objects.filter(may_open_family(reader, "family__"), person=person).select_related("family__area")
    return sorted(rows, key=lambda row: (row.until_on is not None, row.created_at))


def timeline_entries(reader: Any, family: Family) -> list[Entry]:
    """Who joined and left the family, moves of home, deaths and links, for its chronology."""
    found: list[Entry] = []
    for row in _members(reader, family):
        name = row.person.full_name
        found.append(Entry(row.from_on or row.created_at, "People", f"{name} was put on record in this family"))
        if row.until_on is not None:
            found.append(Entry(row.until_on, "People", f"{name} left this family"))
        if row.person.died_on is not None:
            found.append(Entry(row.person.died_on, "People", f"{name} died"))
    # What hangs from another record of the same person is told here too, to whoever may open that record.
    visible = Person.objects.visible_to(reader)
    # Two short queries in place of one with both: as one, every person on record would be read.
    clusters = list(visible.filter(memberships__family=family).values_list("cluster_id", flat=True))
    theirs = list(visible.filter(cluster_id__in=clusters))
    homes = Address.objects.filter(person__in=theirs).exclude(from_on=None).select_related("person")
    for home in homes.order_by("from_on", "id"):
        found.append(Entry(home.from_on, "Home", f"{home.person.full_name} moved to {home.postcode or home.lines}"))  # type: ignore[arg-type]
    return found + _elsewhere(reader, family, theirs) + link_entries(reader, family)


def _elsewhere(reader: Any, family: Family, people: Sequence[Person]) -> list[Entry]:
    """Where those of this family are on record too, by a link: the other family, with its own chronology."""
    rows = Membership.objects.filter(may_open_family(reader, "family__"), person__in=people).exclude(family=family)
    linked = rows.exclude(person__in=Membership.objects.filter(family=family).values("person"))
    return [
        Entry(
            row.from_on or row.created_at, "Link",
            f"{row.person.full_name} ({row.person.reference}) was put on record in the {row.family.name} family",
            url=reverse("chronology", args=[row.family.reference]),
        )
        for row in linked.select_related("person", "family").order_by("created_at", "id")
    ]  # fmt: skip


def refuse_without_contact(person: Person) -> None:
    """Homes are shown to, and written by, those who may see how to reach the family."""
    refuse(rules.why_not_write_home(sight_of(person)))
