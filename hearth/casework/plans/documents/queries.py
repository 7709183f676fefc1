"""Reads of plans' documents."""

from typing import Any

from django.urls import reverse

from hearth.casework.plans.documents.models import PlanDocument
from hearth.casework.plans.models import Plan
from hearth.records.documents.queries import entry_of, listed, one_of
from hearth.records.people.models import Family
from hearth.records.people.timeline import Entry


def documents_of(reader: Any, plan: Plan) -> list[PlanDocument]:
    """The plan's documents, the withdrawn ones too."""
    return listed(PlanDocument.objects.visible_to(reader).filter(plan=plan))


def document_of(reader: Any, plan: Plan, reference: str) -> PlanDocument:
    """One of them."""
    return one_of(PlanDocument.objects.visible_to(reader).filter(plan=plan), reference)


def timeline_entries(reader: Any, family: Family) -> list[Entry]:
    """When each was added: one query."""
    rows = PlanDocument.objects.visible_to(reader).filter(family=family).select_related("plan")
    return [
        entry_of(row, reverse("plan_by_reference", args=[row.plan.reference]) + f"#{row.reference}")
        for row in listed(rows)
    ]
