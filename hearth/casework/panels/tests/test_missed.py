"""What a panel could not offer is written down as an unmet need, once; its answer comes back to the panel and to the worker."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.panels.actions import end_panel_member
from hearth.casework.panels.models import PanelDecision, PanelItem, PanelMember
from hearth.casework.panels.running.actions import (
    approve_minutes,
    decide_panel_item,
    take_back_decision,
)
from hearth.casework.panels.running.consequences import Missed
from hearth.casework.panels.tests.conftest import MISSED
from hearth.casework.panels.unmet.actions import read_unmet_answer, record_unmet_need, withdraw_unmet_need
from hearth.casework.panels.unmet.models import UnmetNeed, UnmetWords
from hearth.casework.panels.unmet.themes.actions import answer_theme, start_theme
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message
from hearth.foundation.ui.filters import day
from hearth.records.people.models import Access
from hearth.records.people.restrictions.actions import place_restriction

SAID = {"kind": "could_not_be_offered", "words": "A befriender for her", "reasons": "Nobody has one free"}
TYPED = {**SAID, **vars(MISSED), "acts": "no"}
ANSWER = "The board pays for twelve volunteers from April."


def _item(who: Any, item: Any) -> PanelItem:
    with acting_as(who):
        rows = PanelItem.objects.select_related("family", "case__area", "meeting__panel__area", "panel", "proposed_by")
        return rows.get(pk=item.pk)


def _decide(by: Any, item: Any, missed: Missed | None = MISSED) -> PanelDecision:
    with acting_as(by):
        return decide_panel_item(by=by, item=_item(by, item), missed=missed, **SAID)


@pytest.fixture(params=["panel_chair", "panel_coordinator"])
def runner(request: Any, cast: Any) -> Any:
    """Whoever may write it down: the chair, and the coordinator."""
    return getattr(cast, request.param)


def _of(who: Any) -> list[UnmetNeed]:
    with acting_as(who):
        rows = UnmetNeed.objects.filter(withdrawn_at=None)
        assert set(rows) == set(UnmetNeed.objects.visible_to(who).filter(withdrawn_at=None))
        return list(rows)


def test_chair_and_coordinator_write_it_down_with_the_decision(
    sitting: Any, listed: Any, case: Any, runner: Any, cast: Any, as_: Any
) -> None:
    decision = _decide(runner, listed)
    (need,) = _of(cast.family_worker)
    assert decision.unmet_need == need
    assert (need.source, need.case_id, need.family_id, need.area_id) == ("panel", case.id, case.family_id, case.area_id)
    assert (need.need, need.age_band, need.reason, need.wait) == ("mentoring", "adult", "no_service", "no_wait")
    assert (need.recorded_by_id, need.met_by_id) == (runner.id, cast.family_worker.id)
    with as_(cast.family_worker):
        assert UnmetWords.objects.get(need=need).instead == MISSED.instead


def test_they_are_able_to_though_what_lets_them_read_the_family_leaves_out_its_plan(
    sitting: Any, listed: Any, cast: Any, as_: Any
) -> None:
    by = cast.panel_chair
    with as_(cast.panel_coordinator):
        Access.objects.filter(basis=listed.id, user=by).update(categories=["basic", "assessment"])
    _decide(by, listed)
    assert len(_of(by)) == 1


@pytest.mark.parametrize(
    ("missed", "sentence"),
    [
        (None, "Choose what was needed"),
        (Missed(**(vars(MISSED) | {"reason": ""})), "why it could not be offered"),
        (Missed(**(vars(MISSED) | {"instead": " "})), "what was done instead"),
    ],
)
def test_it_says_what_an_unmet_need_says_or_nothing_is_decided(
    missed: Any, sentence: str, sitting: Any, listed: Any, cast: Any, as_: Any
) -> None:
    with pytest.raises(Refused, match=sentence):
        _decide(cast.panel_coordinator, listed, missed)
    with as_(cast.panel_coordinator):
        assert not PanelDecision.objects.exists() and not UnmetNeed.objects.exists()


def test_nothing_is_written_twice_when_the_decision_is_changed(sitting: Any, listed: Any, cast: Any, as_: Any) -> None:
    """The chair takes back what the coordinator wrote, and writes it anew: one need stands."""
    first = _decide(cast.panel_coordinator, listed)
    with pytest.raises(Refused, match="written down already"):
        _decide(cast.panel_chair, listed)
    with as_(cast.panel_chair):
        decision = PanelDecision.objects.select_related("item__meeting__panel__area", "item__family").get(pk=first.pk)
        decision.item = _item(cast.panel_chair, listed)
        take_back_decision(by=cast.panel_chair, decision=decision, why="The wrong age")
    assert _of(cast.family_worker) == []
    second = _decide(cast.panel_chair, listed, Missed(**(vars(MISSED) | {"age_band": "16_to_25"})))
    assert [need.pk for need in _of(cast.family_worker)] == [second.unmet_need_id]
    with as_(cast.family_worker):
        assert UnmetNeed.objects.get(pk=first.unmet_need_id).withdrawn_why == "The panel took its decision back"


@pytest.fixture
def known(case: Any, cast: Any) -> UnmetNeed:
    """The family worker recorded the same in the case, before the panel met."""
    by = cast.family_worker
    with acting_as(by):
        return record_unmet_need(by=by, source="case", case=case, **vars(MISSED))


def test_what_stands_in_the_case_already_is_pointed_at_and_not_counted_twice(
    known: UnmetNeed, sitting: Any, listed: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    """Also by a chair whose agreement leaves out the plan, and who could not read it until then."""
    by = cast.panel_chair
    with as_(cast.panel_coordinator):
        Access.objects.filter(basis=listed.id, user=by).update(categories=["basic", "assessment"])
    assert _of(by) == []
    client, here = as_client(by), reverse("decide_panel_item", args=[listed.reference])
    said = client.post(here, TYPED | {"instead": "The church asks around"}, follow=True).content.decode()
    assert "recorded already and is open" in said and "not counted twice" in said
    assert [need.pk for need in _of(cast.family_worker)] == [known.pk]
    with as_(by):
        decision = PanelDecision.objects.get()
        assert decision.unmet_need_id == known.pk and decision.need_was_recorded
        # What the panel said of it is not lost.
        assert "The church asks around" in decision.words and "Why not: There is no such service" in decision.words
    item = client.get(reverse("panel_item", args=[listed.reference])).content.decode()
    assert "It stood in the case already, recorded by" in item
    assert client.post(here, TYPED).status_code == 403
    with as_(cast.development_officer), connection.cursor() as cursor:
        cursor.execute(
            "select needs from hearth_unmet_counts(%s, '2000-01-01', '', '') where split = 'area'",
            [cast.development_officer.id],
        )
        assert cursor.fetchall() == [(1,)]


def test_whoever_may_read_it_sees_before_deciding_what_stands_in_the_case(
    known: UnmetNeed, sitting: Any, listed: Any, cast: Any, as_client: Any
) -> None:
    page = as_client(cast.panel_coordinator).get(reverse("decide_panel_item", args=[listed.reference])).content.decode()
    assert "Could not be offered, and recorded already" in page and known.reference in page


def test_another_age_or_one_that_has_its_answer_is_a_need_of_its_own(
    known: UnmetNeed, sitting: Any, listed: Any, area: Any, cast: Any, as_: Any
) -> None:
    by = cast.development_officer
    other = _decide(cast.panel_chair, listed, Missed(**(vars(MISSED) | {"age_band": "16_to_25"})))
    assert other.unmet_need_id != known.pk and not other.need_was_recorded
    with as_(cast.panel_chair):
        take_back_decision(by=cast.panel_chair, decision=_again(cast.panel_chair, other, listed), why="The wrong age")
    with as_(by):
        theme = start_theme(by=by, area=area, title="No befrienders", priority="high", needs=["mentoring"])
        answer_theme(by=by, theme=theme, answer=ANSWER)
    assert _decide(cast.panel_chair, listed).unmet_need_id != known.pk


def test_taking_the_decision_back_leaves_to_the_worker_what_they_recorded(
    known: UnmetNeed, sitting: Any, listed: Any, cast: Any, as_: Any
) -> None:
    by = cast.panel_chair
    with as_(cast.panel_coordinator):
        Access.objects.filter(basis=listed.id, user=by).update(categories=["basic", "assessment"])
    decision = _decide(by, listed)
    assert [need.pk for need in _of(by)] == [known.pk]
    with as_(by), pytest.raises(Refused, match="Only whoever recorded it"):
        withdraw_unmet_need(by=by, need=UnmetNeed.objects.select_related("area", "theme").get(pk=known.pk), why="Ours")
    with as_(by):
        assert UnmetNeed.objects.filter(pk=known.pk).update(withdrawn_why="Ours") == 0, "nor does the database let them"
        take_back_decision(by=by, decision=_again(by, decision, listed), why="The wrong family")
    assert _of(by) == [] and [need.pk for need in _of(cast.family_worker)] == [known.pk]
    assert _decide(by, listed).unmet_need_id == known.pk, "and it is pointed at again"


def _again(who: Any, decision: PanelDecision, item: Any) -> PanelDecision:
    found = PanelDecision.objects.select_related("item__meeting__panel__area", "item__family").get(pk=decision.pk)
    found.item = _item(who, item)
    return found


def test_nobody_learns_by_asking_the_database_what_stands_in_a_case(
    known: UnmetNeed, sitting: Any, listed: Any, case: Any, cast: Any, as_: Any
) -> None:
    found = {}
    for key in ("panel_chair", "panel_coordinator", "health_visitor", "provider", "other_manager", "family_worker"):
        with as_(getattr(cast, key)), connection.cursor() as cursor:
            cursor.execute("select hearth_open_need_of_case(%s, 'mentoring', 'adult')", [case.pk])
            found[key] = cursor.fetchone()[0] is not None
    assert [key for key, told in found.items() if told] == ["panel_chair", "panel_coordinator"]


def test_its_answer_comes_back_to_the_worker_and_to_the_panel(
    sitting: Any, listed: Any, area: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    decision, worker, runs = _decide(cast.panel_coordinator, listed), cast.family_worker, cast.panel_coordinator
    with as_(cast.panel_chair):
        approve_minutes(by=cast.panel_chair, meeting=_item(cast.panel_chair, listed).meeting)
    by = cast.development_officer
    with as_(by):
        theme = start_theme(by=by, area=area, title="No befrienders", priority="high", needs=["mentoring"])
        answer_theme(by=by, theme=theme, answer=ANSWER)
        told = {row.to_user_id for row in Message.objects.filter(template="unmet_answered", made_by_id=by.id)}
    assert {worker.id, runs.id} <= told
    client = as_client(worker)
    assert (
        "An answer came back to a need you recorded: a mentor or befriender for the Ashworth family"
        in client.get("/").content.decode()
    )
    assert ANSWER in client.get(reverse("panel_item", args=[listed.reference])).content.decode()
    with as_(worker):
        need = UnmetNeed.objects.select_related("theme").get(pk=decision.unmet_need_id)
        read_unmet_answer(by=worker, need=need)
    assert "An answer came back" not in client.get("/").content.decode()
    # Everybody who sits there reads what came back, and not whose need it was; also once the family is closed to them.
    with as_(runs):
        Access.objects.filter(basis=listed.id).update(ended_at=listed.proposed_at)
    page = reverse("panel", args=[listed.panel.reference])
    for key in ("panel_chair", "panel_coordinator", "police_officer"):
        told = as_client(getattr(cast, key)).get(page).content.decode()
        assert ANSWER in told and "mentor or befriender" in told and "Ashworth" not in told, key
    for key in ("family_worker", "other_practitioner", "provider", "other_manager"):
        told = as_client(getattr(cast, key)).get(page).content.decode()
        assert ANSWER not in told and "What could not be offered" not in told, key


def test_what_came_after_the_minutes_were_approved_stands_apart_dated_with_who_said_it(
    sitting: Any, listed: Any, area: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    _decide(cast.panel_coordinator, listed)
    by, chair = cast.development_officer, as_client(cast.panel_chair)
    with as_(cast.panel_chair):
        approve_minutes(by=cast.panel_chair, meeting=_item(cast.panel_chair, listed).meeting)
    here = reverse("panel_minutes", args=[listed.meeting.reference])
    before = chair.get(here).content.decode().split("What came of it since")
    with as_(by):
        theme = start_theme(by=by, area=area, title="No befrienders", priority="high", needs=["mentoring"])
        answer_theme(by=by, theme=theme, answer=ANSWER)
    after = chair.get(here).content.decode().split("What came of it since")
    words = before[0].split("What was heard")[1]
    assert len(before) == len(after) == 2 and words == after[0].split("What was heard")[1], (
        "the approved words are the same"
    )
    assert ANSWER in after[1] and by.full_name in after[1] and day(clock.today()) in after[1]
    assert "Waits for a theme" in before[1] and "Waits for a theme" not in after[1]


def test_nobody_is_asked_how_long_one_waits_for_what_is_not_there(
    sitting: Any, listed: Any, cast: Any, as_client: Any, as_: Any
) -> None:
    client, here = as_client(cast.panel_chair), reverse("decide_panel_item", args=[listed.reference])
    wrong = client.post(here, {**TYPED, "reason": "waiting_list", "wait": ""})
    assert wrong.status_code == 422 and "Choose how long they wait for it" in wrong.content.decode()
    assert client.post(here, {**TYPED, "reason": "no_service", "wait": ""}).status_code == 302
    assert _of(cast.family_worker)[0].wait == "no_wait"
    wall = client.get(reverse("project_panel_meeting", args=[listed.meeting.reference])).content.decode()
    assert "It could not be offered: a mentor or befriender" in wall


def test_members_strangers_and_whoever_ran_it_before_write_none_down_and_read_none(
    sitting: Any, listed: Any, case: Any, cast: Any, as_: Any
) -> None:
    _decide(cast.panel_coordinator, listed)
    told = {"source": "panel", "case": case, "met_by": cast.family_worker, **vars(MISSED)}
    for key in ("health_visitor", "police_officer", "provider", "other_family_worker", "other_manager"):
        by = getattr(cast, key)
        with as_(by):
            with pytest.raises(Refused, match="Only the chair and the coordinator"):
                record_unmet_need(by=by, **told)
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                UnmetNeed(
                    reference="UN-3333333", source="panel", family_id=case.family_id, case_id=case.pk, area=case.area,
                    need="other", age_band="adult", reason="no_service", wait="no_wait", recorded_by=by,
                ).save(force_insert=True)  # fmt: skip
        reads = {"health_visitor"}  # the plan is open to her, until the families close
        assert bool(_of(by)) is (key in reads), key
    with as_(cast.development_officer):
        seats = PanelMember.objects.select_related("panel__area", "user", "deputy")
        end_panel_member(by=cast.development_officer, member=seats.get(panel=listed.panel, user=cast.panel_chair))
    assert _of(cast.panel_chair) == []


def test_a_restriction_placed_afterwards_reaches_into_it(
    sitting: Any, listed: Any, family: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    _decide(cast.panel_coordinator, listed)
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=family.reference, reason="A refuge")
    for key in ("panel_chair", "panel_coordinator", "health_visitor", "development_officer"):
        assert _of(getattr(cast, key)) == [], key
    page = as_client(cast.police_officer).get(reverse("panel", args=[listed.panel.reference])).content.decode()
    assert "mentor or befriender" not in page


def test_it_is_asked_on_the_page_of_the_decision_and_loses_nothing(
    sitting: Any, listed: Any, cast: Any, as_client: Any
) -> None:
    client, here = as_client(cast.panel_chair), reverse("decide_panel_item", args=[listed.reference])
    assert "What is done instead?" in client.get(here).content.decode()
    wrong = client.post(here, {**TYPED, "reason": ""})
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "Choose why it could not be offered" in page and MISSED.instead in page
    assert client.post(here, TYPED).status_code == 302
    minutes = client.get(reverse("panel_minutes", args=[listed.meeting.reference])).content.decode()
    assert "Written down as a need that nobody could meet" in minutes and "Waits for a theme" in minutes
    assert client.post(here, TYPED).status_code == 403


def test_the_panel_page_asks_the_same_number_of_queries_however_much_could_not_be_offered(
    sitting: Any, listed: Any, cast: Any, as_client: Any
) -> None:
    client, page = as_client(cast.panel_chair), reverse("panel", args=[listed.panel.reference])
    _decide(cast.panel_coordinator, listed)
    before = _count(client, page)
    for need in ("housing", "money", "transport"):
        _decide(cast.panel_coordinator, listed, Missed(**(vars(MISSED) | {"need": need})))
    assert _count(client, page) == before


def _count(client: Any, page: str) -> int:
    assert client.get(page).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        client.get(page)
    return len(seen)
