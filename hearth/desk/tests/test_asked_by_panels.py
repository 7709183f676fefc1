"""What a panel asked of somebody waits on their first page, with what of it is late, until it is done."""

import datetime as dt
from typing import Any

from hearth.casework.panels.models import PanelAction, PanelItem
from hearth.casework.panels.running.actions import add_panel_action, decide_panel_item, finish_panel_action
from hearth.casework.panels.tests.conftest import (  # noqa: F401 - fixtures
    agreements,
    item,
    listed,
    meeting,
    panel,
    plan,
    propose,
    sitting,
)
from hearth.desk.waiting import waiting_for
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as

WORDS = "1 thing that panels asked of you"


def _waits(who: Any) -> list[tuple[int, int]]:
    with acting_as(who):
        return [(each.late, each.week) for each in waiting_for(who) if each.words == WORDS]


def test_it_waits_for_whom_it_was_asked_of_and_for_nobody_else(sitting: Any, listed: Any, cast: Any) -> None:  # noqa: F811
    by, owner = cast.panel_coordinator, cast.family_worker
    with acting_as(by):
        rows = PanelItem.objects.select_related("family", "case", "meeting__panel__area", "panel", "proposed_by")
        found = rows.get(pk=listed.pk)
        decide_panel_item(by=by, item=found, kind="joint_working", words="A visit", reasons="It helps")
        add_panel_action(by=by, item=found, what="Ring the school", owner=owner, due_on=clock.today())
    assert _waits(owner) == [(0, 1)]
    with clock.frozen(clock.today() + dt.timedelta(days=2)):
        assert _waits(owner) == [(1, 0)]
    assert [_waits(getattr(cast, key)) for key in ("panel_coordinator", "other_family_worker", "provider")] == [
        [],
        [],
        [],
    ]
    with acting_as(owner):
        finish_panel_action(by=owner, act=PanelAction.objects.select_related("meeting__panel").get(), done_words="Rang")
    assert _waits(owner) == []
