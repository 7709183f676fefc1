"""What may be done to families and people on record, and the sentence when it may not."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.records.people.models import BirthPrecision, Membership

EARLIEST = dt.date(1900, 1, 1)
JUDGED = ("given_name", "family_name", "name_supplied", "born_on", "birth_precision", "died_on")  # looked at together
LONGEST_WAIT = dt.timedelta(days=310)  # from today to a due date


def why_not_record(user: Any) -> Refusal | None:
    """Adding and changing people: any practitioner, without asking a manager."""
    if user.may("add_person") or user.may("work_case") or user.may("import_records"):
        return None
    return Refusal(
        "people.may_not_record", "Your role reads records and does not change them. Ask the family's practitioner."
    )


def why_not_these_facts(
    *,
    given_name: str,
    family_name: str,
    name_supplied: bool,
    born_on: dt.date | None,
    birth_precision: str,
    died_on: dt.date | None,
) -> Refusal | None:
    """A person has a name, or is unborn, or came without one; and dates that can be true."""
    unnamed = not (given_name.strip() or family_name.strip())
    if unnamed and name_supplied and birth_precision != BirthPrecision.EXPECTED:
        return Refusal("people.no_name", "Enter a first or a last name.")
    today = clock.today()
    if birth_precision == BirthPrecision.EXPECTED:
        if died_on is not None:
            return Refusal("people.unborn_died", "An unborn child has no date of death. Say that they were born first.")
        if born_on is not None and not today - LONGEST_WAIT <= born_on <= today + LONGEST_WAIT:
            return Refusal(
                "people.due_date", "Check the due date: it must be within the next ten months, or just past."
            )
        return None
    if born_on is not None and not EARLIEST <= born_on <= today:
        return Refusal("people.birth_date", "The birth date must be today or in the past.")
    if died_on is not None and (died_on > today or (born_on is not None and died_on < born_on)):
        return Refusal("people.death_date", "The date of death must not be in the future, nor before the birth.")
    return None


def why_not_found(person: Any) -> Refusal | None:
    """Naming a record by its reference: one that the reader may open."""
    if person is not None:
        return None
    return Refusal(
        "people.no_such_record", "You can open no record with that reference. Check it, or ask who holds it."
    )


def why_not_write_home(sight: frozenset[str]) -> Refusal | None:
    """Homes are written by those who may see them."""
    if "contact" in sight:
        return None
    return Refusal(
        "people.no_contact", "What lets you open this record does not cover where they live. Ask their practitioner."
    )


def why_not_join(family: Any, person: Any) -> Refusal | None:
    """Adding somebody on record to a family: once."""
    if Membership.objects.filter(family=family, person=person, until_on=None).exists():
        return Refusal("people.in_family", f"{person.full_name} is in this family already.")
    return None


def why_not_change_membership(membership: Membership) -> Refusal | None:
    """A place in a family: while they have it."""
    if membership.until_on is not None:
        return Refusal("people.left_already", "They left this family already.")
    return None


def why_not_end_membership(membership: Membership, until_on: dt.date) -> Refusal | None:
    """Leaving a family: once, on a day that has come; and the last one stays, so that the family can be found."""
    if refusal := why_not_change_membership(membership):
        return refusal
    if until_on > clock.today():
        return Refusal("people.left_in_future", "The day they left must be today or in the past.")
    if membership.from_on is not None and until_on < membership.from_on:
        return Refusal("people.left_before", "They cannot leave before they joined.")
    others = Membership.objects.filter(family_id=membership.family_id, until_on=None).exclude(pk=membership.pk)
    if not others.exists():
        return Refusal("people.last_member", "They are the only one on record in this family. Add somebody else first.")
    return None


def why_not_relate(person: Any, other: Any, kind: str, kinds: Iterable[str]) -> Refusal | None:
    """Relating two people: two, of a kind there is."""
    if person.pk == other.pk:
        return Refusal("people.related_to_self", "Choose two different people.")
    if kind not in kinds:
        return Refusal("people.kinship", "Choose who they are to each other.")
    return None
