"""Writes: tell a case study, change it, take it out."""

import datetime as dt
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean, one_line
from hearth.foundation.ui.filters import day
from hearth.oversight.performance.reports import rules
from hearth.oversight.performance.reports.actions import moved
from hearth.oversight.performance.reports.approving.actions import freeze_without
from hearth.oversight.performance.reports.models import CaseStudy, Report, ReportMove


def _typed(title: str, story: str, consented_by: str, consented_on: dt.date, consent_kept: str) -> dict[str, Any]:
    return {
        "title": one_line(title, 120), "story": clean(story).strip(), "consented_by": one_line(consented_by, 120),
        "consented_on": consented_on, "consent_kept": one_line(consent_kept, 120),
    }  # fmt: skip


@action
def add_case_study(
    *, by: Any, report: Report, title: str, story: str, consented_by: str, consented_on: dt.date, consent_kept: str,
    names_changed: bool = False,
) -> CaseStudy:  # fmt: skip
    """Tell a case study, and state that it may be told and that every name in it is changed. Told twice, it is one."""
    report.hold()
    refuse(rules.why_not_write(by, report))
    said = _typed(title, story, consented_by, consented_on, consent_kept)
    refuse(rules.why_not_this_study(said, names_changed=names_changed))
    there = CaseStudy.objects.filter(report=report, stated_by=by, **said).first()
    if there is not None:
        record("reports.case_study_sent_again", subject=report, number=there.number)
        return there
    last = CaseStudy.objects.filter(report=report).order_by("-number").values_list("number", flat=True).first()
    made = CaseStudy(report=report, number=(last or 0) + 1, names_changed=True, stated_by=by, **said)
    made.save(force_insert=True)
    record("reports.case_study_told", subject=report, number=made.number)
    return made


@action
def change_case_study(
    *, by: Any, study: CaseStudy, title: str, story: str, consented_by: str, consented_on: dt.date, consent_kept: str,
    names_changed: bool = False, seen: str | None = None,
) -> CaseStudy:  # fmt: skip
    """Change it. Whoever does states anew that every name is changed."""
    study.report.hold()
    study.hold()
    refuse(rules.why_not_write(by, study.report) or rules.why_not_withdraw(by, study.report, study.withdrawn_at))
    said = _typed(title, story, consented_by, consented_on, consent_kept)
    refuse(rules.why_not_this_study(said, names_changed=names_changed))
    changed = write_seen(study, seen, said, {"consented_on": day})
    if changed:
        study.stated_by, study.stated_at = by, clock.now()
        study.save(update_fields=[*changed, "stated_by", "stated_at"])
    record("reports.case_study_changed", subject=study.report, number=study.number, changed=changed)
    return study


@action
def withdraw_case_study(*, by: Any, study: CaseStudy) -> CaseStudy:
    """Take it out: its words go, from every edition too, and a note stands in its place. Each edition has a new digest."""
    report = study.report
    report.hold()
    study.hold()
    refuse(rules.why_not_withdraw(by, report, study.withdrawn_at))
    study.title, study.story, study.withdrawn_at, study.withdrawn_by = "", "", clock.now(), by
    study.save(update_fields=["title", "story", "withdrawn_at", "withdrawn_by"])
    made = freeze_without(by, report, study.number, day(clock.today())) if report.is_approved else []
    moved(by, report, ReportMove.What.WITHDRAWN)
    record("reports.case_study_withdrawn", subject=report, number=study.number, digests=[each.digest for each in made])
    return study
