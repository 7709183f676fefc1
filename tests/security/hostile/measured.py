"""What a project achieved, a district's own target, and what is done where it is behind. They name nobody: whoever sees counts reads them."""

from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.invented.achieved import AS_AT, SOURCE
from hearth.oversight.performance.agreements.actions import set_local_target
from hearth.oversight.performance.agreements.rules import quarters_ahead
from hearth.oversight.performance.exceptions.actions import write_exception_report
from hearth.oversight.performance.projects.actions import type_figure

PROJECT, TYPED, IDLE, MEASURE = "neet_2011", "starts", "vulnerable", "requests_decided_in_time"


def plant(world: Any) -> None:
    """One row typed and another not; a target from this quarter on."""
    more, by, officer = world.more, world.cast.analyst, world.cast.development_officer
    more.measured_project, more.measured_row, more.measured_idle, more.measured_day = (
        PROJECT,
        TYPED,
        IDLE,
        AS_AT.isoformat(),
    )
    more.aimed_area, more.aimed_measure = world.area.code, MEASURE
    begins = quarters_ahead()[0]
    more.aimed_from = begins.code
    with acting_as(by):
        more.typed_figure = type_figure(
            by=by, project=PROJECT, row=TYPED, as_at=AS_AT, figure=264, remark="Planted", source=SOURCE
        )
    with acting_as(officer):
        more.local_target = set_local_target(
            by=officer, area=world.area, measure=MEASURE, from_on=begins.first_on, figure=98, why="Planted need"
        )
        more.exception_report = write_exception_report(
            by=officer, area=world.area, measure="wait_for_plan", why="Planted", doing="Planted", review_on=clock.today() + clock.WEEK
        )  # fmt: skip
