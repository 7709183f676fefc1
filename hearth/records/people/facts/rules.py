"""What may be written of one person, and the sentence when it may not."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.core.text import fold
from hearth.foundation.ui.filters import day
from hearth.records.people.models import Address, Identifier, PersonName, Relationship
from hearth.records.people.postcodes import postcode_of, uprn_of


def why_not_move(
    people: Sequence[Any], address: str, postcode: str, uprn: str, from_on: dt.date | None
) -> Refusal | None:
    """A home somebody moves to: where it is, and since when, as far as known."""
    if not people:
        return Refusal("people.nobody_moves", "Choose who moves.")
    if not (address.strip() or postcode.strip()):
        return Refusal("people.no_address", "Enter the address, or at least its postcode.")
    if postcode.strip() and not postcode_of(postcode):
        return Refusal("people.postcode", "Enter a postcode in full, such as BB11 1AA, or leave it out.")
    if uprn.strip() and not uprn_of(uprn):
        return Refusal(
            "people.uprn", "A property number (UPRN) has 1 to 12 figures. Leave it out if you do not know it."
        )
    if from_on is not None and from_on > clock.today():
        return Refusal(
            "people.moves_later", "Record the move on the day it happens: the date must be today or in the past."
        )
    return None


def why_not_only_home(people: Sequence[Any], from_on: dt.date | None) -> Refusal | None:
    """The only home now: nothing on record that began later and goes on."""
    later = Address.objects.filter(person__in=people, until_on=None, from_on__gt=from_on or clock.today())
    home = later.order_by("from_on").first()
    if home is None:
        return None
    where = home.postcode or home.lines
    return Refusal(
        "people.later_home",
        f"On record is a later home, {where}, from {day(home.from_on)}. Say that they lived here before, or live at both.",
    )


def why_not_these_days(from_on: dt.date | None, until_on: dt.date | None) -> Refusal | None:
    """A first and a last day, in that order, not in the future."""
    if until_on is not None and until_on > clock.today():
        return Refusal("people.until_later", "The last day must be today or in the past.")
    if from_on is not None and until_on is not None and until_on < from_on:
        return Refusal("people.until_before", "The last day must not be before the first.")
    return None


def why_not_add_name(person: Any, given_name: str, family_name: str) -> Refusal | None:
    """Another name: one that is not on record already."""
    folded = fold(f"{given_name} {family_name}")
    if not folded:
        return Refusal("people.no_name", "Enter a first or a last name.")
    if folded == person.folded_name or PersonName.objects.filter(person=person, folded_name=folded).exists():
        return Refusal("people.name_known", "That name is on record already.")
    return None


def why_not_add_identifier(person: Any, kind: str, value: str, system: str) -> Refusal | None:
    """A number: one that says something, once, and whose it is where its kind does not tell."""
    if not value:
        return Refusal("people.no_number", "Enter the number.")
    if kind == Identifier.Kind.OTHER and not system.strip():
        return Refusal("people.no_system", "Say whose number it is, such as the name of the other system.")
    if Identifier.objects.filter(person=person, kind=kind, value=value, system=system.strip()).exists():
        return Refusal("people.number_known", "That number is on record already.")
    return None


def why_not_verify(identifier: Identifier, against: str) -> Refusal | None:
    """A number somebody compared with something: one whose check digit is right, once."""
    if identifier.flag:
        return Refusal(
            "people.number_flagged", "Something is wrong with this number. Take it away and add the right one."
        )
    if identifier.verified_at is not None:
        return Refusal("people.verified_already", "This number has been checked already.")
    if not against.strip():
        return Refusal("people.verified_against", "Say what you compared it with.")
    return None


def why_not_end_relationship(relationship: Relationship, until_on: dt.date) -> Refusal | None:
    """Ending: once, on a day that has come."""
    if relationship.until_on is not None:
        return Refusal("people.relationship_over", "This has ended already.")
    return why_not_these_days(relationship.from_on, until_on)
