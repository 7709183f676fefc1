"""Documents as lists show them. Which of them a reader sees is the business of the room that they hang in."""

from typing import Any

from django.http import Http404

from hearth.foundation.ui.filters import day
from hearth.records.documents import rules
from hearth.records.people.timeline import Entry


def listed(documents: Any) -> list[Any]:
    """Documents in the order they came, each with why it cannot be opened, if it cannot: one query."""
    more = ("person",) if hasattr(documents.model, "person") else ()
    rows = documents.select_related("added_by__organisation", "withdrawn_by", *more).order_by("created_at", "id")
    found = list(rows)
    for document in found:
        document.refusal = rules.why_not_open(document)
    return found


def one_of(documents: Any, reference: str) -> Any:
    """The document with that reference, or a page that never says whether it exists."""
    found = documents.select_related("added_by__organisation").filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def entry_of(document: Any, url: str) -> Entry:
    """When a document was added, as a line of a chronology. It leads to the page where it is listed."""
    gone = " (withdrawn)" if document.withdrawn_at else ""
    return Entry(
        document.created_at, "Document", f"{document.get_kind_display()} added: {document.name}{gone}", document.by, url
    )


def line_of(document: Any) -> str:
    """A document as a list on paper names it."""
    about = document.person.full_name if getattr(document, "person", None) else ""
    words = ", ".join(filter(None, (document.get_kind_display(), about, document.caption)))
    return f"{document.name} ({words}). Added by {document.by}, {day(document.created_at)}. {document.reference}"
