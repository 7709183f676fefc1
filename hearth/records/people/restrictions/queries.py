"""Restricted records, for those who govern them, and who looked for them. Their names come through the gate's functions."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.http import Http404

from hearth.foundation.accounts.models import User
from hearth.foundation.audit.looks import looked
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.filters import count
from hearth.records.people.models import RestrictedAccess, RestrictedSearch, Restriction
from hearth.records.people.restrictions import rules


@dataclass(frozen=True)
class Governed:
    """A record as information governance knows it: what it is, its reference and its name."""

    kind: str
    id: uuid.UUID
    reference: str
    name: str
    restricted: bool = True


def governed(reader: Any, reference: str) -> Governed | None:
    """The person or family with that reference, for whoever governs restrictions; the look is on record."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select kind, id, reference, name, restricted from hearth_governed(%s)", [reference.strip().upper()]
        )
        row = cursor.fetchone()
    if row is None:
        return None
    found = Governed(row[0], row[1], row[2], row[3] or "Name not supplied", row[4])
    looked(
        reader, "people.record_named_to_governance", family=found.id if found.kind == "family" else None, subject=found
    )
    return found


def words_of_home(reader: Any, named: Governed) -> str:
    """Whose record it is, so that the right one is restricted: The Cooper family (3 people, lead Joanne Pickup)."""
    refuse(rules.why_not_govern(reader))
    with connection.cursor() as cursor:
        cursor.execute("select families, people, lead from hearth_governed_home(%s)", [named.reference])
        families, people, lead = cursor.fetchone()
    led = f"lead {lead}" if lead else "nobody leads"
    if named.kind == "family":
        return f"the {named.name} family ({count(people, 'person', 'people')}, {led})"
    return f"{named.name}, of the {families} family ({led})" if families else f"{named.name}, who is in no family"


def _named() -> dict[uuid.UUID, Governed]:
    with connection.cursor() as cursor:
        cursor.execute("select kind, id, reference, name from hearth_kept_apart()")
        return {row[1]: Governed(row[0], row[1], row[2], row[3] or "Name not supplied") for row in cursor.fetchall()}


def _restricted(row: Restriction) -> Any:
    """The key of the person or family that a restriction restricts."""
    return row.person_id or row.family_id


def restrictions(reader: Any) -> list[tuple[Restriction, Governed]]:
    """Every restriction in force, newest first, with the name of what it restricts and who is on its list."""
    refuse(rules.why_not_govern(reader))
    names = _named()
    rows = _with_list(Restriction.objects.filter(lifted_at=None)).order_by("-created_at")
    found = [(row, names.get(_restricted(row))) for row in rows]
    return [(row, named) for row, named in found if named is not None]


def restriction_of(reader: Any, reference: str) -> tuple[Restriction, Governed]:
    """The restriction in force on the record with that reference, or not found."""
    refuse(rules.why_not_govern(reader))
    for row, named in restrictions(reader):
        if named.reference == reference:
            return row, named
    raise Http404


def lifted_restrictions(reader: Any, page: Any = 1) -> Page:
    """A page of the restrictions that were lifted, the latest first: rows with `named`, why they were placed and why lifted."""
    refuse(rules.why_not_govern(reader))
    rows = Restriction.objects.exclude(lifted_at=None).select_related("placed_by", "lifted_by")
    found = page_of(rows.order_by("-lifted_at", "id"), page)
    names = _named()
    for row in found.rows:
        row.named = names.get(_restricted(row))
    return found


def lifted_before(reader: Any, restriction: Restriction) -> list[Restriction]:
    """The earlier restrictions of the same record, the latest first."""
    refuse(rules.why_not_govern(reader))
    rows = Restriction.objects.filter(person=restriction.person_id, family=restriction.family_id)
    return list(rows.exclude(lifted_at=None).select_related("placed_by", "lifted_by").order_by("-lifted_at"))


def _with_list(rows: QuerySet[Restriction]) -> QuerySet[Restriction]:
    listed = (
        RestrictedAccess.objects.filter(ended_at=None)
        .select_related("user__organisation", "granted_by")
        .order_by("until_at")
    )
    return rows.select_related("placed_by").prefetch_related(Prefetch("allowed", listed, "on_the_list"))


def could_open(reader: Any, restriction: Restriction) -> list[User]:
    """Who holds access by name to the families it is about, and is not on the list: some of them still must open it."""
    refuse(rules.why_not_govern(reader))
    with connection.cursor() as cursor:
        cursor.execute("select user_id from hearth_could_open(%s)", [restriction.id])
        ids = {row[0] for row in cursor.fetchall()}
    named = restriction.allowed.filter(ended_at=None).values_list("user_id", flat=True)
    return list(
        User.objects.filter(pk__in=ids - set(named), is_active=True)
        .select_related("organisation")
        .order_by("full_name")
    )


def restricted_searches(reader: Any, page: Any = 1) -> Page:
    """Who looked for restricted people, the unread first, newest first: rows with `person` and `searcher`."""
    refuse(rules.why_not_be_told(reader))
    found = page_of(RestrictedSearch.objects.select_related("seen_by").order_by("-created_at"), page)
    names = _named()
    people = User.objects.select_related("organisation").in_bulk([row.searched_by_id for row in found.rows])
    for row in found.rows:
        row.person, row.searcher = names.get(row.person_id), people.get(row.searched_by_id)
    return found


def unread_searches(reader: Any) -> int:
    """How many the safeguarding desk has not read; nought for everybody else."""
    return RestrictedSearch.objects.filter(seen_at=None).count() if reader.may("told_of_restricted_searches") else 0


def reference_of(reader: Any, restriction: Restriction) -> str:
    """The reference of what a restriction restricts."""
    refuse(rules.why_not_govern(reader))
    return _named()[_restricted(restriction)].reference


def user_by_email(email: str) -> User:
    """Somebody who signs in with that address, or the refusal that says so."""
    user = User.objects.select_related("organisation").filter(email__iexact=email.strip()).first()
    refuse(rules.why_not_name_nobody(user))
    assert user is not None  # noqa: S101 - refused above
    return user
