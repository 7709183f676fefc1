"""In the meeting: who is there, decisions as facts with a quorum, minutes that write themselves, and a view that names nobody."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.cases.actions import open_case
from hearth.casework.cases.models import DueItem
from hearth.casework.panels.models import PanelAction, PanelAttendance, PanelDecision, PanelItem, PanelMeeting
from hearth.casework.panels.running.actions import (
    add_panel_action,
    approve_minutes,
    decide_panel_item,
    declare_interest,
    finish_panel_action,
    put_off_item,
    record_panel_attendance,
    take_back_decision,
)
from hearth.casework.panels.tests.conftest import MISSED
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message
from hearth.records.people.actions import open_family
from hearth.records.people.models import Access, Person
from hearth.records.people.restrictions.actions import place_restriction

SAID: dict[str, Any] = {"words": "A place in the breakfast club from Monday", "reasons": "It gets him to school"}


def _decide(cast: Any, item: Any, kind: str = "joint_working", key: str = "panel_coordinator", **told: Any) -> Any:
    by = getattr(cast, key)
    with acting_as(by):
        item = PanelItem.objects.select_related("family", "meeting__panel__area", "panel").get(pk=item.pk)
        return decide_panel_item(by=by, item=item, kind=kind, **(SAID | told))


def _fresh(cast: Any, item: Any) -> PanelItem:
    with acting_as(cast.panel_coordinator):
        return PanelItem.objects.select_related("family", "meeting__panel__area", "panel").get(pk=item.pk)


def test_a_decision_is_kept_as_facts_and_the_item_is_heard(
    sitting: Any, listed: Any, case: Any, cast: Any, as_: Any
) -> None:
    due = clock.today() + dt.timedelta(days=7)
    decision = _decide(
        cast, listed, "spot_purchase", cost=Decimal("85.50"), budget="Pump priming", what="Buy the uniform",
        owner=cast.health_visitor, due_on=due,
    )  # fmt: skip
    assert (decision.cost, decision.budget, decision.themes) == (Decimal("85.50"), "Pump priming", listed.themes)
    with as_(cast.family_worker):
        assert PanelItem.objects.get(pk=listed.pk).status == "heard"
        assert not DueItem.objects.filter(case=case, kind="panel", done_at=None).exists()
        (act,) = PanelAction.objects.filter(item=listed)
        assert (act.what, act.owner, act.due_on) == ("Buy the uniform", cast.health_visitor, due)


@pytest.mark.parametrize(
    ("kind", "told", "sentence"),
    [
        ("resource", {}, "what it costs"),
        ("spot_purchase", {"cost": Decimal(10)}, "which budget pays"),
        ("resource", {"cost": Decimal(-1), "budget": "Ours"}, "in pounds"),
        ("lead_practitioner", {}, "Name the lead practitioner"),
        ("adjourned", {}, "Choose what was decided"),
        ("training", {"reasons": " "}, "and why"),
    ],
)
def test_a_decision_says_what_its_kind_needs(
    kind: str, told: dict[str, Any], sentence: str, sitting: Any, listed: Any, cast: Any
) -> None:
    with pytest.raises(Refused, match=sentence):
        _decide(cast, listed, kind, **told)


def test_what_could_not_be_offered_is_a_decision_with_its_themes(sitting: Any, listed: Any, cast: Any) -> None:
    decision = _decide(
        cast, listed, "could_not_be_offered", words="Nobody has a place for a father's group", missed=MISSED
    )
    assert decision.themes == ["attendance", "parenting"]


def test_without_a_quorum_it_gives_advice_and_decides_nothing(sitting: Any, listed: Any, cast: Any, as_: Any) -> None:
    by = cast.panel_chair
    with as_(by):
        record_panel_attendance(by=by, meeting=_fresh(cast, listed).meeting, there={cast.panel_chair: "early_years"})
        assert PanelAttendance.objects.filter(was_there=False).count() == 5
    with pytest.raises(Refused, match="stand for 1 sector, and the panel decides with 5"):
        _decide(cast, listed)
    assert _decide(cast, listed, "advice").kind == "advice"


def test_nothing_is_written_before_its_day_and_only_by_those_who_run_it(listed: Any, cast: Any, as_: Any) -> None:
    if listed.meeting.meets_on > clock.today():
        with pytest.raises(Refused, match="What it decides is written then"):
            _decide(cast, listed)
    with clock.frozen(listed.meeting.meets_on):
        for key in ("health_visitor", "family_worker"):
            with pytest.raises(Refused, match="Only the chair and the coordinator"):
                _decide(cast, listed, key=key)
    with as_(cast.health_visitor), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        PanelDecision(
            item=listed,
            meeting=listed.meeting,
            kind="advice",
            words="Mine",
            reasons="Mine",
            recorded_by=cast.health_visitor,
        ).save(force_insert=True)


def test_whoever_left_the_room_does_not_write_it_down(sitting: Any, listed: Any, cast: Any, as_: Any) -> None:
    by, item = cast.panel_coordinator, _fresh(cast, listed)
    with as_(by):
        declare_interest(by=by, item=item, user=cast.panel_chair, words="Her neighbour", leaves=True)
        with pytest.raises(Refused, match="neither sits on the panel nor is here"):
            declare_interest(by=by, item=item, user=cast.commissioner, words="Knows them", leaves=False)
    with pytest.raises(Refused, match="You left the room"):
        _decide(cast, listed, key="panel_chair")
    _decide(cast, listed)


def test_taking_back_the_only_decision_lets_the_item_wait_again(
    sitting: Any, listed: Any, case: Any, cast: Any, as_: Any
) -> None:
    by, decision = cast.panel_coordinator, _decide(cast, listed)
    with as_(by):
        take_back_decision(by=by, decision=decision, why="Of another family")
        with pytest.raises(Refused, match="taken back already"):
            take_back_decision(by=by, decision=decision, why="Of another family")
        assert PanelItem.objects.get(pk=listed.pk).status == "proposed"
        assert DueItem.objects.filter(case=case, kind="panel", done_at=None).exists()
        assert PanelDecision.objects.filter(item=listed).count() == 1


def test_putting_it_off_closes_it_to_members_until_the_next_list(
    sitting: Any, listed: Any, plan: Any, cast: Any, as_: Any
) -> None:
    by, item = cast.panel_coordinator, _fresh(cast, listed)
    with as_(by):
        later = PanelMeeting.objects.filter(panel=item.panel, meets_on__gt=item.meeting.meets_on).earliest("meets_on")
        with pytest.raises(Refused, match="later meeting"):
            put_off_item(by=by, item=item, to=item.meeting)
        moved = put_off_item(by=by, item=item, to=later)
        assert (moved.meeting, moved.listed_at) == (later, None)
        rows = Access.objects.filter(basis=item.id, ended_at=None)
        assert {row.user_id for row in rows} == {cast.panel_chair.id, cast.panel_coordinator.id}
    with as_(cast.health_visitor):
        assert not PanelItem.objects.filter(pk=item.pk).exists()


def test_the_chair_approves_once_all_is_heard_and_each_is_told_what_is_theirs(
    sitting: Any, listed: Any, cast: Any, as_: Any
) -> None:
    chair, meeting = cast.panel_chair, _fresh(cast, listed).meeting
    with as_(chair), pytest.raises(Refused, match="1 item of the list was neither heard nor put off"):
        approve_minutes(by=chair, meeting=meeting)
    _decide(cast, listed, what="Ring the school", owner=cast.practitioner, due_on=clock.today())
    with as_(cast.panel_coordinator), pytest.raises(Refused, match="The chair approves"):
        approve_minutes(by=cast.panel_coordinator, meeting=meeting)
    with as_(chair):
        approve_minutes(by=chair, meeting=meeting)
        sent = {(row.template, row.to_user_id) for row in Message.objects.filter(made_by_id=chair.id)}
        assert {("panel_action", cast.practitioner.id), ("panel_answer", cast.family_worker.id)} <= sent
        with pytest.raises(Refused, match="stay as they are"):
            approve_minutes(by=chair, meeting=meeting)
    with pytest.raises(Refused, match="stay as they are"):
        _decide(cast, listed)


def test_an_action_is_its_owners_until_it_is_done_though_the_item_is_closed_to_them(
    sitting: Any, listed: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    owner = cast.practitioner  # the school's agreement does not reach the item
    by, item = cast.panel_coordinator, _fresh(cast, listed)
    with as_(by):
        act = add_panel_action(by=by, item=item, what="Ring home", owner=owner, due_on=clock.today())
    with as_(owner):
        assert PanelAction.objects.filter(pk=act.pk).exists()
        assert PanelAction.objects.visible_to(owner).filter(pk=act.pk).exists()
        assert not PanelItem.objects.filter(pk=item.pk).exists()
    with as_(cast.police_officer):
        assert not PanelAction.objects.exists()
        assert not PanelAction.objects.visible_to(cast.police_officer).exists()
    client = as_client(owner)
    page = client.get(reverse("panel_actions")).content.decode()
    assert "Ring home" in page and "The item is closed to you now" in page and "Ashworth" not in page
    here = reverse("finish_panel_action", args=[act.reference])
    assert as_client(cast.police_officer).get(here).status_code == 404
    assert client.post(here, {"done_words": ""}).status_code == 422
    assert client.post(here, {"done_words": "They answered"}).status_code == 302
    assert "No panel waits for you" in client.get(reverse("panel_actions")).content.decode()
    with as_(by):
        assert PanelAction.objects.get(pk=act.pk).done_words == "They answered"
    with as_(by), pytest.raises(Refused, match="done already"):
        finish_panel_action(
            by=by, act=PanelAction.objects.select_related("meeting__panel").get(pk=act.pk), done_words="x"
        )


def test_a_restriction_placed_afterwards_reaches_into_what_was_decided(
    sitting: Any, listed: Any, case: Any, cast: Any, as_: Any
) -> None:
    decision = _decide(
        cast, listed, words="A mentor for Mia", what="Meet Mia", owner=cast.practitioner, due_on=clock.today()
    )
    with as_(cast.family_worker):
        mia = Person.objects.get(given_name="Mia", memberships__family=case.family)
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=mia.reference, reason="Adopted")
    for key in ("panel_chair", "practitioner"):
        who = getattr(cast, key)
        with as_(who):
            assert not PanelDecision.objects.filter(pk=decision.pk).exists(), key
            assert not PanelDecision.objects.visible_to(who).filter(pk=decision.pk).exists(), key
            assert not PanelAction.objects.exists() and not PanelAction.objects.visible_to(who).exists(), key


def test_a_meeting_is_run_on_its_pages_and_its_minutes_write_themselves(
    sitting: Any, listed: Any, cast: Any, as_client: Any
) -> None:
    client, meeting = as_client(cast.panel_chair), listed.meeting
    screen = client.get(reverse("run_panel_meeting", args=[meeting.reference])).content.decode()
    assert "Ashworth" in screen and "Quorum" in screen and listed.words in screen and "Who works with them" in screen
    wall = client.get(reverse("project_panel_meeting", args=[meeting.reference])).content.decode()
    assert "School attendance" in wall and "5 to 10" in wall
    for name in ("Ashworth", "Kelly", "Jake", "Mia", listed.reference):
        assert name not in wall, name
    sent = {"kind": "lead_practitioner", "lead": cast.health_visitor.reference, "acts": "yes", "what": "Visit on Monday",
            "owner": cast.health_visitor.reference, "due_on": clock.today().isoformat(), **SAID}  # fmt: skip
    decide = reverse("decide_panel_item", args=[listed.reference])
    wrong = client.post(decide, sent | {"lead": ""})
    assert wrong.status_code == 422 and SAID["words"] in wrong.content.decode()
    assert client.post(decide, sent).status_code == 302
    minutes = client.get(reverse("panel_minutes", args=[meeting.reference])).content.decode()
    for words in ("Grace Okafor", "Visit on Monday", SAID["reasons"], "for health", "Approve the minutes"):
        assert words in minutes, words
    assert client.post(reverse("approve_minutes", args=[meeting.reference])).status_code == 302
    assert "They stay as they are" in client.get(reverse("panel_minutes", args=[meeting.reference])).content.decode()
    answer = as_client(cast.family_worker).get(reverse("panel_item", args=[listed.reference])).content.decode()
    assert "What the panel decided" in answer and "Grace Okafor" in answer
    for key, status in (("police_officer", 200), ("other_practitioner", 404)):
        page = as_client(getattr(cast, key)).get(reverse("panel_minutes", args=[meeting.reference]))
        assert page.status_code == status and "Ashworth" not in page.content.decode(), key
        assert as_client(getattr(cast, key)).get(
            reverse("run_panel_meeting", args=[meeting.reference])
        ).status_code in (403, 404)
        wall = as_client(getattr(cast, key)).get(reverse("project_panel_meeting", args=[meeting.reference]))
        assert wall.status_code in (403, 404)


def test_who_is_here_an_interest_and_putting_off_have_pages(
    sitting: Any, listed: Any, cast: Any, as_client: Any
) -> None:
    client, meeting = as_client(cast.panel_coordinator), listed.meeting
    there = reverse("record_panel_attendance", args=[meeting.reference])
    assert client.post(there, {"there": [cast.panel_chair.reference]}).status_code == 302
    assert "No quorum" in client.get(reverse("run_panel_meeting", args=[meeting.reference])).content.decode()
    interest = {"user": cast.panel_chair.reference, "words": "Her neighbour", "leaves": "yes"}
    assert client.post(reverse("declare_interest", args=[listed.reference]), interest).status_code == 302
    assert "who leaves the room" in client.get(reverse("run_panel_meeting", args=[meeting.reference])).content.decode()
    act = {"what": "Ring home", "owner": cast.panel_chair.reference, "due_on": clock.today().isoformat()}
    assert client.post(reverse("add_panel_action", args=[listed.reference]), act).status_code == 302
    put_off = reverse("put_off_item", args=[listed.reference])
    page = client.get(put_off).content.decode()
    to = page.split('name="to"')[1].split('value="')[1].split('"')[0]
    assert client.post(put_off, {"to": to}).status_code == 302
    assert (
        "Nothing is on the list" in client.get(reverse("run_panel_meeting", args=[meeting.reference])).content.decode()
    )


def test_the_screen_and_the_minutes_ask_the_same_number_of_queries_however_long_the_list_is(
    sitting: Any, listed: Any, cast: Any, as_: Any, as_client: Any, propose: Any
) -> None:
    client, by, meeting = as_client(cast.panel_chair), cast.family_worker, listed.meeting
    pages = [reverse(name, args=[meeting.reference]) + "?item=1" for name in ("run_panel_meeting", "panel_minutes")]
    _decide(cast, listed, what="Ring home", owner=cast.panel_chair, due_on=clock.today())
    before = [_count(client, page) for page in pages]
    for number in range(3):
        with as_(by):
            another = open_case(
                by=by, family=open_family(by=by, name=f"Late {number}", area=listed.panel.area), lead=by
            )
        late = propose(another, meeting)
        _decide(cast, late, what="Ring home", owner=cast.panel_chair, due_on=clock.today())
    assert [_count(client, page) for page in pages] == before


def _count(client: Any, page: str) -> int:
    assert client.get(page).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        client.get(page)
    return len(seen)
