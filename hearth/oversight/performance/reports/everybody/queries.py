"""What everybody reads of reports, whoever is signed in: the public edition that stands."""

from django.http import Http404

from hearth.foundation.core.paging import Page, page_of
from hearth.oversight.performance.reports.models import ReportEdition
from hearth.oversight.performance.reports.queries import NOT_BYTES

KINDS = {"pdf": "pdf", "docx": "word"}


def published(page: object) -> Page:
    """Published reports, the latest time first."""
    rows = ReportEdition.objects.visible_to(None).standing().defer(*NOT_BYTES, "content")
    return page_of(rows.order_by("-from_on", "title", "-made_at", "id"), page, size=25)


def edition_of(reference: str) -> ReportEdition:
    """One of them, or a page that never says whether there is a report."""
    found = ReportEdition.objects.visible_to(None).filter(reference=reference).defer(*NOT_BYTES).first()
    if found is None:
        raise Http404
    return found


def file_of(reference: str, kind: str) -> bytes:
    """Its PDF or Word file."""
    found = ReportEdition.objects.visible_to(None).filter(reference=reference).only(*KINDS.values()).first()
    if found is None or kind not in KINDS:
        raise Http404
    return bytes(getattr(found, KINDS[kind]) or b"")
