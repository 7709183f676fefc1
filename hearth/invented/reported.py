"""Reports in their states, made by the product's own actions: two published with a case study, one being written, one sent for approval."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.invented.story import Place
from hearth.oversight.performance.reports import actions, gathering
from hearth.oversight.performance.reports.approving.actions import approve_report, publish_report
from hearth.oversight.performance.reports.models import Report
from hearth.oversight.performance.reports.periods import periods
from hearth.oversight.performance.reports.studies.actions import add_case_study

WORDS = {
    "summary": "More requests were answered in time than a year before. Help with sleep and behaviour is still missing for most who ask for it.",
    "measures": "Most figures vary as they always have. Where a number is too few to show, the team looked at each family itself.",
    "projects": "The project for young people runs as planned, and the partners count it themselves.",
    "bought": "What was bought came in the first half of the year. Two places in a group were not taken up, and were given to a neighbour.",
    "difficulties": (
        "Nobody offers help with sleep for children under five in the evening. The sub-group asked the board for an answer.\n\n"
        "Families who moved here in the summer wait for a school place, and their plans wait with them."
    ),
    "quality": "Fathers are still not asked as often as mothers. The training in the spring was about that.",
    "good_practice": "Two schools begin each term with a list of whom to ring. Any school can ask them how.",
}
STORY: dict[str, Any] = {
    "title": "The café on Tuesday",
    "story": (
        "“Maya” had not been out with her two children since the winter. Her worker came on Tuesdays: first to the door, then to the café, then to "
        "the group at the centre. “Maya” now opens the group herself, and “Theo” has begun at nursery."
    ),
    "consented_by": "the mother", "consent_kept": "in her record, with the plan", "names_changed": True,
}  # fmt: skip


def tell_reports(cast: dict[str, Any], places: list[Place]) -> None:
    """The first of two districts has published a quarter, and the authority too; the second has sent one."""
    officer, analyst, senior, lead = (
        cast[key] for key in ("development_officer", "analyst", "senior_development_officer", "strategic_lead")
    )
    first, second = places[0].area, places[-1].area
    for by, area, approver in ((officer, first, cast["manager"]), (analyst, None, lead)):
        with clock.frozen(clock.now() - dt.timedelta(days=5)):
            found = _started(by, area, 1)
            _write(by, found)
            if area is not None:
                _tell(by, found)
            _send(by, found)
        with acting_as(approver), clock.frozen(clock.now() - dt.timedelta(days=3)):
            approve_report(by=approver, report=found)
        with acting_as(lead), clock.frozen(clock.now() - dt.timedelta(days=2)):
            publish_report(by=lead, report=found, looked=True)
    _write(analyst, _started(analyst, None, 0), "summary", "measures")
    if second != first:
        found = _started(senior, second, 1)
        _write(senior, found)
        _send(senior, found)


def _started(by: Any, area: Any, ago: int) -> Report:
    with acting_as(by):
        return gathering.gather(actions.start_report(by=by, area=area, period=periods()[ago], queue=False), by)


def _write(by: Any, report: Report, *sections: str) -> None:
    with acting_as(by):
        for section, words in WORDS.items():
            if not sections or section in sections:
                actions.write_report_section(by=by, report=report, section=section, words=words)


def _tell(by: Any, report: Report) -> None:
    with acting_as(by):
        add_case_study(by=by, report=report, consented_on=clock.today() - dt.timedelta(days=20), **STORY)


def _send(by: Any, report: Report) -> None:
    with acting_as(by):
        actions.send_report(by=by, report=report)
