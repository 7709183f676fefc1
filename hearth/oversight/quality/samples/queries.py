"""Reads of samples: what there is to draw from, those drawn, one with its audits, who could grade, and how far auditors agree."""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Prefetch, Q
from django.http import Http404

from hearth.foundation.accounts.models import Appointment, Area, Organisation, User
from hearth.foundation.accounts.roles import ROLES
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.packs.audits import AuditRoute
from hearth.foundation.core.paging import Page, page_of
from hearth.oversight.quality.agreement import Agreement, kappa
from hearth.oversight.quality.models import Audit, AuditGrade, AuditSample, ItemGrade
from hearth.oversight.quality.reach import AUDITS, LEADS
from hearth.oversight.quality.samples.drawing import draw
from hearth.oversight.quality.setup import tool_of
from hearth.records.people.reach import areas

LIKES = tuple(AuditSample.Like.choices)
AUDITING = tuple(code for code, role in ROLES.items() if AUDITS in role.permissions)


@dataclass(frozen=True)
class Drawable:
    """An assessment that there is to draw: whose, by keys alone, and the themes found in it."""

    assessment_id: UUID
    reference: str
    case_id: UUID
    family_id: UUID
    area_id: UUID
    worker_id: UUID | None
    signed_off_by_id: UUID | None
    organisation_id: UUID | None
    themes: list[str]


def pool(sample: AuditSample) -> dict[str, Drawable]:
    """Every assessment that a sample asks for, by reference. The database says which the reader may draw, and names nobody."""
    found = find(pack().audits.routes, sample.route) if sample.route else None
    route = found if isinstance(found, AuditRoute) else None
    themes = [
        {"code": each.code, "asked_as": each.asked_as, "answered": each.answered, "pattern": _pattern(each.words)}
        for each in pack().audits.themes
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from hearth_audit_pool(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                sample.area_id, sample.from_on, sample.until_on, sample.organisation_id, list(route.decided) if route else [],
                bool(route and route.asked_with_assessment), json.dumps(themes), sample.follows_id, sample.like,
            ],
        )  # fmt: skip
        rows = [Drawable(*row) for row in cursor.fetchall()]
    return {row.reference: row for row in rows if not sample.theme or sample.theme in row.themes}


def _pattern(words: Sequence[str]) -> str:
    """Any of these words or phrases, whole, as a regular expression of the database."""
    said = ["\\s+".join(re.escape(part) for part in each.split()) for each in words]
    return rf"\m({'|'.join(said)})\M" if said else ""


def drawn_from(sample: AuditSample, there: dict[str, Drawable]) -> list[str]:
    """The references that the sample's seed draws."""
    weights = {reference: pack().audits.weight(sample.weighting, each.themes) for reference, each in there.items()}
    return draw(weights, sample.seed, sample.size)


def draws_the_same(sample: AuditSample) -> bool | None:
    """Whether the seed draws the same again; none where there is no longer the same to draw from, or the reader sees not all of it."""
    there = pool(sample)
    held = Audit.objects.filter(sample=sample).order_by("number").values_list("assessment_reference", flat=True)
    kept = list(held)
    if len(there) != sample.among or len(kept) != min(sample.size, sample.among):
        return None
    return drawn_from(sample, there) == kept


def samples(reader: Any, page: Any) -> Page:
    """Samples where the reader leads, the newest first, with how many audits they have and how many are settled."""
    rows = AuditSample.objects.visible_to(reader).select_related("drawn_by", "area", "organisation", "tool", "follows").annotate(
        drawn=Count("audits"), settled=Count("audits", filter=Q(audits__settled_at__isnull=False))
    )  # fmt: skip
    return page_of(rows.order_by("-created_at", "id") if reader.may(LEADS) else rows.none(), page, 20)


def sample_of(reader: Any, reference: str) -> AuditSample:
    """One sample, for whoever leads where it was drawn."""
    rows = AuditSample.objects.visible_to(reader).select_related("drawn_by", "area", "organisation", "tool", "follows")
    found = rows.filter(reference=reference).first() if reader.may(LEADS) else None
    if found is None:
        raise Http404
    return found


def audits_of(reader: Any, sample: AuditSample) -> list[Audit]:
    """The audits of a sample that the reader may see, with who grades them."""
    live = Prefetch("grades", AuditGrade.objects.live().select_related("auditor").order_by("place"), to_attr="live")
    rows = Audit.objects.visible_to(reader).filter(sample=sample).select_related("organisation", "area")
    return list(rows.prefetch_related(live).order_by("number"))


def settled_of(reader: Any, sample: AuditSample) -> int:
    """How many of a sample's audits are settled."""
    return Audit.objects.visible_to(reader).filter(sample=sample, settled_at__isnull=False).count()


def auditors_in(area_ids: Collection[Any]) -> list[User]:
    """Who holds a role today in which assessments are audited, in any of these areas."""
    parents = Area.objects.filter(pk__in=area_ids).values_list("parent_id", flat=True)
    covers = Q(area=None) | Q(area__in=[*area_ids, *(each for each in parents if each)])
    held = Appointment.objects.in_force().filter(covers, role__in=AUDITING)
    rows = User.objects.filter(pk__in=held.values("user_id"), is_active=True, organisation__is_authority=True)
    return list(rows.select_related("organisation").order_by("full_name", "id"))


def teams_of(people: Collection[Any]) -> dict[Any, set[Any]]:
    """The teams that people belong to today, by their keys."""
    found: dict[Any, set[Any]] = defaultdict(set)
    rows = Appointment.objects.in_force().filter(user_id__in=[each for each in people if each]).exclude(team=None)
    for user, team in rows.values_list("user_id", "team_id"):
        found[user].add(team)
    return found


def areas_to_draw(reader: Any) -> list[tuple[str, str]]:
    """Where the reader leads audits."""
    rows = Area.objects.filter(pk__one_of=areas(reader, LEADS)).order_by("name")
    return [(each.code, each.name) for each in rows]


def area_with(reader: Any, code: str) -> Area | None:
    """One of those; none where the code is of no area in which the reader leads."""
    return Area.objects.filter(pk__one_of=areas(reader, LEADS), code=code).first() if code else None


def agencies() -> list[tuple[str, str]]:
    """Agencies that are still there."""
    return [(str(each.pk), each.name) for each in Organisation.objects.filter(ended_on=None).order_by("name")]


def agency_with(key: str) -> Organisation | None:
    """One of those."""
    return Organisation.objects.filter(pk=key).first() if key else None


@dataclass(frozen=True)
class AgreementOfItem:
    """How far auditors agree on one item."""

    label: str
    agreement: Agreement


def agreement_of(reader: Any, sample: AuditSample) -> tuple[Agreement, list[AgreementOfItem]]:
    """How far the first and the second auditors agree, over all and by item: of audits both have graded, and nobody else's eyes before."""
    rows = ItemGrade.objects.visible_to(reader).filter(grade__audit__sample=sample, grade__ended_at=None)
    rows = rows.filter(grade__finished_at__isnull=False, grade__audit__in=Audit.objects.visible_to(reader))
    said: dict[tuple[Any, str], dict[int, str]] = defaultdict(dict)
    for audit, place, item, answer in rows.values_list("grade__audit_id", "grade__place", "item", "answer"):
        said[audit, item][place] = answer
    twice = {key: (both[1], both[2]) for key, both in said.items() if len(both) == 2}
    by_item = [
        AgreementOfItem(item.label, kappa(pair for (_, code), pair in twice.items() if code == item.code))
        for item in tool_of(sample.tool_id).items
    ]
    return kappa(twice.values()), by_item
