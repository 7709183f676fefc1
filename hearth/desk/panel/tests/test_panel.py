"""A family decided for the panel is on a list until what the panel said is written down."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from hearth.desk.chronology import chronology
from hearth.desk.panel.actions import record_panel, say_when
from hearth.desk.panel.queries import how_many_wait_for_panel, waiting_for_panel
from hearth.foundation.accounts.actions import appoint_person
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused


def text_of(answer: Any) -> str:
    """The page's text."""
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def waiting(cast: Any, case: Any) -> Any:
    """The Ashworths should have been taken to the panel yesterday."""
    with acting_as(cast.family_worker):
        say_when(case, clock.today() - dt.timedelta(days=1))
    return case


def names(who: Any) -> list[str]:
    """Whom somebody's list shows."""
    with acting_as(who):
        return [row["family_name"] for row in waiting_for_panel(who).rows]


def test_the_list_shows_families_one_may_open_with_their_day(waiting: Any, cast: Any, as_client: Any) -> None:
    for who in (cast.family_worker, cast.front_door_officer, cast.manager):
        assert names(who) == ["Ashworth"], who
    for who in (cast.other_front_door_officer, cast.charity_worker, cast.analyst):
        assert names(who) == [], who
    assert "Late" in text_of(as_client(cast.front_door_officer).get(reverse("waiting_for_panel")))
    assert "1 family to take to the panel" in text_of(as_client(cast.front_door_officer).get(reverse("home")))
    assert as_client(cast.analyst).get(reverse("waiting_for_panel")).status_code == 403


@pytest.mark.parametrize("seat", ["panel_chair", "panel_coordinator"])
def test_whoever_sits_on_the_panel_is_told_on_their_first_page_who_keeps_its_list(
    seat: str, cast: Any, area: Any, as_client: Any
) -> None:
    says = "What your panel is to discuss is under"
    assert says not in text_of(as_client(cast.family_worker).get(reverse("home")))
    with acting_as(cast.manager):
        appoint_person(by=cast.manager, person=cast.family_worker, role=seat, area=area)
        sits = User.objects.get(pk=cast.family_worker.pk)
    assert says in text_of(as_client(sits).get(reverse("home")))


def test_what_the_panel_said_is_a_note_in_the_chronology_and_the_family_leaves_the_list(
    waiting: Any, cast: Any, as_client: Any
) -> None:
    client, where = as_client(cast.front_door_officer), reverse("record_panel", args=[waiting.reference])
    assert client.post(where, {"heard": "yes", "words": ""}).status_code == 422
    said = {"heard": "yes", "heard_on": clock.today().isoformat(), "words": "<b>Parenting course</b> from January."}
    assert "It is on record." in text_of(client.post(where, said, follow=True))
    assert names(cast.front_door_officer) == []
    with acting_as(cast.family_worker):
        entries = chronology(cast.family_worker, waiting.family)
        assert any("<b>Parenting course</b>" in entry.words for entry in entries)
    assert client.get(where).status_code == 403  # it waits for nothing any more


def test_it_waits_for_another_meeting(waiting: Any, cast: Any) -> None:
    officer, day = cast.front_door_officer, clock.today() + dt.timedelta(days=20)
    with acting_as(officer):
        record_panel(by=officer, case=waiting, heard=False, due_on=day)
        assert how_many_wait_for_panel(officer) == {"all": 1, "late": 0, "week": 0}
        assert waiting_for_panel(officer).rows[0]["due_on"] == day


def test_a_stranger_says_nothing_for_the_panel(waiting: Any, cast: Any, as_client: Any) -> None:
    for who in (cast.practitioner, cast.other_family_worker):
        answer = as_client(who).post(reverse("record_panel", args=[waiting.reference]), {"heard": "no"})
        assert answer.status_code == 404
    with acting_as(cast.practitioner), pytest.raises(Refused):
        record_panel(by=cast.practitioner, case=waiting, heard=True, heard_on=clock.today(), words="x")
