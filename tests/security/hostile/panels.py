"""A panel with its members and meetings, and what is brought to it."""

import datetime as dt
from typing import Any

from hearth.casework.panels.actions import add_panel, add_panel_member, plan_panel_meetings
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as

PATTERN: dict[str, Any] = {
    "week": 2, "weekday": 1, "starts_at": dt.time(9), "ends_at": dt.time(11), "place": "The town hall",
}  # fmt: skip


def plant(world: Any) -> None:
    """The panel of the district with its next meetings; and one that nobody sits on yet."""
    cast, more, by = world.cast, world.more, world.cast.development_officer
    with acting_as(by):
        more.panel, more.idle_panel = (
            add_panel(by=by, kind="district_panel", area=world.area, name=name, **PATTERN)
            for name in ("The panel", "Another panel")
        )
        for who, place, chairs, sector in (
            (cast.panel_chair, "core", True, "early_years"), (cast.panel_coordinator, "coordinator", False, "early_help"),
            (cast.county_manager, "core", False, "social_care"),
        ):  # fmt: skip
            add_panel_member(by=by, panel=more.panel, user=who, place=place, is_chair=chairs, sector=sector)
    with acting_as(cast.panel_coordinator):
        until = clock.today() + dt.timedelta(days=100)
        meetings = plan_panel_meetings(by=cast.panel_coordinator, panel=more.panel, until_on=until, **PATTERN)
    more.panel_meeting, more.later_meeting = meetings[:2]
    more.seat = cast.county_manager.reference
