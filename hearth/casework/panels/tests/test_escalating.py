"""A panel decides to escalate a theme of unmet need: it goes up with the decision where the writer may, and else whoever may is told."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.panels.items.themes.actions import bring_theme
from hearth.casework.panels.meetings.actions import send_panel_list
from hearth.casework.panels.models import PanelDecision, PanelItem, PanelMeeting
from hearth.casework.panels.running.actions import decide_panel_item, record_panel_attendance, take_back_decision
from hearth.casework.panels.tests.conftest import SEATS
from hearth.casework.panels.unmet.models import Theme, ThemeAction, ThemeMove
from hearth.casework.panels.unmet.tests.conftest import tried
from hearth.casework.panels.unmet.themes.actions import answer_theme, resume_theme, start_theme
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message

SAID: dict[str, Any] = {
    "kind": "escalate", "words": "Ask who pays for a group of fathers", "reasons": "No budget here reaches so far",
}  # fmt: skip
TITLE = "No group for fathers"
TO_DO = f"A panel decided to escalate a theme: {TITLE}"


@pytest.fixture
def theme(panel: Any, cast: Any) -> Any:
    """A theme of unmet need that the district's coordinator works."""
    by = cast.panel_coordinator
    with acting_as(by):
        found = start_theme(
            by=by, area=panel.area, title=TITLE, priority="high", needs=["parenting"], analysis="Four asked."
        )
    return tried(by, found, acting_as)


@pytest.fixture
def heard(meeting: Any, theme: Any, cast: Any) -> Any:
    """It was brought, and today is the meeting."""
    by = cast.panel_coordinator
    with acting_as(by):
        item = bring_theme(
            by=by, meeting=meeting, title=TITLE, ask="gap", themes=["parenting"], words="Four asked.", theme=theme
        )
        send_panel_list(by=by, meeting=meeting)
        meeting.meets_on = clock.today()
        meeting.save(update_fields=["meets_on"])
        there = {getattr(cast, key): sector for key, place, _, sector in SEATS if place == "core"}
        record_panel_attendance(by=by, meeting=meeting, there=there)
    return item


def _decide(by: Any, item: Any, **told: Any) -> PanelDecision:
    with acting_as(by):
        rows = PanelItem.objects.select_related("family", "case", "meeting__panel__area", "panel__area", "proposed_by")
        return decide_panel_item(by=by, item=rows.get(pk=item.pk), **(SAID | told))


def _theme(by: Any) -> Theme:
    with acting_as(by):
        return Theme.objects.select_related("area").get(title=TITLE)


def test_the_coordinator_who_works_its_themes_escalates_it_with_the_decision(
    heard: Any, cast: Any, as_client: Any
) -> None:
    by, first = cast.panel_coordinator, pack().unmet.ladder[0]
    client, here = as_client(by), reverse("decide_panel_item", args=[heard.reference])
    assert f"The theme is escalated at once: {first.label} is asked" in client.get(here).content.decode()
    done = client.post(here, SAID | {"acts": "no"}, follow=True).content.decode()
    assert f"It is decided, and the theme is escalated. {first.label} is asked" in done
    found = _theme(by)
    assert (found.state, found.level) == ("escalated", first.code)
    with acting_as(by):
        move = ThemeMove.objects.get(theme=found, kind="escalated")
        told = Message.objects.filter(template="unmet_escalated", made_by_id=by.id)
        assert told.exists() and SAID["words"] in move.words and SAID["reasons"] in move.words
    page = client.get(reverse("panel_item", args=[heard.reference])).content.decode()
    assert f"{first.label} is asked, and answers by" in page
    assert TO_DO not in client.get("/").content.decode()


def test_the_chair_who_works_no_themes_decides_and_whoever_does_finds_it_on_their_first_page(
    heard: Any, cast: Any, as_client: Any
) -> None:
    chair = as_client(cast.panel_chair)
    here = reverse("decide_panel_item", args=[heard.reference])
    assert "Whoever works the themes of Burnley escalates it then" in chair.get(here).content.decode()
    assert chair.post(here, SAID | {"acts": "no"}).status_code == 302
    assert _theme(cast.panel_coordinator).state == "working"
    told = chair.get(reverse("panel_item", args=[heard.reference])).content.decode()
    assert "Ask the coordinator" in told and "Escalate it" not in told
    for key in ("panel_coordinator", "development_officer"):
        client = as_client(getattr(cast, key))
        assert TO_DO in client.get("/").content.decode(), key
        item = client.get(reverse("panel_item", args=[heard.reference])).content.decode()
        up = reverse("escalate_theme", args=[_theme(cast.panel_coordinator).reference])
        assert "It is not escalated yet" in item and up in item, key
        page = client.get(reverse("unmet_theme", args=[_theme(cast.panel_coordinator).reference])).content.decode()
        assert "that it is escalated, and nobody has done it yet" in page, key
    for key in (
        "family_worker",
        "other_manager",
        "provider",
        "board_member",
        "panel_chair",
        "senior_development_officer",
    ):
        assert (TO_DO in as_client(getattr(cast, key)).get("/").content.decode()) is (
            key == "senior_development_officer"
        ), key


