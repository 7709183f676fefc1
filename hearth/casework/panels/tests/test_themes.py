"""A theme is brought to a panel: it names nobody, those who sit there decide about it, and the answer goes back."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.panels.actions import add_panel_member, end_panel_member
from hearth.casework.panels.after.actions import read_panel_answer, record_first_help
from hearth.casework.panels.items.actions import withdraw_from_panel
from hearth.casework.panels.items.themes.actions import bring_theme
from hearth.casework.panels.items.themes.rules import why_not_of_unmet_need
from hearth.casework.panels.meetings.actions import admit_to_item, send_panel_list, tell_of_item
from hearth.casework.panels.models import ListEntry, PanelItem, PanelMember
from hearth.casework.panels.running.actions import (
    approve_minutes,
    decide_panel_item,
    put_off_item,
    record_panel_attendance,
)
from hearth.casework.panels.tests.conftest import SEATS, set_up
from hearth.casework.panels.unmet.models import Theme
from hearth.casework.panels.unmet.themes.actions import answer_theme, start_theme
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message

SAID: dict[str, Any] = {
    "title": "Nobody runs a group for fathers", "ask": "gap", "themes": ["parenting"],
    "words": "Four fathers asked this autumn, and the nearest group is an hour away by bus.",
}  # fmt: skip
FACTS: dict[str, Any] = {"words": "The centre opens a group in May", "reasons": "Four fathers asked"}


def _bring(by: Any, meeting: Any, **told: Any) -> PanelItem:
    with acting_as(by):
        return bring_theme(by=by, meeting=meeting, **(SAID | told))


def _fresh(who: Any, item: Any) -> PanelItem:
    with acting_as(who):
        rows = PanelItem.objects.select_related("family", "case", "meeting__panel__area", "panel__area", "proposed_by")
        return rows.get(pk=item.pk)


@pytest.fixture
def theme(panel: Any, cast: Any, as_: Any) -> Any:
    """A theme of unmet need that the district's coordinator works."""
    by = cast.panel_coordinator
    with as_(by):
        return start_theme(
            by=by, area=panel.area, title="No group for fathers", priority="high", needs=["parenting"], analysis="Four asked."
        )  # fmt: skip


@pytest.fixture
def brought(meeting: Any, cast: Any) -> PanelItem:
    """The health visitor, who sits on the panel, brings a theme."""
    return _bring(cast.health_visitor, meeting)


@pytest.fixture
def heard(brought: PanelItem, cast: Any) -> Any:
    """Today is the meeting, and the list has gone out."""
    by, meeting = cast.panel_coordinator, brought.meeting
    with acting_as(by):
        send_panel_list(by=by, meeting=meeting)
        meeting.meets_on = clock.today()
        meeting.save(update_fields=["meets_on"])
        there = {getattr(cast, key): sector for key, place, _, sector in SEATS if place == "core"}
        record_panel_attendance(by=by, meeting=meeting, there=there)
    return _fresh(by, brought)


def _reads(who: Any, item: PanelItem) -> bool:
    with acting_as(who):
        both = {
            PanelItem.objects.filter(pk=item.pk).exists(),
            PanelItem.objects.visible_to(who).filter(pk=item.pk).exists(),
        }
        assert len(both) == 1, "visible_to and the row policy disagree"
        return both.pop()


def test_those_who_sit_there_read_it_and_nobody_else_does(brought: PanelItem, cast: Any) -> None:
    for key in ("health_visitor", "panel_chair", "panel_coordinator", "practitioner", "charity_worker"):
        assert _reads(getattr(cast, key), brought), key
    for key in ("other_practitioner", "family_worker", "provider", "other_manager", "administrator", "manager"):
        assert not _reads(getattr(cast, key), brought), key


