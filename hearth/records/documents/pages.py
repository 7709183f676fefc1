"""The pages of a document that every room shares: adding it, withdrawing it, and handing it over."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from hearth.foundation.audit.looks import exported, looked
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.errors import answer
from hearth.foundation.ui.page import form_page
from hearth.records.documents import rules
from hearth.records.documents.forms import AddDocumentForm, WithdrawDocumentForm
from hearth.records.documents.keeping import CannotRead, bytes_of, content_of
from hearth.records.documents.models import Content, Document

# Whatever a file holds, a browser that shows it runs nothing of it, loads nothing for it, and calls it nothing else.
SAFE_POLICY = (
    "default-src 'none'; img-src 'self' data:; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)


def add_page(
    request: HttpRequest,
    *,
    do: Callable[[Any], Any],
    then: str,
    context: Mapping[str, Any],
    people: Sequence[Any] = (),
) -> HttpResponseBase:
    """Add a document. `context` has `caption`, `after` (where one goes back to, in words) and what it is `attached_to`."""
    return form_page(
        request,
        "documents/add_document.html",
        AddDocumentForm,
        do=do,
        then=then,
        said=lambda added: f"“{added.name}” is added.",
        form_kwargs={"people": people},
        context={"there": then, "notice": "", **context},
    )


def withdraw_page(
    request: HttpRequest,
    document: Document,
    *,
    works_on_it: bool,
    do: Callable[[Any], Any],
    then: str,
    context: Mapping[str, Any],
) -> HttpResponseBase:
    """Withdraw a document, with the reason. `works_on_it` as the rule has it, which the action asks again."""
    if request.method != "POST":
        refuse(rules.why_not_withdraw(request.user, document, works_on_it=works_on_it))
    return form_page(
        request,
        "documents/withdraw_document.html",
        WithdrawDocumentForm,
        do=do,
        then=then,
        said="The document is withdrawn.",
        context={"there": then, "document": document, **context},
    )


def handed_over(request: HttpRequest, document: Document, verb: str, *, family: Any) -> HttpResponseBase:
    """A document that the reader may see. Every time it is opened is on record, before a byte of it leaves."""
    content = content_of(document)
    return bytes_handed_over(
        request, content, document, verb, family=family, name=document.name, media_type=document.media_type
    )


def bytes_handed_over(
    request: HttpRequest, content: Content, subject: Any, verb: str, *, family: Any, name: str, media_type: str
) -> HttpResponseBase:
    """Bytes for a browser to show, where that is safe, and otherwise as a file to keep."""
    inline = media_type in rules.INLINE
    keep_on_record = looked if inline else exported
    try:
        kept = bytes_of(content, str(subject))
    except CannotRead as fault:
        return answer(request, 503, "This document cannot be opened now", fault.refusal)
    keep_on_record(request.user, verb, family=family, subject=subject)
    response = HttpResponse(kept, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response.headers["Content-Security-Policy"] = SAFE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
