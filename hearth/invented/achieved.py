"""What the project of the practice pack achieved, as the minutes of 3 July 2012 have it, a target that the first district added, and what is done."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.oversight.performance.agreements.actions import set_local_target
from hearth.oversight.performance.agreements.rules import quarters_ahead
from hearth.oversight.performance.exceptions.actions import write_exception_report
from hearth.oversight.performance.projects.actions import type_figure

BEHIND = "Accreditation takes a year, and most began after the summer. Whether those who left would have been accredited is not known."
DONE = "Providers send names of centres that accredit within six months by the end of the month; the commissioner agrees two more."
AS_AT = dt.date(2012, 3, 20)
NEED = "Families here move often, and one who waits is gone. The sub-group agreed it."
SOURCE = "Report to the Cabinet Committee on Performance Improvement, 3 July 2012"
# The seven rows as they stand in the minutes: a number, or words and what is said of them; and the remark.
NEET: dict[str, dict[str, Any]] = {
    "starts": {"figure": 264},
    "vulnerable": {"figure": 27},
    "qualification": {"figure": 31},
    "progression": {
        "figure": 27,
        "remark": "All actuals to date are progression into further learning or training.",
    },
    "evaluation": {"words": "N/A", "said": "N/A", "remark": "N/A at this time: it relates to the project’s close."},
    "impact_report": {"words": "N/A", "said": "N/A"},
    "agreements": {"said": "As planned"},
}


def tell_achieved(cast: dict[str, Any], area: Any) -> None:
    """Set the target; and type the figures, where the pack has the project."""
    by, officer = cast["analyst"], cast["development_officer"]
    with acting_as(officer):
        set_local_target(
            by=officer, area=area, measure="requests_decided_in_time", from_on=quarters_ahead()[0].first_on, figure=98, why=NEED
        )  # fmt: skip
    if pack().measures.project("neet_2011") is None:
        return
    lead = cast["strategic_lead"]
    with acting_as(lead):
        write_exception_report(
            by=lead, measure="neet_2011.qualification", area=None, why=BEHIND, doing=DONE, review_on=clock.today() + dt.timedelta(days=42)
        )  # fmt: skip
    with acting_as(by):
        for row, told in NEET.items():
            type_figure(by=by, project="neet_2011", row=row, as_at=AS_AT, source=SOURCE, **told)