@pytest.mark.parametrize("who", ["family_worker", "provider", "other_practitioner", "manager", "other_manager"])
def test_whoever_neither_sits_there_nor_works_its_themes_brings_none(
    who: str, meeting: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    by = getattr(cast, who)
    with pytest.raises(Refused, match="A theme is brought by who sits on Burnley panel"):
        _bring(by, meeting)
    assert as_client(by).get(reverse("bring_theme", args=[meeting.panel.reference])).status_code == 403
    with as_(by), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        PanelItem(
            reference="PI-4F7K3QX", panel=meeting.panel, meeting=meeting, number=9, ask="gap", themes=["housing"],
            title="Mine", words="Mine", proposed_by=by,
        ).save(force_insert=True)  # fmt: skip


def test_a_member_whose_place_ended_and_one_of_another_panel_bring_none_and_read_none(
    brought: PanelItem, meeting: Any, area: Any, cast: Any, as_: Any
) -> None:
    by = cast.panel_coordinator
    with as_(by):
        seats = PanelMember.objects.select_related("panel__area", "user", "deputy")
        end_panel_member(by=by, member=seats.get(panel=meeting.panel, user=cast.charity_worker))
    other = set_up(cast, area, "Another panel")
    with as_(cast.development_officer):
        add_panel_member(
            by=cast.development_officer, panel=other, user=cast.police_officer, place="core", sector="health"
        )
        seat = PanelMember.objects.select_related("panel__area", "user", "deputy")
        end_panel_member(by=cast.development_officer, member=seat.get(panel=meeting.panel, user=cast.police_officer))
    for who in (cast.charity_worker, cast.police_officer):
        assert not _reads(who, brought)
        with pytest.raises(Refused, match="A theme is brought by"):
            _bring(who, meeting, title="Another")


def test_whoever_works_themes_of_the_district_brings_one_though_they_sit_nowhere(
    meeting: Any, cast: Any, as_client: Any
) -> None:
    by = cast.development_officer
    item = _bring(by, meeting)
    assert item.family_id is None and item.number == 1
    assert as_client(by).get(reverse("panel_item", args=[item.reference])).status_code == 200


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"title": "  "}, "in a line what the theme is"),
        ({"ask": "lead_practitioner"}, "what you ask the panel for"),
        ({"ask": "resource"}, "what you ask the panel for"),
        ({"themes": []}, "what it is about"),
        ({"words": " "}, "what has happened"),
        ({"words": "As FA-4F7K2QX shows, it is missing"}, "a reference of a record"),
        ({"title": "Nothing for Kelly Ashworth"}, "“Kelly Ashworth” stands in the words"),
    ],
)
def test_it_says_what_it_must_and_names_nobody(
    told: dict[str, Any], sentence: str, case: Any, meeting: Any, cast: Any
) -> None:
    with pytest.raises(Refused, match=sentence):
        _bring(cast.development_officer, meeting, **told)


def test_what_makes_no_sense_without_a_family_is_neither_offered_nor_decided(
    heard: PanelItem, cast: Any, as_: Any, as_client: Any
) -> None:
    by = cast.panel_coordinator
    page = as_client(by).get(reverse("decide_panel_item", args=[heard.reference])).content.decode()
    for kind in ("joint_working", "resource", "training", "advice", "escalate"):
        assert f'value="{kind}"' in page, kind
    for kind in ("lead_practitioner", "spot_purchase", "step_up", "could_not_be_offered"):
        assert f'value="{kind}"' not in page, kind
        with as_(by), pytest.raises(Refused, match="That is decided about a family"):
            decide_panel_item(by=by, item=heard, kind=kind, **FACTS)


def test_it_goes_out_with_the_list_and_members_are_asked_nothing_about_it(
    brought: PanelItem, cast: Any, as_: Any, as_client: Any
) -> None:
    by = cast.panel_coordinator
    with as_(by):
        tell_of_item(by=by, item=brought, user=cast.other_practitioner)
        send_panel_list(by=by, meeting=brought.meeting)
        entry = ListEntry.objects.select_related("item", "meeting__panel", "user__organisation").get(
            item=brought, user=cast.other_practitioner
        )
        assert entry.title == SAID["title"]
        with pytest.raises(Refused, match="has nothing to open"):
            admit_to_item(by=by, entry=entry)
        assert not ListEntry.objects.filter(item=brought, opened_at__isnull=False).exists()
    where = reverse("panel_meeting", args=[brought.meeting.reference])
    told = as_client(cast.other_practitioner).get(where).content.decode()
    assert SAID["title"] in told and SAID["words"] not in told
    member = as_client(cast.charity_worker)
    page = member.get(where).content.decode()
    assert SAID["title"] in page and "Say what you know" not in page
    assert SAID["words"] in member.get(reverse("panel_item", args=[brought.reference])).content.decode()
    assert member.get(reverse("answer_panel_check", args=[brought.reference])).status_code == 403
    prepared = as_client(by).get(where).content.decode()
    assert "A theme: nobody is asked" in prepared


