"""A report as a file: as it was frozen, or as it stands now, with the word draft in it."""

from typing import Any

from hearth.foundation.core.refusals import Refusal, refuse
from hearth.oversight.performance.reports import queries
from hearth.oversight.performance.reports.models import Report, ReportEdition
from hearth.oversight.performance.reports.papers import pdf, word

KINDS = {"pdf": pdf.pdf_of, "docx": word.word_of}
COLUMNS = {"pdf": "pdf", "docx": "word"}
NO_FIGURES = Refusal(
    "reports.no_file", "There is nothing to take away before its figures are there. Look again in a minute."
)


def file_of(reader: Any, report: Report, kind: str) -> bytes:
    """The file."""
    refuse(NO_FIGURES if report.gathered_at is None else None)
    rows = ReportEdition.objects.visible_to(reader).standing().filter(report=report, is_public=False)
    frozen = rows.values_list(COLUMNS[kind], flat=True).first()
    if frozen is not None:
        return bytes(frozen)
    return KINDS[kind](queries.content_of(reader, report, []), "")
