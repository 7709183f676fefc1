"""Pages of a request's documents."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from hearth.casework.front_door import queries as requests
from hearth.casework.front_door.documents import actions, queries, rules
from hearth.foundation.core.refusals import refuse
from hearth.records.documents import pages

BOTH_READ = "Whoever asked for help and the front door can both open it."


def add_request_document(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add a letter or a picture to a request."""
    asked = requests.request_of(request.user, reference)
    refuse(rules.why_not_add_document(request.user, asked))
    return pages.add_page(
        request,
        do=lambda form: actions.add_request_document(by=request.user, request=asked, **form.cleaned_data),
        **_about(request.user, asked, notice=BOTH_READ),
    )


@require_GET
def request_document(request: HttpRequest, document: str) -> HttpResponseBase:
    """Open a document of a request."""
    found = queries.document_of(request.user, document)
    return pages.handed_over(request, found, "front_door.document_opened", family=found.family_id)


def withdraw_request_document(request: HttpRequest, reference: str, document: str) -> HttpResponseBase:
    """Withdraw a document of a request."""
    asked = requests.request_of(request.user, reference)
    found = queries.document_of(request.user, document)
    return pages.withdraw_page(
        request,
        found,
        works_on_it=rules.decides(request.user, asked),
        do=lambda form: actions.withdraw_request_document(
            by=request.user, document=found, request=asked, **form.cleaned_data
        ),
        **_about(request.user, asked),
    )


def _about(reader: Any, asked: Any, notice: str = "") -> dict[str, Any]:
    name = "view_request"
    if asked.state == "started":
        name = "write_request"
    elif asked.made_by_id != reader.id:
        name = "triage_request"
    context = {
        "caption": f"The request {asked.reference}",
        "after": "The request",
        "notice": notice,
        "attached_to": asked,
    }
    return {"then": reverse(name, args=[asked.reference]) + "#documents", "context": context}
