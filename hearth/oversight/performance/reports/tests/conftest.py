"""A report started, gathered, written, sent, approved and published."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.performance.reports import actions, gathering
from hearth.oversight.performance.reports.approving import actions as approving
from hearth.oversight.performance.reports.models import CaseStudy, Report, ReportEdition
from hearth.oversight.performance.reports.periods import periods
from hearth.oversight.performance.reports.sections import SECTIONS
from hearth.oversight.performance.reports.studies.actions import add_case_study, withdraw_case_study

STORY = {
    "title": "A door that opened", "story": "“Sam” had not left the flat for a term.", "consented_by": "the mother",
    "consent_kept": "EH-TEST123", "names_changed": True,
}  # fmt: skip


@dataclass
class Desk:
    """Whoever works on reports of the first district, and what they do."""

    cast: Any
    area: Any

    def start(self, by: Any = None, kind: str = "quarter", ago: int = 0, whole: bool = False) -> Report:
        """Started and gathered."""
        by = by or (self.cast.analyst if whole else self.cast.development_officer)
        period = [each for each in periods() if each.kind == kind][ago]
        with acting_as(by):
            made = actions.start_report(by=by, area=None if whole else self.area, period=period, queue=False)
            return gathering.gather(made, by)

    def write(self, report: Report, by: Any = None, **words: str) -> None:
        """Every section, or those named."""
        by = by or (self.cast.development_officer if report.area else self.cast.analyst)
        with acting_as(by):
            for each in SECTIONS:
                if not words or each.code in words:
                    said = words.get(each.code, f"What there is to say of {each.title.lower()}.")
                    actions.write_report_section(by=by, report=report, section=each.code, words=said)

    def tell(self, report: Report, by: Any = None, **more: Any) -> CaseStudy:
        """A case study."""
        by = by or self.cast.development_officer
        with acting_as(by):
            return add_case_study(by=by, report=report, **(STORY | {"consented_on": clock.today()} | more))

    def withdraw(self, study: CaseStudy, by: Any = None) -> CaseStudy:
        """Taken out."""
        by = by or self.cast.development_officer
        with acting_as(by):
            return withdraw_case_study(by=by, study=study)

    def send(self, report: Report, by: Any = None) -> Report:
        """Sent for approval."""
        by = by or (self.cast.development_officer if report.area else self.cast.analyst)
        with acting_as(by):
            return actions.send_report(by=by, report=report)

    def approve(self, report: Report, by: Any = None) -> Report:
        """Approved."""
        by = by or (self.cast.manager if report.area else self.cast.strategic_lead)
        with acting_as(by):
            return approving.approve_report(by=by, report=report)

    def approved(self, **more: Any) -> Report:
        """From its start to its approval."""
        found = self.start(**more)
        self.write(found)
        self.send(found)
        return self.approve(found)

    def publish(self, report: Report, by: Any = None) -> ReportEdition:
        """Published."""
        by = by or self.cast.strategic_lead
        with acting_as(by):
            report = Report.objects.select_related("area", "replaces").get(pk=report.pk)
            return approving.publish_report(by=by, report=report, looked=True)


@pytest.fixture
def desk(cast: Any, area: Any) -> Desk:
    """Whoever works on reports."""
    return Desk(cast, area)


@pytest.fixture
def quarters_ago() -> Callable[[int], dt.date]:
    """The first day of a quarter so many quarters ago."""
    return lambda ago: [each for each in periods() if each.kind == "quarter"][ago].first.first_on