def test_what_goes_to_another_level_names_nobody(heard: Any, family: Any, cast: Any) -> None:
    with pytest.raises(Refused, match="a number such as an NHS number"):
        _decide(cast.panel_coordinator, heard, words="Ask about 999 123 4567")
    assert _theme(cast.panel_coordinator).state == "working"
    with acting_as(cast.panel_coordinator):
        assert not PanelDecision.objects.exists()


def test_a_theme_that_is_with_a_level_goes_no_further_by_itself_and_its_answer_comes_back(
    heard: Any, cast: Any, as_client: Any
) -> None:
    by, level = cast.panel_coordinator, pack().unmet.ladder[0].code
    _decide(by, heard)
    _decide(by, heard, words="Once more")
    assert _theme(by).level == level
    page = reverse("panel_item", args=[heard.reference])
    with acting_as(cast.board_member):
        answer_theme(by=cast.board_member, theme=_theme(cast.board_member), answer="The board pays from April")
    told = as_client(by).get(page).content.decode()
    assert "It was answered on" in told and "The board pays from April" in told


def test_it_waits_no_more_once_it_is_worked_on_again_or_taken_back(heard: Any, cast: Any, as_client: Any) -> None:
    by, client = cast.panel_coordinator, as_client(cast.panel_coordinator)
    decision = _decide(cast.panel_chair, heard)
    assert TO_DO in client.get("/").content.decode()
    with acting_as(by):
        answer_theme(by=by, theme=_theme(by), answer="A church hall is free")
        resume_theme(by=by, theme=_theme(by), words="It is not free after all")
    assert TO_DO not in client.get("/").content.decode()
    decision = _decide(cast.panel_chair, heard)
    assert TO_DO in client.get("/").content.decode()
    with acting_as(by):
        rows = PanelDecision.objects.select_related("item__meeting__panel__area", "item__family", "item__theme")
        take_back_decision(by=by, decision=rows.get(pk=decision.pk), why="Not yet")
    assert TO_DO not in client.get("/").content.decode()


def test_the_first_page_asks_the_same_number_of_queries_whatever_was_decided(
    heard: Any, cast: Any, as_client: Any
) -> None:
    client = as_client(cast.panel_coordinator)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/").status_code == 200
        return len(seen)

    cost()
    before = cost()
    _decide(cast.panel_chair, heard)
    assert cost() == before


def test_a_theme_whose_plan_says_not_what_was_tried_waits_for_that(heard: Any, cast: Any, as_client: Any) -> None:
    by, client = cast.panel_coordinator, as_client(cast.panel_coordinator)
    with acting_as(by):
        ThemeAction.objects.update(progress="")
    here, says = (
        reverse("decide_panel_item", args=[heard.reference]),
        "in the action plan what was tried and how it went",
    )
    assert says in client.get(here).content.decode()
    assert client.post(here, SAID | {"acts": "no"}).status_code == 302
    assert _theme(by).state == "working"
    item = client.get(reverse("panel_item", args=[heard.reference])).content.decode()
    assert says in item and reverse("escalate_theme", args=[_theme(by).reference]) not in item
    assert TO_DO in client.get("/").content.decode(), "and it is not forgotten"


def test_the_screen_asks_the_same_number_of_queries_however_many_themes_were_to_be_escalated(
    heard: Any, cast: Any, area: Any, as_client: Any
) -> None:
    by = cast.panel_coordinator
    client, here = as_client(by), reverse("panel_minutes", args=[heard.meeting.reference])
    _decide(cast.panel_chair, heard)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(here).status_code == 200
        return len(seen)

    cost()
    before = cost()
    for number in range(3):
        with acting_as(by):
            more = start_theme(
                by=by, area=area, title=f"Theme {number}", priority="low", needs=["housing"], analysis="Some."
            )
            rows = PanelMeeting.objects.select_related("panel__area")
            item = bring_theme(
                by=by,
                meeting=rows.get(pk=heard.meeting_id),
                title=more.title,
                ask="gap",
                themes=["other"],
                words="Some.",
                theme=more,
            )
        _decide(cast.panel_chair, item)
    assert cost() == before
