"""Reads of assessments' documents."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from hearth.casework.assessments.documents.models import AssessmentDocument
from hearth.casework.assessments.models import Assessment
from hearth.records.documents.queries import entry_of, listed, one_of
from hearth.records.people.models import Family
from hearth.records.people.timeline import Entry


def up_to(reader: Any, assessment: Assessment) -> QuerySet[AssessmentDocument]:
    """Those of this version and of the versions it follows."""
    rows = AssessmentDocument.objects.visible_to(reader)
    return rows.filter(assessment__case_id=assessment.case_id, assessment__number__lte=assessment.number)


def documents_of(reader: Any, assessment: Assessment) -> list[AssessmentDocument]:
    """The assessment's documents, the withdrawn ones too."""
    return listed(up_to(reader, assessment))


def document_of(reader: Any, assessment: Assessment, reference: str) -> AssessmentDocument:
    """One of them."""
    return one_of(up_to(reader, assessment), reference)


def timeline_entries(reader: Any, family: Family) -> list[Entry]:
    """When each was added: one query."""
    rows = AssessmentDocument.objects.visible_to(reader).filter(family=family).select_related("assessment")
    return [
        entry_of(row, reverse("read_assessment", args=[row.assessment.reference]) + f"#{row.reference}")
        for row in listed(rows)
    ]
