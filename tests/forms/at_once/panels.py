"""Panels: who sits on them, when they meet."""

import datetime as dt
from typing import Any

from hearth.casework.panels import actions as panels
from hearth.casework.panels.models import PanelMember
from hearth.foundation.core import clock
from tests.forms.at_once import Two, row

RUN_IT, SET_UP = ("panel_coordinator", "panel_chair"), ("development_officer", "development_officer")
MEETING = row("later_meeting", "panel__area")


def _seat(town: Any) -> Any:
    """The place of the member who was planted."""
    rows = PanelMember.objects.select_related("panel__area", "user__organisation")
    return rows.get(panel=town.find("panel"), user=town.cast.county_manager)


def _move(by: Any, meeting: Any, days: int) -> Any:
    to = clock.add_working_days(meeting.meets_on, days)
    return panels.move_panel_meeting(
        by=by, meeting=meeting, meets_on=to, starts_at=dt.time(9), ends_at=dt.time(11), place="Elsewhere"
    )


TABLE = [
    Two("panels.end_panel", row("idle_panel", "area"), lambda by, p: panels.end_panel(by=by, panel=p, why="Merged"),
        comes="panels.ended", who=SET_UP),
    Two("panels.change_panel_member", _seat, lambda by, m: panels.change_panel_member(by=by, member=m),
        comes="done", who=RUN_IT),
    Two("panels.end_panel_member", _seat, lambda by, m: panels.end_panel_member(by=by, member=m),
        comes="panels.sits_no_more", who=RUN_IT),
    Two("panels.move_panel_meeting", MEETING, lambda by, m: _move(by, m, 1), lambda by, m: _move(by, m, 2), "done", who=RUN_IT,
        kept=lambda town, came: came.result.moves == 2),
    Two("panels.cancel_panel_meeting", MEETING, lambda by, m: panels.cancel_panel_meeting(by=by, meeting=m, why="Snow"),
        comes="panels.cancelled", who=RUN_IT),
]  # fmt: skip
