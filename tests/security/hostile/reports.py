"""Reports of the district in each of their states: being written, whole, sent twice over, approved, and published."""

from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.performance.reports import actions, gathering
from hearth.oversight.performance.reports.approving.actions import approve_report, publish_report
from hearth.oversight.performance.reports.models import Report
from hearth.oversight.performance.reports.periods import periods
from hearth.oversight.performance.reports.sections import SECTIONS
from hearth.oversight.performance.reports.studies.actions import add_case_study


def _written(world: Any, ago: int, *, whole: bool = True) -> Report:
    by = world.cast.development_officer
    with acting_as(by):
        made = actions.start_report(by=by, area=world.area, period=periods()[ago], queue=False)
        made = gathering.gather(made, by)
        for each in SECTIONS if whole else SECTIONS[:1]:
            actions.write_report_section(by=by, report=made, section=each.code, words="Planted words of a report.")
        add_case_study(
            by=by, report=made, title="A planted story", story="“Sam” was planted.", consented_by="the mother", consented_on=clock.today(),
            consent_kept="in a planted record", names_changed=True,
        )  # fmt: skip
    return made


def _sent(world: Any, ago: int) -> Report:
    by, made = world.cast.development_officer, _written(world, ago)
    with acting_as(by):
        return actions.send_report(by=by, report=made)


def _approved(world: Any, ago: int) -> Report:
    by, made = world.cast.manager, _sent(world, ago)
    with acting_as(by):
        return approve_report(by=by, report=made)


def plant(world: Any) -> None:
    """One in each state, of one quarter each."""
    more, lead = world.more, world.cast.strategic_lead
    more.report_section = SECTIONS[0].code
    more.report_writing, more.report_full = _written(world, 0, whole=False), _written(world, 1)
    more.report_sent, more.report_sent_too = _sent(world, 2), _sent(world, 3)
    more.report_approved, more.report_to_correct = _approved(world, 4), _approved(world, 5)
    more.report_public = _approved(world, 6)
    with acting_as(lead):
        publish_report(by=lead, report=more.report_public, looked=True)
