"""A panel of the first district with its people, for the tests of this room and of those beside it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hearth.casework.cases.steps.rules import StepBasis
from hearth.casework.panels.actions import add_panel, add_panel_member, plan_panel_meetings
from hearth.casework.panels.items.actions import propose_to_panel
from hearth.casework.panels.meetings.actions import send_panel_list
from hearth.casework.panels.models import Panel, PanelItem
from hearth.casework.panels.running.actions import record_panel_attendance
from hearth.casework.panels.running.consequences import Missed
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.sharing.agreements.actions import write_agreement

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


MISSED = Missed(
    need="mentoring", age_band="adult", reason="no_service", wait="no_wait", instead="Rang two centres, in vain"
)  # fmt: skip
WORDS = "Kelly is alone with both children, and Jake has missed school since September."


def agreed_on(day: dt.date | None = None) -> StepBasis:
    """The mother agreed."""
    return StepBasis("consent", "Kelly agreed that the panel reads it", agreed_on=day or clock.today())


def agreement(cast: Any, organisation: Any, categories: list[str]) -> Any:
    """The authority and an organisation agreed what may be shared."""
    by = cast.information_governance
    with acting_as(by):
        return write_agreement(
            by=by, organisation=organisation, purposes=["early_help"], categories=categories, from_on=clock.today(),
            until_on=clock.today() + dt.timedelta(days=365), document="ISA-1",
        )  # fmt: skip


def last_day_of(row: Any) -> dt.date:
    """The last day on which an access row opens anything."""
    return clock.in_london(row.until_at - dt.timedelta(seconds=1)).date()


@pytest.fixture
def agreements(cast: Any) -> dict[str, Any]:
    """With the health trust as far as the plan; with the school no further than the basic facts; with nobody else."""
    return {
        "health": agreement(cast, cast.health_visitor.organisation, ["basic", "assessment", "plan", "notes"]),
        "school": agreement(cast, cast.practitioner.organisation, ["basic"]),
    }


@pytest.fixture
def propose(cast: Any) -> Callable[..., PanelItem]:
    """`propose(case, meeting)` brings a family to a meeting, as its lead practitioner, with the mother's consent."""

    def make(case: Any, meeting: Any, by: Any = None, **told: Any) -> PanelItem:
        by = by or cast.family_worker
        said: dict[str, Any] = {"ask": "resource", "themes": ["attendance", "parenting"], "words": WORDS}
        with acting_as(by):
            return propose_to_panel(by=by, case=case, meeting=meeting, **(said | {"basis": agreed_on()} | told))

    return make


@pytest.fixture
def item(case: Any, meeting: Any, agreements: Any, propose: Any) -> PanelItem:
    """The Ashworths on the list of the next meeting, which has not gone out."""
    return propose(case, meeting)


@pytest.fixture
def listed(item: PanelItem, cast: Any) -> PanelItem:
    """The same, once the list has gone out."""
    by = cast.panel_coordinator
    with acting_as(by):
        send_panel_list(by=by, meeting=item.meeting)
        rows = PanelItem.objects.select_related("family", "case", "panel__area", "meeting__panel__area", "proposed_by")
        return rows.get(pk=item.pk)


@pytest.fixture
def sitting(listed: PanelItem, cast: Any) -> Any:
    """The meeting is today, and everybody of the core is there."""
    by, meeting = cast.panel_coordinator, listed.meeting
    with acting_as(by):
        meeting.meets_on = clock.today()  # whichever day of the week the tests run on
        meeting.save(update_fields=["meets_on"])
        there = {getattr(cast, key): sector for key, place, _, sector in SEATS if place == "core"}
        record_panel_attendance(by=by, meeting=meeting, there=there)
    return meeting
