"""Reads of requests' documents."""

from typing import Any

from django.urls import reverse

from hearth.casework.front_door.documents.models import RequestDocument
from hearth.casework.front_door.documents.rules import decides, why_not_add_document
from hearth.casework.front_door.models import Request
from hearth.records.documents.queries import entry_of, listed, one_of
from hearth.records.people.models import Family
from hearth.records.people.timeline import Entry


def documents_of(reader: Any, request: Request) -> list[RequestDocument]:
    """The request's documents, the withdrawn ones too."""
    return listed(RequestDocument.objects.visible_to(reader).filter(request=request))


def document_of(reader: Any, reference: str) -> RequestDocument:
    """One document, by itself: whoever may open the family need not be able to open the request."""
    return one_of(RequestDocument.objects.visible_to(reader), reference)


def documents_of_family(reader: Any, family: Family) -> list[RequestDocument]:
    """What came with the requests that led to the family's cases."""
    return listed(RequestDocument.objects.visible_to(reader).filter(family=family))


def timeline_entries(reader: Any, family: Family) -> list[Entry]:
    """When each was added: one query. It leads to the document: not every reader of it may open the request."""
    return [
        entry_of(row, reverse("request_document", args=[row.reference])) for row in documents_of_family(reader, family)
    ]


def page_parts(reader: Any, request: Request) -> dict[str, Any]:
    """What the pages of a request show of its documents."""
    return {
        "documents": documents_of(reader, request),
        "may_add_documents": why_not_add_document(reader, request) is None,
        "may_withdraw_documents": decides(reader, request) or reader.id,
    }
