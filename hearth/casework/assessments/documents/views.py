"""Pages of an assessment's documents."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from hearth.casework.assessments import queries as assessments
from hearth.casework.assessments.documents import actions, queries
from hearth.casework.assessments.rules import why_not_write
from hearth.casework.cases.queries import people_of
from hearth.foundation.core.refusals import refuse
from hearth.records.documents import pages


def add_assessment_document(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add a letter or a picture to an assessment."""
    found = assessments.assessment_of(request.user, reference)
    refuse(why_not_write(request.user, found))
    return pages.add_page(
        request,
        do=lambda form: actions.add_assessment_document(by=request.user, assessment=found, **form.cleaned_data),
        people=people_of(request.user, found.case.family),
        **_about(found),
    )


@require_GET
def assessment_document(request: HttpRequest, reference: str, document: str) -> HttpResponseBase:
    """Open a document of an assessment."""
    assessment = assessments.assessment_of(request.user, reference)
    found = queries.document_of(request.user, assessment, document)
    return pages.handed_over(request, found, "assessments.document_opened", family=assessment.family_id)


def withdraw_assessment_document(request: HttpRequest, reference: str, document: str) -> HttpResponseBase:
    """Withdraw a document of an assessment."""
    assessment = assessments.assessment_of(request.user, reference)
    found = queries.document_of(request.user, assessment, document)
    return pages.withdraw_page(
        request,
        found,
        works_on_it=request.user.may("work_case"),
        do=lambda form: actions.withdraw_assessment_document(by=request.user, document=found, **form.cleaned_data),
        **_about(assessment),
    )


def _about(found: Any) -> dict[str, Any]:
    there = (
        reverse("assessment", args=[found.case.reference])
        if found.is_open
        else reverse("read_assessment", args=[found.reference])
    )
    caption = f"The assessment of the {found.case.family.name} family, {found.reference}"
    return {
        "then": there + "#documents",
        "context": {"caption": caption, "after": "The assessment", "attached_to": found},
    }
