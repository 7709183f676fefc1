"""Writes: approve a report and freeze it, send it back, publish it; and freeze it once more without a case study."""

from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.oversight.performance.reports import contents, publishing, queries, rules
from hearth.oversight.performance.reports.actions import moved
from hearth.oversight.performance.reports.models import Report, ReportEdition, ReportMove, ReportState
from hearth.oversight.performance.reports.papers import pdf, word

What = ReportMove.What


@action
def send_back_report(*, by: Any, report: Report, words: str) -> Report:
    """Send it back, with what is to be changed."""
    report.hold()
    refuse(rules.why_not_decide(by, report, queries.writers(report)) or rules.why_not_send_back(words))
    report.state = ReportState.WRITING
    report.save(update_fields=["state"])
    moved(by, report, What.SENT_BACK, clean(words).strip())
    record("reports.sent_back", subject=report)
    return report


@action
def approve_report(*, by: Any, report: Report) -> Report:
    """Approve it, as somebody who wrote none of it. Its figures and words are frozen with their digest, and never change."""
    report.hold()
    refuse(rules.why_not_decide(by, report, queries.writers(report)))
    report.state, report.approved_by, report.approved_at = ReportState.APPROVED, by, clock.now()
    report.save(update_fields=["state", "approved_by", "approved_at"])
    content = contents.content_of(
        report, queries.words_of(queries.written(by, report)), queries.studies(by, report), gathered=report.figures
    )
    edition = freeze(by, report, content, is_public=False)
    moved(by, report, What.APPROVED)
    record("reports.approved", subject=report, digest=edition.digest)
    return report


@action
def publish_report(*, by: Any, report: Report, looked: bool = False) -> ReportEdition:
    """Publish it, with small numbers left out: weighed with everything that was published before, and told so ever after."""
    report.hold()
    found = queries.editions(by, report)
    refuse(rules.why_not_publish(by, report, published=any(each.is_public for each in found)))
    refuse(rules.why_not_without_looking(looked=looked))
    queries.take_turns()
    content, new = public_content(by, report)
    edition = freeze(by, report, content, is_public=True)
    publishing.keep_told(edition, new)
    moved(by, report, What.PUBLISHED)
    record("reports.published", subject=report, digest=edition.digest)
    return edition


def public_content(by: Any, report: Report) -> tuple[contents.Content, Any]:
    """What everybody would be told, and which figures are told for the first time."""
    gathered, new = publishing.for_all(report.figures, publishing.ledger(by))
    words, studies = queries.words_of(queries.written(by, report)), queries.studies(by, report)
    return contents.content_of(report, words, studies, gathered=gathered, is_public=True), new


def freeze(
    by: Any, report: Report, content: contents.Content, *, is_public: bool, number: int = 1, note: str = ""
) -> ReportEdition:
    """An edition: what it says, its digest, and the files that are made of it."""
    digest = contents.digest_of(content)
    edition = ReportEdition(
        report=report, reference=report.reference, is_public=is_public, number=number, title=content["title"], note=note, content=content,
        digest=digest, pdf=pdf.pdf_of(content, digest), word=word.word_of(content, digest), from_on=report.from_on, made_by=by,
    )  # fmt: skip
    edition.save(force_insert=True)
    return edition


def freeze_without(by: Any, report: Report, number: int, on: str) -> list[ReportEdition]:
    """Each edition that stands, once more without a case study. What the one before said is gone; its digest stays."""
    note = f"Case study {number} was taken out on {on}: consent to tell it was withdrawn."
    made = []
    for before in ReportEdition.objects.standing().filter(report=report).order_by("is_public"):
        content = contents.without_study(before.content, number, on)
        before.content, before.pdf, before.word, before.ended_at = {}, None, None, clock.now()
        before.save(update_fields=["content", "pdf", "word", "ended_at"])
        made.append(freeze(by, report, content, is_public=before.is_public, number=before.number + 1, note=note))
    return made
