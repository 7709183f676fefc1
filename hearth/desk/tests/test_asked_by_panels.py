"""What a panel asked of somebody waits on their first page, with what of it is late, until it is done."""

import datetime as dt
from typing import Any

from django.urls import reverse

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
from hearth.foundation.ui.filters import short_day

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


def _says(who: Any) -> list[str]:
    with acting_as(who):
        return [each.words for each in waiting_for(who)]


def test_what_is_asked_of_a_member_before_a_meeting_stands_on_their_first_page(
    listed: Any,  # noqa: F811
    cast: Any,
    as_client: Any,
) -> None:
    name, when = listed.panel.name, short_day(listed.meeting.meets_on)
    asked = f"Say what you know of 1 family before {name} on {when}"
    assert asked in _says(cast.health_visitor)
    for key in (
        "police_officer",
        "panel_coordinator",
        "other_practitioner",
        "family_worker",
    ):  # no name of it, or no seat
        assert not [words for words in _says(getattr(cast, key)) if words.startswith("Say what you know")], key
    client = as_client(cast.health_visitor)
    assert asked in client.get("/").content.decode()
    client.post(reverse("answer_panel_check", args=[listed.reference]), {"known": "not_known"})
    assert asked not in _says(cast.health_visitor)


def test_todays_meeting_stands_on_the_first_page_of_all_who_sit_there(sitting: Any, cast: Any) -> None:  # noqa: F811
    def found(key: str) -> list[str]:
        who = getattr(cast, key)
        with acting_as(who):
            return [each.url for each in waiting_for(who) if "meets today" in each.words]

    assert (
        found("panel_chair") == found("panel_coordinator") == [reverse("run_panel_meeting", args=[sitting.reference])]
    )
    assert found("police_officer") == [reverse("panel_meeting", args=[sitting.reference])]
    assert found("family_worker") == found("other_practitioner") == []


def test_what_panels_asked_names_the_family_where_it_may_be_opened(
    sitting: Any,  # noqa: F811
    listed: Any,  # noqa: F811
    cast: Any,
    as_client: Any,
) -> None:
    by = cast.panel_coordinator
    with acting_as(by):
        rows = PanelItem.objects.select_related("family", "case", "meeting__panel__area", "panel", "proposed_by")
        for key in ("family_worker", "police_officer"):
            told = {"what": "Ring them", "owner": getattr(cast, key), "due_on": clock.today()}
            add_panel_action(by=by, item=rows.get(pk=listed.pk), **told)
    assert "The Ashworth family" in as_client(cast.family_worker).get(reverse("panel_actions")).content.decode()
    assert "Ashworth" not in as_client(cast.police_officer).get(reverse("panel_actions")).content.decode()
