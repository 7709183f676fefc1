"""The list of meetings, the calendar, a meeting with its screen and minutes, the themes and the home page ask as often of 3N as of N."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.cases.actions import open_case
from hearth.casework.panels.actions import add_panel_meeting, add_panel_member
from hearth.casework.panels.calendar import calendar_address
from hearth.casework.panels.items.themes.actions import bring_theme
from hearth.casework.panels.meetings.actions import send_panel_list, tell_of_item
from hearth.casework.panels.models import PanelItem, PanelMeeting
from hearth.casework.panels.running.actions import add_panel_action, decide_panel_item, declare_interest
from hearth.casework.panels.running.consequences import Missed
from hearth.casework.panels.tests.conftest import SEATS, set_up
from hearth.casework.panels.unmet.tests.conftest import tried
from hearth.casework.panels.unmet.themes.actions import start_theme
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.people.actions import open_family

FEW, MANY = 2, 6
BACKGROUND = {
    "X-Hearth-Background": "1"
}  # when a reader was last here is noted each half minute, which would count the clock
NEEDS = ("mentoring", "housing", "transport", "childcare", "money", "school")


@pytest.fixture
def more(sitting: Any, panel: Any, area: Any, cast: Any, propose: Any) -> Callable[[int, int], None]:
    """`more(2, 6)` makes what there is six of, where there are two: panels, meetings, items heard and to come, themes and actions."""
    by, worker, officer = cast.panel_coordinator, cast.family_worker, cast.development_officer

    def item_at(meeting: Any, name: str) -> PanelItem:
        with acting_as(worker):
            family = open_family(by=worker, name=name, area=area)
            case = open_case(by=worker, family=family, because="assessment", lead=worker)
        item = propose(case, meeting)
        with acting_as(by):
            rows = PanelItem.objects.select_related(
                "family", "case", "panel__area", "meeting__panel__area", "proposed_by"
            )
            return rows.get(pk=item.pk)

    def one(number: int) -> None:
        with acting_as(by):
            today = PanelMeeting.objects.select_related("panel__area").get(pk=sitting.pk)
            next_one = PanelMeeting.objects.select_related("panel__area").after(today).first()
        heard, waits = item_at(today, f"Heard{number}"), item_at(next_one, f"Waits{number}")
        item_at(today, f"Today{number}")
        with acting_as(by):
            tell_of_item(by=by, item=waits, user=cast.senior_development_officer)
            declare_interest(by=by, item=heard, user=cast.health_visitor, words="A cousin", leaves=False)
            missed = Missed(NEEDS[number], "adult", "no_service", "no_wait", "Rang round")
            decide_panel_item(by=by, item=heard, kind="could_not_be_offered", words="No", reasons="None", missed=missed)
            for owner in (by, cast.health_visitor):
                add_panel_action(by=by, item=heard, what=f"Ring {number}", owner=owner, due_on=clock.today())
            theme = start_theme(
                by=by, area=area, title=f"T{number}", priority="low", needs=[NEEDS[number]], analysis="Some"
            )
        tried(by, theme, acting_as)
        with acting_as(by):
            brought = bring_theme(
                by=by, meeting=today, title=theme.title, ask="gap", themes=["other"], words="Some", theme=theme
            )
        with acting_as(cast.panel_chair):
            decide_panel_item(by=cast.panel_chair, item=brought, kind="escalate", words="Ask", reasons="No money")
        another = set_up(cast, area, f"Panel {number}")
        with acting_as(officer):
            for key, place, chairs, sector in SEATS:
                add_panel_member(
                    by=officer, panel=another, user=getattr(cast, key), place=place, is_chair=chairs, sector=sector
                )
            for where in (another, panel):
                on = clock.add_working_days(clock.today(), 60 + 2 * number)
                add_panel_meeting(
                    by=officer, panel=where, meets_on=on if on.weekday() != 1 else clock.add_working_days(on, 1),
                    starts_at=dt.time(14), ends_at=dt.time(15),
                )  # fmt: skip

    def make(first: int, last: int) -> None:
        for number in range(first, last):
            one(number)
        with acting_as(by):
            send_panel_list(by=by, meeting=PanelMeeting.objects.select_related("panel__area").get(pk=sitting.pk))

    return make


def test_pages_of_panels_ask_as_often_of_many_as_of_few(
    more: Any, sitting: Any, panel: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    with as_(cast.panel_coordinator):
        later = PanelMeeting.objects.after(sitting).first()
    assert later is not None
    today, unsent = [sitting.reference], [later.reference]
    pages = {
        "panel_coordinator": [
            reverse("home"), reverse("panels"), reverse("panel", args=[panel.reference]), reverse("panel_meeting", args=today),
            reverse("run_panel_meeting", args=today), reverse("project_panel_meeting", args=today),
            reverse("panel_minutes", args=today), reverse("send_panel_list", args=unsent),
            reverse("run_panel_meeting", args=unsent), reverse("cancel_panel_meeting", args=unsent), reverse("unmet_themes"),
            reverse("unmet_needs"), reverse("panel_actions"), calendar_address(cast.panel_coordinator),
        ],
        "panel_chair": [reverse("home"), reverse("run_panel_meeting", args=today), reverse("panel_minutes", args=today)],
        "health_visitor": [
            reverse("home"), reverse("panels"), reverse("panel_meeting", args=today), reverse("panel_minutes", args=today),
            reverse("panel_actions"), calendar_address(cast.health_visitor),
        ],
        "board_member": [reverse("home"), reverse("unmet_themes"), reverse("unmet_needs")],
    }  # fmt: skip
    clients = {who: as_client(getattr(cast, who)) for who in pages}

    def asked() -> dict[tuple[str, str], int]:
        found = {}
        for who, addresses in pages.items():
            for page in addresses:
                with CaptureQueriesContext(connection) as seen:
                    answer = clients[who].get(page, headers=BACKGROUND)
                assert answer.status_code == 200, (who, page)
                found[who, page] = len(seen)
        return found

    more(0, FEW)
    asked()  # what is looked up once for all readers is known by then
    few = asked()
    more(FEW, MANY)
    assert asked() == few
    shown = clients["panel_coordinator"].get(reverse("run_panel_meeting", args=today)).content.decode()
    assert all(f"Heard{number}" in shown for number in range(MANY)), "the pages show what there is"
