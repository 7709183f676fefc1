"""A panel with its members and meetings, and what is brought to it."""

import datetime as dt
from decimal import Decimal
from typing import Any

from hearth.casework.cases.steps.rules import StepBasis
from hearth.casework.panels.actions import add_panel, add_panel_member, plan_panel_meetings
from hearth.casework.panels.items.actions import answer_panel_check, propose_to_panel
from hearth.casework.panels.meetings.actions import say_coming, send_panel_list, tell_of_item
from hearth.casework.panels.models import ListEntry, PanelItem
from hearth.casework.panels.questions.actions import answer_question, ask_without_name
from hearth.casework.panels.running.actions import (
    add_panel_action,
    approve_minutes,
    decide_panel_item,
    declare_interest,
    record_panel_attendance,
)
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from tests.security.hostile.words import OPEN

PATTERN: dict[str, Any] = {
    "week": 2, "weekday": 1, "starts_at": dt.time(9), "ends_at": dt.time(11), "place": "The town hall",
}  # fmt: skip


def plant(world: Any) -> None:
    """The panel of the district with its next meetings; and one that nobody sits on yet."""
    cast, more, by = world.cast, world.more, world.cast.development_officer
    with acting_as(by):
        more.panel, more.idle_panel, second = (
            add_panel(by=by, kind="district_panel", area=world.area, name=name, **PATTERN)
            for name in ("The panel", "Another panel", "A third panel")
        )
        for panel in (more.panel, second):
            for who, place, chairs, sector in (
                (cast.panel_chair, "core", True, "early_years"), (cast.panel_coordinator, "coordinator", False, "early_help"),
                (cast.county_manager, "core", False, "social_care"),
            ):  # fmt: skip
                add_panel_member(by=by, panel=panel, user=who, place=place, is_chair=chairs, sector=sector)
    with acting_as(cast.panel_coordinator):
        until = clock.today() + dt.timedelta(days=100)
        meetings = plan_panel_meetings(by=cast.panel_coordinator, panel=more.panel, until_on=until, **PATTERN)
        others = plan_panel_meetings(by=cast.panel_coordinator, panel=second, until_on=until, **PATTERN)
    more.panel_meeting, more.later_meeting, more.third_meeting = meetings[:3]
    more.approvable_meeting = others[0]
    more.seat, more.chair_email = cast.county_manager.reference, cast.panel_chair.email
    _sitting(world, meetings[0])
    _to_come(world, meetings[1])
    _heard(world, others[0])
    _answered(world, others[1])
    _asked(world)


def _asked(world: Any) -> None:
    """Questions without a name: one waits, one has its answer."""
    by, more = world.cast.family_worker, world.more
    with acting_as(by):
        more.question, more.question_answered = (
            ask_without_name(by=by, panel=more.panel, themes=["housing"], words=words)
            for words in ("Whom do we ring about damp?", "Who knows about debts?")
        )
    with acting_as(world.cast.panel_coordinator):
        answer_question(by=world.cast.panel_coordinator, question=more.question_answered, answer="The advice centre.")


def _heard(world: Any, meeting: Any, key: str = "stopped", days_ago: int = 0) -> PanelItem:
    """A meeting of another panel, at which all that was on its list is heard."""
    by, item = world.cast.panel_coordinator, _bring(world, key, meeting)
    with acting_as(by):
        meeting.meets_on = clock.today() - dt.timedelta(days=days_ago)
        meeting.save(update_fields=["meets_on"])
        there = {world.cast.panel_chair: "early_years", world.cast.county_manager: "social_care",
                 world.cast.manager: "health", world.cast.family_worker: "education",
                 world.cast.other_family_worker: "housing"}  # fmt: skip
        record_panel_attendance(by=by, meeting=meeting, there=there)
    item = _reread(by, item)
    with acting_as(by):
        said = {"by": by, "item": item, "words": f"{OPEN}planned", "reasons": f"{OPEN}planned"}
        decide_panel_item(kind="joint_working", **said)
        decide_panel_item(kind="spot_purchase", cost=Decimal(10), budget="The district's", **said)
    return item


def _answered(world: Any, meeting: Any) -> None:
    """One whose minutes are approved, so that its answer waits to be read."""
    world.more.answered_item = _heard(world, meeting, "claimed", days_ago=1)
    with acting_as(world.cast.panel_chair):
        meetings = type(meeting).objects.select_related("panel__area")
        approve_minutes(by=world.cast.panel_chair, meeting=meetings.get(pk=meeting.pk))


def _bring(world: Any, key: str, meeting: Any) -> PanelItem:
    by, planted = world.cast.family_worker, world.families[key]
    with acting_as(by):
        planted.case.refresh_from_db()
        return propose_to_panel(
            by=by, case=planted.case, meeting=meeting, ask="resource", themes=["parenting"], words=f"{OPEN}assessed need",
            basis=StepBasis("consent", f"{OPEN}assessed consent", agreed_on=clock.today()),
        )  # fmt: skip


def _reread(by: Any, item: PanelItem) -> PanelItem:
    rows = PanelItem.objects.select_related("family", "case", "panel__area", "meeting__panel__area")
    with acting_as(by):
        return rows.get(pk=item.pk)


def _sitting(world: Any, meeting: Any) -> None:
    """A meeting that is held today: one family heard, and one that waits."""
    cast, more, by = world.cast, world.more, world.cast.panel_coordinator
    more.heard_item, more.item = _bring(world, "asked_up", meeting), _bring(world, "stepped_up", meeting)
    with acting_as(by):
        send_panel_list(by=by, meeting=meeting)
        meeting.meets_on = clock.today()
        meeting.save(update_fields=["meets_on"])
        there = {cast.panel_chair: "early_years", cast.county_manager: "social_care", cast.manager: "health",
                 cast.family_worker: "education", cast.other_family_worker: "housing"}  # fmt: skip
        record_panel_attendance(by=by, meeting=meeting, there=there)
    with acting_as(cast.county_manager):
        entry = ListEntry.objects.select_related("item__family").get(item=more.item, user=cast.county_manager)
        answer_panel_check(by=cast.county_manager, entry=entry, known="known", known_words=f"{OPEN}assessed by us")
    more.heard_item, more.item = _reread(by, more.heard_item), _reread(by, more.item)
    with acting_as(by):
        heard: dict[str, Any] = {"by": by, "item": more.heard_item}
        declare_interest(**heard, user=cast.county_manager, words=f"{OPEN}assessed interest", leaves=False)
        decide_panel_item(**heard, kind="advice", words=f"{OPEN}planned advice", reasons=f"{OPEN}planned reasons")
        more.panel_action = add_panel_action(
            **heard, what=f"{OPEN}planned action", owner=cast.county_manager, due_on=clock.today()
        )


def _to_come(world: Any, meeting: Any) -> None:
    """A meeting to come, whose list is not sent: somebody who is no member was told of the one item on it."""
    cast, more, by = world.cast, world.more, world.cast.panel_coordinator
    more.item_to_come = _bring(world, "with_manager", meeting)
    item = _reread(by, more.item_to_come)
    with acting_as(by):
        tell_of_item(by=by, item=item, user=cast.senior_development_officer)
    more.told = cast.senior_development_officer.reference
    more.item_to_come = item
    with acting_as(cast.panel_chair):
        say_coming(by=cast.panel_chair, meeting=meeting, coming="yes")
    with acting_as(cast.panel_coordinator):
        send_panel_list(by=by, meeting=meeting)
    more.item_unsent = _bring(world, "handed_back", meeting)
