"""Writes: start a report, gather its figures, write in it, send it, send it back, and begin a version that corrects it."""

from typing import Any

from hearth.foundation.accounts.models import Area
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean, one_line
from hearth.oversight.performance.reports import queries, rules
from hearth.oversight.performance.reports.models import CaseStudy, Report, ReportMove, ReportState, ReportWords
from hearth.oversight.performance.reports.periods import Period

What = ReportMove.What


def moved(by: Any, report: Report, what: str, words: str = "") -> None:
    """A step of its way."""
    ReportMove(report=report, what=what, words=words, by=by).save(force_insert=True)


@action
def start_report(*, by: Any, period: Period, area: Area | None = None, queue: bool = True) -> Report:
    """Start a report: its figures are gathered in the background, unless whoever starts it gathers them."""
    refuse(rules.why_not_start(by, area, period))
    queries.take_turns()
    refuse(rules.STARTED if queries.of_place_and_time(area, period).exists() else None)
    made = Report(
        reference=drawn_reference("RP"), kind=period.kind, area=area, from_on=period.first.first_on, to_on=period.last.last_on,
        started_by=by,
    )  # fmt: skip
    made.save(force_insert=True)
    moved(by, made, What.STARTED)
    record("reports.started", subject=made, area=area.code if area else "", from_on=made.from_on, to_on=made.to_on)
    if queue:
        defer("reports.gather", report=made.id, by=by.id)
    return made


@action
def gather_report_again(*, by: Any, report: Report, queue: bool = True) -> Report:
    """Have the figures gathered once more, as they stand now. What is written stays."""
    report.hold()
    if report.is_open:  # pressed twice
        record("reports.gathered_already", subject=report)
        return report
    refuse(rules.why_not_gather(by, report))
    report.state, report.percent, report.fault = ReportState.WAITING, 0, ""
    report.save(update_fields=["state", "percent", "fault"])
    record("reports.gathering_asked", subject=report)
    if queue:
        defer("reports.gather", report=report.id, by=by.id)
    return report


@action
def begin_gathering(*, by: Any, report: Report) -> bool:
    """Begin: whether there is anything to gather."""
    report.hold()
    record("reports.gathering_begun", subject=report)
    if not report.is_open:
        return False
    refuse(rules.why_not_write_in(by, report.area))
    report.state, report.percent = ReportState.GATHERING, 1
    report.save(update_fields=["state", "percent"])
    return True


@action
def keep_figures(*, by: Any, report: Report, figures: dict[str, Any]) -> Report:
    """Keep what was gathered. It is written about from now on."""
    report.hold()
    if not report.is_open:  # gathered meanwhile by a second process: the first one's stand
        record("reports.gathered_already", subject=report)
        return report
    refuse(rules.why_not_write_in(by, report.area))
    report.figures, report.gathered_at, report.percent, report.doing = figures, clock.now(), 100, ""
    report.state = ReportState.WRITING
    report.save(update_fields=["figures", "gathered_at", "percent", "doing", "state"])
    _take_over(by, report)
    moved(by, report, What.GATHERED)
    record("reports.gathered", subject=report)
    return report


def _take_over(by: Any, report: Report) -> None:
    """What the version before said, where this one corrects it and says nothing yet: words, and case studies that may still be told."""
    if report.replaces is None or ReportWords.objects.filter(report=report).exists():
        return
    for each in ReportWords.objects.filter(report=report.replaces):
        ReportWords(report=report, section=each.section, words=each.words, written_by=by).save(force_insert=True)
    for study in CaseStudy.objects.filter(report=report.replaces, withdrawn_at=None).select_related("stated_by"):
        same = {
            name: getattr(study, name) for name in ("number", "names_changed", "stated_by", "stated_at", *queries.STUDY)
        }
        CaseStudy(report=report, **same).save(force_insert=True)


@action
def fail_gathering(*, by: Any, report: Report, fault: str) -> Report:
    """They could not be gathered, and why."""
    report.hold()
    record("reports.gathering_failed", subject=report)
    if report.is_open:
        report.state, report.fault, report.doing = ReportState.FAILED, fault, ""
        report.save(update_fields=["state", "fault", "doing"])
    return report


@action
def write_report_section(*, by: Any, report: Report, section: str, words: str, seen: str | None = None) -> ReportWords:
    """Write about a section. Of two who do, whoever saves second reads both texts and chooses."""
    report.hold()
    refuse(rules.why_not_write(by, report) or rules.why_not_these_words(section, words))
    words = clean(words).strip()
    found = ReportWords.objects.filter(report=report, section=section).first()
    if found is None:
        found = ReportWords(report=report, section=section, words="", written_by=by)
        write_seen(found, seen, {"words": words})
        found.save(force_insert=True)
    elif write_seen(found, seen, {"words": words}):
        found.written_by, found.written_at = by, clock.now()
        found.save(update_fields=["words", "written_by", "written_at"])
    record("reports.section_written", subject=report, section=section)
    return found


@action
def send_report(*, by: Any, report: Report) -> Report:
    """Send it for approval. Nobody writes in it while it is there."""
    report.hold()
    refuse(rules.why_not_send(by, report, queries.written(by, report)))
    report.state, report.sent_by = ReportState.SENT, by
    report.save(update_fields=["state", "sent_by"])
    moved(by, report, What.SENT)
    record("reports.sent", subject=report)
    return report


@action
def correct_report(*, by: Any, report: Report, why: str, queue: bool = True) -> Report:
    """Begin a version that corrects an approved report, as that one reads. That one stands until the new one is approved, and after."""
    report.hold()
    refuse(rules.why_not_correct(by, report, why, later=queries.later_version(report) is not None))
    made = Report(
        reference=drawn_reference("RP"), kind=report.kind, area=report.area, from_on=report.from_on, to_on=report.to_on,
        number=report.number + 1, replaces=report, why_again=one_line(why, 400), started_by=by,
    )  # fmt: skip
    made.save(force_insert=True)
    moved(by, made, What.STARTED)
    if queue:
        defer("reports.gather", report=made.id, by=by.id)
    record("reports.correction_begun", subject=made, corrects=report.reference)
    return made
