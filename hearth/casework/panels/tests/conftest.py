"""A panel of the first district with its people, for the tests of this room and of those beside it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hearth.casework.panels.actions import add_panel, add_panel_member, plan_panel_meetings
from hearth.casework.panels.models import Panel
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as

PATTERN: dict[str, Any] = {
    "week": 2, "weekday": 1, "starts_at": dt.time(9, 30), "ends_at": dt.time(12), "place": "The town hall",
}  # fmt: skip
SEATS = (
    ("panel_chair", "core", True, "early_years"),
    ("panel_coordinator", "coordinator", False, "early_help"),
    ("health_visitor", "core", False, "health"),
    ("charity_worker", "core", False, "voluntary"),
    ("police_officer", "core", False, "police_and_justice"),
    ("safeguarding_hub_social_worker", "core", False, "social_care"),
    ("practitioner", "core", False, "education"),
)


def set_up(cast: Any, area: Any, name: str = "Burnley panel", kind: str = "district_panel") -> Panel:
    """A panel as a development officer sets one up, with nobody on it."""
    by = cast.development_officer
    with acting_as(by):
        return add_panel(by=by, kind=kind, area=area, name=name, **PATTERN)


@pytest.fixture
def panel(cast: Any, area: Any) -> Panel:
    """The district's panel: chair, coordinator, and five other members of the core."""
    found, by = set_up(cast, area), cast.development_officer
    with acting_as(by):
        for key, place, chairs, sector in SEATS:
            add_panel_member(by=by, panel=found, user=getattr(cast, key), place=place, is_chair=chairs, sector=sector)
    return found


@pytest.fixture
def plan(cast: Any) -> Callable[..., Any]:
    """`plan(panel)` plans its meetings of the next three months."""

    def make(panel: Panel, by: Any = None, **told: Any) -> Any:
        by = by or cast.panel_coordinator
        until = clock.today() + dt.timedelta(days=100)
        with acting_as(by):
            return plan_panel_meetings(by=by, panel=panel, **({"until_on": until} | PATTERN | told))

    return make


@pytest.fixture
def meeting(panel: Panel, plan: Any) -> Any:
    """The panel's next meeting."""
    return plan(panel)[0]
