"""Reads of what is due and what was deleted, for information governance alone."""

import json
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from hearth.foundation.accounts.models import Area
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_of
from hearth.foundation.core.text import upper_first
from hearth.oversight.governance.models import Disposal, Hold
from hearth.oversight.governance.rules import why_not_govern_retention
from hearth.records.people.models import Family, FamilyRole, Membership, Person

TRIGGERS = {
    "youngest_child_born": "the youngest in the family was born",
    "case_closed": "the last case was closed",
    "request_decided": "the last decision on a request",
    "agreement_ended": "the agreement ended",
    "record_made": "it was recorded, or last written in",
    "account_closed": "the account was closed",
    "volunteer_ended": "they volunteered no longer",
}


def due_for_deletion(reader: Any, *, held: bool = False, page: Any = 1) -> Page:
    """A page of what has passed its time, the longest due first; or only what is held. Two queries."""
    refuse(why_not_govern_retention(reader))
    rows = Disposal.objects.visible_to(reader).filter(state=Disposal.State.DUE)
    if held:
        rows = rows.filter(
            pk__in=Hold.objects.filter(lifted_at=None, until_on__gte=clock.today()).values("disposal_id")
        )
    return page_of(rows.prefetch_related("holds").order_by("due_on", "id"), page)


def deleted_records(reader: Any, page: Any = 1) -> Page:
    """A page of what was deleted, the latest first: reference, rule, who and when, which is all that is left of it."""
    refuse(why_not_govern_retention(reader))
    rows = Disposal.objects.visible_to(reader).filter(state=Disposal.State.DELETED)
    return page_of(rows.select_related("deleted_by").order_by("-deleted_at", "id"), page)


@dataclass(frozen=True)
class BirthsUnknown:
    """Children whose day of birth is unknown, and families without a child, that the reader may open; and how many others in each district."""

    children: list[Membership]
    childless: list[Family]
    elsewhere: list[tuple[str, int]]


def births_unknown(reader: Any) -> BirthsUnknown:
    """Families that retention never offers: by name where the reader may open them, and no more than a count of the others."""
    refuse(why_not_govern_retention(reader))
    unknown = Q(person__born_on=None) | Q(person__birth_precision="unknown")
    rows = Membership.objects.filter(unknown, role=FamilyRole.CHILD, family__in=Family.objects.visible_to(reader))
    rows = rows.filter(person__in=Person.objects.visible_to(reader)).select_related("family", "person")
    children = list(rows.order_by("family__name", "family_id", "person_id"))
    child = Membership.objects.filter(family=OuterRef("pk"), role=FamilyRole.CHILD)
    childless = list(Family.objects.visible_to(reader).exclude(Exists(child)).order_by("name", "id"))
    seen = [*(each.family_id for each in children), *(family.pk for family in childless)]
    with connection.cursor() as cursor:
        cursor.execute("select area, families from hearth_births_unknown(%s)", [seen])
        counted = cursor.fetchall()
    areas = Area.objects.in_bulk([area for area, _ in counted])
    return BirthsUnknown(children, childless, sorted((areas[area].name, number) for area, number in counted))


def disposal_of(reader: Any, reference: str) -> Disposal:
    """What is due under that reference, with its holds; or a page that never says whether there is such a record."""
    refuse(why_not_govern_retention(reader))
    rows = Disposal.objects.visible_to(reader).exclude(state=Disposal.State.DELETED)
    found = rows.prefetch_related("holds__placed_by", "holds__lifted_by").filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class GoesWith:
    """What goes with a record: how many rows of which kind, in words; and the letters of it, for whoever confirms."""

    rows: list[tuple[str, int]]
    seen: str

    @property
    def total(self) -> int:
        """How many rows that is."""
        return sum(number for _, number in self.rows)


def goes_with(reader: Any, disposal: Disposal) -> GoesWith | None:
    """What a deletion would delete, counted by the database now; None where the record is no longer due."""
    refuse(why_not_govern_retention(reader))
    with connection.cursor() as cursor:
        cursor.execute("select hearth_goes_with(%s)", [disposal.id])
        (counted,) = cursor.fetchone()
    if counted is None:
        return None
    counted = json.loads(counted) if isinstance(counted, str) else counted
    words: dict[str, int] = {}
    for table, number in counted.items():
        words[_words_of(table)] = words.get(_words_of(table), 0) + number
    return GoesWith(sorted(words.items(), key=lambda each: (-each[1], each[0])), seen_of(counted))


# What a room holds of a family, as whoever reads it would say it.
HELD = {
    "people": "People and families: names, addresses, numbers, and who may open them",
    "sharing": "Consent, and reasons to share without it",
    "front_door": "Requests for help, with what was said and decided of them",
    "cases": "Cases: the team, what was due, and ways tried to reach the family",
    "notes": "Notes of visits, calls and messages",
    "steps": "Steps to social care and back, with what travelled",
    "assessments": "Assessments, with answers and comments",
    "plans": "Plans, with actions, meetings and reviews",
    "universal": "What was done for everybody",
    "feeds": "What partners’ files say of them",
    "matching": "What partners’ files say of them",
    "insight": "What partners’ files say of them",
    "programmes": "Programme claims",
}


def _words_of(table: str) -> str:
    """Which part of the record a table is, in words; else its noun as the glossary has it: "Message"."""
    found = next((model for model in apps.get_models() if model._meta.db_table == table), None)
    if found is None:
        return upper_first(table.replace("_", " "))
    return HELD.get(found._meta.app_label) or upper_first(str(found._meta.verbose_name))


def rule_words(disposal: Disposal) -> str:
    """The rule that keeps a record longest, as the pack explains it today; empty where it has it no more."""
    rule = pack().retention.rule(disposal.rule)
    return rule.basis if rule else ""


def since_words(disposal: Disposal) -> str:
    """What the period is counted from."""
    return TRIGGERS.get(disposal.trigger, disposal.trigger.replace("_", " "))
