"""More at panels: panels with people and meetings, families and themes on each list, and what was said of each."""

import datetime as dt
from typing import Any

from hearth.casework.cases.steps.rules import StepBasis
from hearth.casework.panels.actions import add_panel, add_panel_meeting, add_panel_member
from hearth.casework.panels.items.actions import propose_to_panel
from hearth.casework.panels.items.themes.actions import bring_theme
from hearth.casework.panels.meetings.actions import tell_of_item
from hearth.casework.panels.models import PanelItem, PanelMeeting
from hearth.casework.panels.questions.actions import ask_without_name
from hearth.casework.panels.running.actions import add_panel_action, decide_panel_item, declare_interest
from hearth.casework.panels.running.consequences import Missed
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from tests.security.hostile import unmet
from tests.security.hostile.panels import PATTERN

MISSED = ("mentoring", "housing", "transport")


def more_at_panels(world: Any, planted: list[Any]) -> None:
    """The panel of today hears these families too, the next has others, and there are more panels and days."""
    cast, more, by = world.cast, world.more, world.cast.panel_coordinator
    heard, later = planted[: len(planted) // 2], planted[len(planted) // 2 :]
    for number, one in enumerate(heard):
        _hear(world, _bring(world, one.case, more.panel_meeting), number)
    for one in later:
        item = _bring(world, one.case, more.later_meeting)
        with acting_as(by):
            tell_of_item(by=by, item=item, user=cast.strategic_lead)
    for number in range(len(heard)):
        a_theme(world, str(number))
        with acting_as(cast.family_worker):
            ask_without_name(
                by=cast.family_worker, panel=more.panel, themes=["housing"], words=f"Whom do we ring, {number}?"
            )
    _panels(world, len(heard))


def _bring(world: Any, case: Any, meeting: Any) -> PanelItem:
    by = world.cast.family_worker
    with acting_as(by):
        case.refresh_from_db()
        item = propose_to_panel(
            by=by, case=case, meeting=PanelMeeting.objects.select_related("panel__area").get(pk=meeting.pk), ask="resource",
            themes=["parenting"], words="Help at home", basis=StepBasis("consent", "They agreed", agreed_on=clock.today()),
        )  # fmt: skip
    with acting_as(world.cast.panel_coordinator):
        rows = PanelItem.objects.select_related("family", "case", "panel__area", "meeting__panel__area", "proposed_by")
        return rows.get(pk=item.pk)


def _hear(world: Any, item: PanelItem, number: int) -> None:
    cast, by = world.cast, world.cast.panel_coordinator
    said: dict[str, Any] = {"by": by, "item": item}
    with acting_as(by):
        declare_interest(**said, user=cast.county_manager, words=f"A cousin, {number}", leaves=False)
        missed = Missed(MISSED[number % len(MISSED)], "5_to_10", "no_service", "not_known", "We wait")
        for kind, facts in (("joint_working", {}), ("could_not_be_offered", {"missed": missed})):
            decide_panel_item(**said, kind=kind, words=f"Together, {number}", reasons="It helps", **facts)
        add_panel_action(**said, what=f"Ring, {number}", owner=cast.county_manager, due_on=clock.today())


def a_theme(world: Any, name: str) -> None:
    """A theme of unmet need on the list of the panel of today, which decides to escalate it."""
    by, theme = world.cast.panel_coordinator, unmet.start(world, f"At the panel {name}", "housing")
    with acting_as(by):
        meeting = PanelMeeting.objects.select_related("panel__area").get(pk=world.more.panel_meeting.pk)
        item = bring_theme(
            by=by, meeting=meeting, title=theme.title, ask="gap", themes=["housing"], words="Nobody knows.", theme=theme
        )
        decide_panel_item(by=by, item=item, kind="escalate", words="Ask who pays", reasons="Nobody here can")


def _panels(world: Any, many: int) -> None:
    cast, by = world.cast, world.cast.development_officer
    with acting_as(by):
        for number in range(many):
            panel = add_panel(by=by, kind="district_panel", area=world.area, name=f"Panel {number}", **PATTERN)
            for who, place, chairs in (
                (cast.panel_chair, "core", True),
                (cast.panel_coordinator, "coordinator", False),
            ):
                add_panel_member(by=by, panel=panel, user=who, place=place, is_chair=chairs, sector="early_years")
            _meet(by, panel, number)
        _meet(by, world.more.panel, many)


def _meet(by: Any, panel: Any, number: int) -> None:
    on = clock.add_working_days(clock.today(), 21 + 2 * number)
    on = on if on.weekday() != PATTERN["weekday"] else clock.add_working_days(on, 1)  # those that are planned are on it
    add_panel_meeting(by=by, panel=panel, meets_on=on, starts_at=dt.time(14), ends_at=dt.time(15), place="By video")
