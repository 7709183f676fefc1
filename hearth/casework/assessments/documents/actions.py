"""Add a document to an assessment, and withdraw one."""

from typing import Any

from hearth.casework.assessments.documents.models import AssessmentDocument
from hearth.casework.assessments.documents.queries import up_to
from hearth.casework.assessments.models import Assessment
from hearth.casework.assessments.queries import locked
from hearth.casework.assessments.rules import why_not_write
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.refusals import refuse
from hearth.records.documents import keeping, rules


@action
def add_assessment_document(*, by: Any, assessment: Assessment, person: Any = None, **file: Any) -> AssessmentDocument:
    """Attach a document to an assessment that is being written."""
    held = locked(by, assessment)
    refuse(why_not_write(by, held) or rules.why_not_be_about(held.family_id, person))
    document = AssessmentDocument(assessment=held, family_id=held.family_id, person=person)
    keeping.keep(document, by=by, beside=up_to(by, held).filter(person=person), **file)
    record(
        "assessments.document_added",
        family=held.family_id,
        subject=document,
        assessment=held.reference,
        kind=document.kind,
    )
    return document


@action
def withdraw_assessment_document(*, by: Any, document: AssessmentDocument, because: str) -> None:
    """Take a document back from an assessment: also from one that is signed off, where it should never have been."""
    document.hold()
    refuse(rules.why_not_withdraw(by, document, works_on_it=by.may("work_case")))
    keeping.withdraw(document, by=by, because=because)
    record("assessments.document_withdrawn", family=document.family_id, subject=document)
