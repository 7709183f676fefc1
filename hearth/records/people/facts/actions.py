"""Add facts to a person: a home, another name, a number, who they are to somebody; and put them right."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.models import hold_each
from hearth.foundation.core.refusals import Conflict, refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean
from hearth.foundation.ui.filters import day
from hearth.records.people import kinship
from hearth.records.people.actions import add_person
from hearth.records.people.facts import rules
from hearth.records.people.facts.queries import homes_of, seen_homes, seen_related
from hearth.records.people.identifiers import flag_of, plain
from hearth.records.people.models import Address, Identifier, Person, PersonName, Relationship
from hearth.records.people.postcodes import postcode_of, uprn_of
from hearth.records.people.rules import JUDGED, why_not_record, why_not_relate, why_not_these_facts

DAYS_SAID = {"from_on": day, "until_on": day}
Kin = tuple[Person, str, bool | None]  # the other person, what this one is to them, parental responsibility


@action
def add_family_member(
    *, by: Any, family: Any, role: str, kin: Iterable[tuple[Any, str, bool, bool | None]] = (), address: str = "",
    postcode: str = "", uprn: str = "", nhs_number: str = "", upn: str = "", **facts: Any,
) -> Person:  # fmt: skip
    """Put a person on record with every fact at once: names and birth, home, numbers, and who they are to the others.

    `kin` has (somebody in the family, a kind, whether it is they who are the `kind` of this person, responsibility).
    """
    said = {
        "given_name": "",
        "family_name": "",
        "name_supplied": True,
        "born_on": None,
        "birth_precision": "unknown",
        "died_on": None,
    }
    refuse(why_not_these_facts(**{name: facts.get(name, said[name]) for name in JUDGED}))
    person = add_person(by=by, family=family, role=role, **facts)
    record("people.family_member_added", family=family, subject=person, role=role)
    if address or postcode or uprn:
        move_home(by=by, people=[person], address=address, postcode=postcode, uprn=uprn)
    numbers: tuple[tuple[str, str], ...] = ((Identifier.Kind.NHS, nhs_number), (Identifier.Kind.UPN, upn))
    for number_kind, value in numbers:
        if value.strip():
            add_identifier(by=by, person=person, kind=number_kind, value=value)
    for other, kind, is_theirs, responsible in kin:
        one, two = (other, person) if is_theirs else (person, other)
        record_relationship(by=by, person=one, other=two, kind=kind, parental_responsibility=responsible)
    return person


@action
def move_home(
    *,
    by: Any,
    people: Sequence[Person],
    address: str,
    postcode: str = "",
    uprn: str = "",
    from_on: dt.date | None = None,
    until_on: dt.date | None = None,
    only_home: bool = True,
    seen: str | None = None,
) -> list[Address]:
    """Somebody, and whoever is with them, lives or lived there. Their only home now ends the one before on the day it begins.

    With a last day it is a home of the past; one of two homes leaves the other as it is. `seen` is what the page of the
    first of them knew of their homes.
    """
    refuse(why_not_record(by))
    hold_each(people)
    _raise_if_homes_changed(people, seen, address, postcode)
    refuse(rules.why_not_move(people, address, postcode, uprn, from_on) or rules.why_not_these_days(from_on, until_on))
    made, moves = [], only_home and until_on is None
    refuse(rules.why_not_only_home(people, from_on) if moves else None)
    for person in people:
        if moves:
            Address.objects.filter(person=person, until_on=None).update(until_on=from_on or clock.today())
        made.append(Address(
            person=person, lines=clean(address).strip(), postcode=postcode_of(postcode), uprn=uprn_of(uprn),
            from_on=from_on, until_on=until_on,
        ))  # fmt: skip
        made[-1].save(force_insert=True)
        record("people.home_moved", family=person.trail_family_id(), subject=person, on=from_on)
    return made


def _raise_if_homes_changed(people: Sequence[Person], seen: str | None, address: str, postcode: str) -> None:
    if seen is None or not people or seen == seen_homes(people[0]):
        return
    homes = [home for home in homes_of(people[0]) if home.until_on is None]
    typed = ", ".join(filter(None, (clean(address).strip(), postcode_of(postcode))))
    raise Conflict({"Home now": ("; ".join(", ".join(filter(None, (h.lines, h.postcode))) for h in homes), typed)})


@action
def correct_address(
    *,
    by: Any,
    address: Address,
    lines: str,
    postcode: str,
    uprn: str,
    from_on: dt.date | None,
    until_on: dt.date | None,
    seen: str | None = None,
) -> Address:
    """Put an address right that was written wrongly. Its history keeps what stood there."""
    refuse(why_not_record(by))
    refuse(rules.why_not_move([address.person], lines, postcode, uprn, from_on))
    refuse(rules.why_not_these_days(from_on, until_on))
    address.person.hold()
    address.hold()
    typed = {"lines": clean(lines).strip(), "postcode": postcode_of(postcode), "uprn": uprn_of(uprn)}
    write_seen(address, seen, {**typed, "from_on": from_on, "until_on": until_on}, DAYS_SAID)
    address.save()
    record("people.address_corrected", family=address.person.trail_family_id(), subject=address.person)
    return address


@action
def add_name(*, by: Any, person: Person, kind: str, given_name: str, family_name: str) -> PersonName:
    """Another name somebody has or had. The search finds them by it."""
    refuse(why_not_record(by))
    person.hold()
    refuse(rules.why_not_add_name(person, given_name, family_name))
    row = PersonName(
        person=person, kind=kind, given_name=clean(given_name).strip(), family_name=clean(family_name).strip()
    )
    row.save(force_insert=True)
    record("people.name_added", family=person.trail_family_id(), subject=person, kind=kind)
    return row


@action
def remove_name(*, by: Any, person: Person, name: PersonName) -> None:
    """Take away another name that was written by mistake."""
    refuse(why_not_record(by))
    name.hold()
    record("people.name_removed", family=person.trail_family_id(), subject=person, kind=name.kind)
    name.delete()


@action
def add_identifier(*, by: Any, person: Person, kind: str, value: str, system: str = "", source: str = "") -> Identifier:
    """A number another service knows somebody by. A wrong check digit is flagged in words, and the number kept."""
    refuse(why_not_record(by))
    value = plain(kind, clean(value))
    person.hold()
    refuse(rules.why_not_add_identifier(person, kind, value, system))
    row = Identifier(
        person=person, kind=kind, value=value, system=clean(system).strip(), flag=flag_of(kind, value),
        source=clean(source).strip(),
    )  # fmt: skip
    row.save(force_insert=True)
    record(
        "people.identifier_added", family=person.trail_family_id(), subject=person, kind=kind, flagged=bool(row.flag)
    )
    return row


@action
def verify_identifier(*, by: Any, person: Person, identifier: Identifier, against: str) -> Identifier:
    """Somebody compared a number with a letter, a card or the other service, and it is right."""
    refuse(why_not_record(by))
    identifier.hold()
    refuse(rules.why_not_verify(identifier, against))
    identifier.verified_at, identifier.verified_by = clock.now(), by
    identifier.verified_against = clean(against).strip()
    identifier.save(update_fields=["verified_at", "verified_by", "verified_against"])
    record("people.identifier_verified", family=person.trail_family_id(), subject=person, kind=identifier.kind)
    return identifier


@action
def remove_identifier(*, by: Any, person: Person, identifier: Identifier) -> None:
    """Take away a number that is not theirs."""
    refuse(why_not_record(by))
    identifier.hold()
    record("people.identifier_removed", family=person.trail_family_id(), subject=person, kind=identifier.kind)
    identifier.delete()


@action
def record_relationship(
    *, by: Any, person: Person, other: Person, kind: str, parental_responsibility: bool | None = None,
    from_on: dt.date | None = None, seen: str | None = None,
) -> Relationship:  # fmt: skip
    """`person` is the `kind` of `other`. Said again, it changes what is known of parental responsibility.

    `seen` is what the page knew of whom either of them is related to.
    """
    refuse(why_not_record(by))
    refuse(why_not_relate(person, other, kind, kinship.KINSHIPS))
    responsible = parental_responsibility if kind in kinship.RESPONSIBLE else None
    hold_each([person, other])
    row = Relationship.objects.filter(person=person, other=other, kind=kind, until_on=None).first()
    if row is None:
        row = Relationship(person=person, other=other, kind=kind, from_on=from_on)
        row.parental_responsibility = responsible
        row.save(force_insert=True)
    elif seen is not None and seen not in (seen_related(person), seen_related(other)):
        raise Conflict({"parental_responsibility": (_said(row.parental_responsibility), _said(responsible))})
    elif row.parental_responsibility != responsible or (from_on and row.from_on != from_on):
        row.parental_responsibility, row.from_on = responsible, from_on or row.from_on
        row.save(update_fields=["parental_responsibility", "from_on"])
    record(
        "people.relationship_recorded",
        family=other.trail_family_id(),
        subject=other,
        kind=kind,
        to=person.reference,
        responsible=responsible,
    )
    return row


def _said(responsible: bool | None) -> str:
    return {True: "Yes", False: "No", None: "Not asked"}[responsible]


@action
def end_relationship(*, by: Any, relationship: Relationship, until_on: dt.date) -> Relationship:
    """Two people are no longer that to each other, such as partners who parted; or never were, and it was a mistake."""
    refuse(why_not_record(by))
    relationship.hold()
    refuse(rules.why_not_end_relationship(relationship, until_on))
    relationship.until_on = until_on
    relationship.save(update_fields=["until_on"])
    record(
        "people.relationship_ended",
        family=relationship.other.trail_family_id(),
        subject=relationship.other,
        kind=relationship.kind,
    )
    return relationship
