"""Add a document to a request, and withdraw one."""

from typing import Any

from hearth.casework.front_door.documents import rules
from hearth.casework.front_door.documents.models import RequestDocument
from hearth.casework.front_door.holding import hold
from hearth.casework.front_door.models import Request
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.refusals import refuse
from hearth.records.documents import keeping
from hearth.records.documents.rules import why_not_withdraw


@action
def add_request_document(*, by: Any, request: Request, **file: Any) -> RequestDocument:
    """Attach a document to a request that is being written or decided."""
    held = hold(request)
    refuse(rules.why_not_add_document(by, held))
    document = RequestDocument(request=held)
    keeping.keep(document, by=by, beside=RequestDocument.objects.filter(request=held), **file)
    record("front_door.document_added", family=held.family_id, subject=document, request=held.reference)
    return document


@action
def withdraw_request_document(*, by: Any, document: RequestDocument, request: Request | None, because: str) -> None:
    """Take a document back. Somebody who works with the family may, and need not be able to open the request."""
    works_on_it = rules.decides(by, request) if request is not None else by.may("work_case")
    document.hold()
    refuse(why_not_withdraw(by, document, works_on_it=works_on_it))
    keeping.withdraw(document, by=by, because=because)
    record("front_door.document_withdrawn", family=document.family_id, subject=document)
