"""Reports: written, sent, sent back, approved and published by two at once."""

from typing import Any

from hearth.foundation.core.seen import seen_of
from hearth.oversight.performance.reports import actions
from hearth.oversight.performance.reports.approving import actions as approving
from hearth.oversight.performance.reports.models import CaseStudy, ReportEdition
from hearth.oversight.performance.reports.queries import as_told
from hearth.oversight.performance.reports.studies import actions as studies
from tests.forms.at_once import Two, row

WRITES, DECIDES = ("development_officer", "senior_development_officer"), ("manager", "strategic_lead")
PUBLISHES = ("strategic_lead", "strategic_lead")


def _report(which: str) -> Any:
    return row(which, "area", "replaces", "started_by", "sent_by")


def _words(by: Any, report: Any, words: str) -> Any:
    return actions.write_report_section(
        by=by, report=report, section="quality", words=words, seen=seen_of([("words", "")])
    )


def _study(town: Any) -> CaseStudy:
    return CaseStudy.objects.select_related("report__area").get(report=town.find("report_writing").pk, number=1)


def _tell(by: Any, study: CaseStudy, title: str) -> Any:
    return studies.change_case_study(
        by=by, study=study, title=title, story=study.story, consented_by=study.consented_by, consented_on=study.consented_on,
        consent_kept=study.consent_kept, names_changed=True, seen=_seen(study),
    )  # fmt: skip


def _seen(study: CaseStudy) -> str:
    return str(as_told(study)["seen"])


def _one_edition(town: Any, _: Any) -> bool:
    return ReportEdition.objects.filter(report=town.find("report_sent").pk).count() == 1


TABLE = [
    Two("reports.write_report_section", _report("report_writing"), lambda by, r: _words(by, r, "One."), lambda by, r: _words(by, r, "Two."),
        comes="conflict", who=WRITES),
    Two("reports.change_case_study", _study, lambda by, s: _tell(by, s, "One"), lambda by, s: _tell(by, s, "Two"), comes="conflict", who=WRITES),
    Two("reports.withdraw_case_study", _study, lambda by, s: studies.withdraw_case_study(by=by, study=s), comes="reports.withdrawn", who=WRITES),
    Two("reports.gather_report_again", _report("report_writing"), lambda by, r: actions.gather_report_again(by=by, report=r), comes="done",
        who=WRITES),
    Two("reports.send_report", _report("report_full"), lambda by, r: actions.send_report(by=by, report=r), comes="reports.sent", who=WRITES),
    Two("reports.approve_report", _report("report_sent"), lambda by, r: approving.approve_report(by=by, report=r), comes="reports.stands",
        who=DECIDES, kept=_one_edition),
    Two("reports.send_back_report", _report("report_sent_too"), lambda by, r: approving.send_back_report(by=by, report=r, words="Say more."),
        lambda by, r: approving.approve_report(by=by, report=r), comes="reports.not_sent", who=DECIDES),
    Two("reports.publish_report", _report("report_approved"), lambda by, r: approving.publish_report(by=by, report=r, looked=True),
        comes="reports.published", who=PUBLISHES),
    Two("reports.correct_report", _report("report_to_correct"), lambda by, r: actions.correct_report(by=by, report=r, why="Typed wrong."),
        comes="reports.corrected", who=WRITES),
]  # fmt: skip