def test_it_is_decided_in_the_meeting_and_the_answer_goes_back_to_whoever_brought_it(
    heard: PanelItem, cast: Any, as_: Any, as_client: Any
) -> None:
    chair, by = as_client(cast.panel_chair), cast.health_visitor
    screen = reverse("run_panel_meeting", args=[heard.meeting.reference])
    wall = reverse("project_panel_meeting", args=[heard.meeting.reference])
    for page in (screen, wall):
        assert SAID["title"] in chair.get(page).content.decode()
    sent = {"kind": "joint_working", "acts": "yes", "what": "Ask the centre", "owner": cast.practitioner.reference,
            "due_on": clock.today().isoformat(), **FACTS}  # fmt: skip
    assert chair.post(reverse("decide_panel_item", args=[heard.reference]), sent).status_code == 302
    assert FACTS["words"] in chair.get(reverse("panel_minutes", args=[heard.meeting.reference])).content.decode()
    with as_(cast.panel_chair):
        approve_minutes(by=cast.panel_chair, meeting=_fresh(cast.panel_chair, heard).meeting)
        sent_to = {(row.template, row.to_user_id) for row in Message.objects.filter(made_by_id=cast.panel_chair.id)}
    assert {("panel_answer", by.id), ("panel_action", cast.practitioner.id)} <= sent_to
    client = as_client(by)
    assert f"A panel answered: {SAID['title']}" in client.get("/").content.decode()
    item = client.get(reverse("panel_item", args=[heard.reference])).content.decode()
    assert FACTS["words"] in item and "I have read the answer" in item and "Say when help began" not in item
    with as_(by):
        found = _fresh(by, heard)
        with pytest.raises(Refused, match="no help that could begin"):
            record_first_help(by=by, item=found, first_help_on=clock.today())
    with as_(cast.charity_worker), pytest.raises(Refused, match="whoever brought it"):
        read_panel_answer(by=cast.charity_worker, item=found)
    assert client.post(reverse("read_panel_answer", args=[heard.reference])).status_code == 302
    assert "A panel answered" not in client.get("/").content.decode()


def test_it_is_put_off_and_taken_back_as_a_family_is(heard: PanelItem, cast: Any, as_: Any) -> None:
    by = cast.panel_coordinator
    with as_(by):
        later = type(heard.meeting).objects.filter(panel=heard.panel, meets_on__gt=clock.today()).earliest("meets_on")
        assert put_off_item(by=by, item=heard, to=later).meeting == later
    with as_(cast.health_visitor):
        withdraw_from_panel(by=cast.health_visitor, item=_fresh(cast.health_visitor, heard), why="It is there now")
    assert _fresh(by, heard).status == "withdrawn"


def test_a_theme_of_unmet_need_is_brought_from_its_page_and_shows_there_what_became_of_it(
    meeting: Any, theme: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    by = cast.panel_coordinator
    client, here = as_client(by), reverse("unmet_theme", args=[theme.reference])
    start = reverse("bring_theme", args=[meeting.panel.reference])
    assert f"{start}?theme={theme.reference}" in client.get(here).content.decode()
    page = client.get(f"{start}?theme={theme.reference}").content.decode()
    assert "No group for fathers" in page and "Four asked." in page
    sent = SAID | {"meeting": meeting.reference, "theme": theme.reference}
    wrong = client.post(start, sent | {"words": ""})
    assert wrong.status_code == 422 and SAID["title"] in wrong.content.decode()
    done = client.post(start, sent)
    assert done.status_code == 302
    assert "No group for fathers, Burnley" in client.get(done["Location"]).content.decode()
    assert "Burnley panel" in client.get(here).content.decode()
    with pytest.raises(Refused, match="on a list of Burnley panel already"):
        _bring(by, meeting, theme=theme)
    # Whoever works it in the district reads what was brought, though they sit nowhere; a board member does not.
    with as_(by):
        item = PanelItem.objects.get(theme=theme)
    assert _reads(cast.development_officer, item)
    assert not _reads(cast.board_member, item) and not _reads(cast.other_manager, item)


def test_a_theme_that_has_its_answer_or_is_of_another_district_is_not_brought(
    meeting: Any, theme: Any, other_area: Any, cast: Any, as_: Any
) -> None:
    by = cast.panel_coordinator
    with as_(by):
        answer_theme(by=by, theme=theme, answer="It opens in May")
    with pytest.raises(Refused, match="has its answer"):
        _bring(by, meeting, theme=theme)
    refusal = why_not_of_unmet_need(meeting.panel, Theme(title="Elsewhere", area=other_area))
    assert refusal is not None and "is a theme of Chorley" in refusal.sentence


def test_its_pages_ask_the_same_number_of_queries_however_many_there_are(
    brought: PanelItem, theme: Any, meeting: Any, cast: Any, as_client: Any
) -> None:
    _bring(cast.panel_coordinator, meeting, theme=theme)
    client = as_client(cast.panel_coordinator)
    pages = [
        reverse("panel_meeting", args=[meeting.reference]), reverse("unmet_theme", args=[theme.reference]),
        reverse("bring_theme", args=[meeting.panel.reference]), "/",
    ]  # fmt: skip
    before = [_count(client, page) for page in pages]
    for number in range(3):
        _bring(cast.health_visitor, meeting, title=f"Another theme {number}")
        _bring(cast.panel_coordinator, meeting, title=f"One more {number}")
    assert [_count(client, page) for page in pages] == before


def _count(client: Any, page: str) -> int:
    assert client.get(page).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        client.get(page)
    return len(seen)
