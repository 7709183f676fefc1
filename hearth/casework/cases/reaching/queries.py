"""Reads of plans for reaching a family."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.urls import reverse

from hearth.casework.cases.models import Case, ReachingPlan, ReachingTry, ReachingTryEvent
from hearth.casework.cases.rules import why_not_write
from hearth.foundation.core.pack import label_of, pack
from hearth.records.people.models import Family
from hearth.records.people.reach import areas
from hearth.records.people.timeline import Entry, written_first


def reaching_plans(reader: Any, case: Case) -> list[ReachingPlan]:
    """The case's plans for reaching the family, newest first, each with its tries."""
    return list(_plans(reader).filter(case=case).order_by("-created_at"))


def may_write(reader: Any, case: Case) -> bool:
    """Whether the reader is offered buttons that write."""
    return why_not_write(reader, case) is None


def _plans(reader: Any) -> QuerySet[ReachingPlan]:
    tries = ReachingTry.objects.visible_to(reader).select_related("by_user").order_by("number")
    plans = ReachingPlan.objects.visible_to(reader).select_related(
        "case__area", "started_by", "agreed_by", "changed_by"
    )
    return plans.prefetch_related(Prefetch("tries", tries))


def live_reaching_plan(reader: Any, case: Case) -> ReachingPlan:
    """The plan being tried now."""
    found = _plans(reader).filter(case=case, status=ReachingPlan.Status.TRYING).first()
    if found is None:
        raise Http404
    return found


def plan_to_agree(reader: Any, case: Case) -> ReachingPlan:
    """The newest plan that ended without reaching the family."""
    found = _plans(reader).filter(case=case, status=ReachingPlan.Status.COULD_NOT).order_by("-created_at").first()
    if found is None:
        raise Http404
    return found


def waiting_to_agree(reader: Any) -> list[ReachingPlan]:
    """Plans that ended without reaching a family, where the reader is the manager who may agree: the oldest first."""
    rows = ReachingPlan.objects.visible_to(reader).filter(
        status=ReachingPlan.Status.COULD_NOT, agreed_by=None, case__closed_on=None,
        case__area__one_of=areas(reader, "sign_off_assessment"),
    )  # fmt: skip
    rows = rows.exclude(started_by=reader).exclude(case__lead=reader)
    return list(rows.select_related("case__area", "family").order_by("ended_on", "id"))


def try_of(reader: Any, case: Case, number: int) -> ReachingTry:
    """One try of the plan being tried now."""
    plan = live_reaching_plan(reader, case)
    found = ReachingTry.objects.visible_to(reader).select_related("by_user").filter(plan=plan, number=number).first()
    if found is None:
        raise Http404
    found.plan = plan
    return found


def timeline_entries(reader: Any, family: Family) -> list[Entry]:
    """Each try at reaching the family that was made, whether it reached them or not: one query."""
    rows = ReachingTry.objects.visible_to(reader).filter(family=family).exclude(reached=None)
    told = rows.annotate(written_at=written_first(ReachingTryEvent, "tried_on")).values_list(
        "tried_on", "way", "reached", "note", "by_user__full_name", "by_user__organisation__name", "plan__case__reference",
        "written_at",
    )  # fmt: skip
    return [
        Entry(
            moment=day,
            kind="Contact",
            title=f"{label_of(pack().notes.kinds, way)}, as planned: {'they were reached' if reached else 'nobody was reached'}",
            by=f"{name}, {organisation}",
            url=reverse("reaching", args=[reference]),
            words=note,
            written_at=written_at,
        )
        for day, way, reached, note, name, organisation, reference, written_at in told
    ]
