"""Who can open a family, and why; and who looked at it: read from the rows that the policies read."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404

from hearth.foundation.accounts.models import Appointment
from hearth.foundation.accounts.roles import ROLES
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import Refused
from hearth.foundation.core.text import lower_first
from hearth.records.people.access import WHY, rules
from hearth.records.people.models import Access, Family
from hearth.records.people.reach import TEAM
from hearth.records.people.restrictions.queries import Governed, governed

A_MINUTE = dt.timedelta(minutes=1)  # between the application's clock and the database's, as the policy allows


def who_can_open(reader: Any, family: Family) -> QuerySet[Access]:
    """Live access rows of a family the reader may open, people first; RestrictedAccess is shown apart."""
    now = clock.now()
    return (
        Access.objects.filter(Q(until_at=None) | Q(until_at__gt=now), family__in=Family.objects.visible_to(reader))
        .filter(family=family, from_at__lte=now + A_MINUTE, ended_at=None)
        .select_related("user__organisation", "team__organisation", "area")
        .order_by("area_id", "from_at")
    )


@dataclass(frozen=True)
class Opener:
    """Somebody who can open the family now, and by what."""

    key: Any
    name: str
    organisation: str
    why: str
    since: dt.datetime
    until: dt.datetime | None
    sees: str


def openers(reader: Any, family: Family) -> tuple[list[Opener], list[Opener]]:
    """Everybody by name who can open the family: first those it was opened to, then holders of a role in its area or team.

    A role is resolved to the people who hold it today, and a restricted family to those on its list, as the policy does.
    """
    rows = list(who_can_open(reader, family))
    named = [_by_name(row) for row in rows if row.user is not None and row.user.is_active]
    held = [opener for row in rows if not row.user_id for opener in _by_role(row)]
    if family.restricted:
        listed = _on_the_list(family)
        named, held = ([one for one in some if one.key in listed] for some in (named, held))
    return named, held


def _on_the_list(family: Family) -> set[Any]:
    with connection.cursor() as cursor:
        cursor.execute("select unnest(hearth_on_the_list(%s))", [family.id])
        return {row[0] for row in cursor.fetchall()}


def _by_name(row: Access) -> Opener:
    user: Any = row.user
    return Opener(
        user.id,
        user.full_name,
        user.organisation.name,
        WHY.get(row.why, row.why),
        row.from_at,
        row.until_at,
        _sees(row.categories),
    )


def _sees(categories: Sequence[str] | None) -> str:
    if categories is None:
        return "Everything"
    return ", ".join(one.label for one in pack().sharing.categories if one.code in categories) or "Nothing yet"


def _by_role(row: Access) -> list[Opener]:
    permission = row.area_permission if row.area_id else TEAM
    roles = [code for code, role in ROLES.items() if permission in role.permissions]
    held = (
        Appointment.objects.in_force().filter(role__in=roles, user__is_active=True).select_related("user__organisation")
    )
    if row.area is not None:
        covered = Q(area=None) | Q(area=row.area_id) | Q(area=row.area.parent_id)
        held = held.filter(covered, user__organisation__is_authority=True)
        why = f"{lower_first(WHY.get(row.why, row.why))} ({row.area.name})"
    else:
        held, why = held.filter(team=row.team_id), f"{lower_first(WHY.get(row.why, row.why))} ({row.team})"
    return [_by_appointment(row, one, why) for one in held.order_by("user__full_name")]


def _by_appointment(row: Access, held: Appointment, why: str) -> Opener:
    user, role = held.user, ROLES[held.role].name
    return Opener(
        user.id,
        user.full_name,
        user.organisation.name,
        f"{role}: {why}",
        row.from_at,
        row.until_at,
        _sees(row.categories),
    )


@dataclass(frozen=True)
class Looks:
    """What somebody wants to see of the trail."""

    kind: str = ""
    name: str = ""


def audited(reader: Any, reference: str) -> Family | Governed:
    """The family whose trail is asked for: one the reader may open, or any for whoever governs restrictions."""
    family = Family.objects.visible_to(reader).filter(reference=reference).first()
    if family is not None:
        return family
    found = governed(reader, reference) if reader.may("govern_restricted") else None
    if found is None or found.kind != "family":
        raise Http404
    return found


def trail_of(reader: Any, typed: str) -> Family | Governed:
    """The family with a reference as typed, or the refusal that says that there is none to show."""
    try:
        return audited(reader, typed.strip().upper())
    except Http404:
        raise Refused(rules.NO_TRAIL) from None


def who_looked(reader: Any, family: Any, wanted: Looks, page: Any = 1) -> Page:
    """The trail of a family, newest first: who saw, did or was refused what. Two queries; the policy says who may.

    What the reader did themselves they may read; but no longer of whom, where that record was restricted since.
    """
    rows = AuditEvent.objects.filter(family_id=family.id)
    if not reader.may("govern_restricted"):
        rows = rows.exclude(subject__in=_kept_references(reader))
    rows = rows.filter(kind=wanted.kind) if wanted.kind else rows
    rows = rows.filter(actor_name__icontains=wanted.name.strip()) if wanted.name.strip() else rows
    return page_of(rows.order_by("-created_at", "id"), page)


def _kept_references(reader: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select unnest(hearth_kept_references(%s))", [reader.id])
        return [row[0] for row in cursor.fetchall()]


def verb_words(verb: str) -> str:
    """`people.family_tree_opened` as words: Family tree opened."""
    return verb.partition(".")[2].replace("_", " ").capitalize() or verb
