"""After the meeting: the answer is read by whoever brought it, actions are chased, and how long it took is told."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.cases.models import DueItem
from hearth.casework.panels.after.actions import read_panel_answer, record_first_help
from hearth.casework.panels.after.queries import Times, times_of
from hearth.casework.panels.jobs import chase
from hearth.casework.panels.models import PanelItem
from hearth.casework.panels.running.actions import approve_minutes, decide_panel_item, finish_panel_action
from hearth.casework.panels.tests.conftest import MISSED
from hearth.desk.chronology import chronology
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message


def _item(who: Any, item: Any) -> PanelItem:
    with acting_as(who):
        return PanelItem.objects.select_related("family", "case__area", "meeting__panel__area", "panel").get(pk=item.pk)


@pytest.fixture
def answered(sitting: Any, listed: Any, cast: Any) -> Any:
    """`answered("resource", cost=0, budget="Ours")`: decided, with an action of the health visitor's, and approved."""

    def make(kind: str = "joint_working", **told: Any) -> PanelItem:
        by, chair = cast.panel_coordinator, cast.panel_chair
        item = _item(by, listed)
        with acting_as(by):
            decide_panel_item(
                by=by, item=item, kind=kind, words="Together", reasons="Two agencies know them", what="Ring home",
                owner=cast.health_visitor, due_on=clock.today(), **told,
            )  # fmt: skip
        with acting_as(chair):
            approve_minutes(by=chair, meeting=item.meeting)
        return _item(cast.family_worker, item)

    return make


def test_the_answer_is_due_to_whoever_brought_it_and_then_when_help_began(answered: Any, cast: Any, as_: Any) -> None:
    item, by = answered(), cast.family_worker
    with as_(by):
        due = DueItem.objects.get(case=item.case, kind="panel_answer", done_at=None)
        assert (due.owner, due.source_id) == (by, item.id)
        read_panel_answer(by=by, item=item)
        assert not DueItem.objects.filter(case=item.case, kind="panel_answer", done_at=None).exists()
        assert DueItem.objects.get(case=item.case, kind="panel_help", done_at=None).owner == by
        with pytest.raises(Refused, match="on record already"):
            read_panel_answer(by=by, item=item)
        with pytest.raises(Refused, match="between the panel's decision and today"):
            record_first_help(by=by, item=item, first_help_on=clock.today() - dt.timedelta(days=1))
        record_first_help(by=by, item=item, first_help_on=clock.today())
        assert not DueItem.objects.filter(case=item.case, kind="panel_help", done_at=None).exists()


def test_where_no_help_was_decided_none_is_waited_for(answered: Any, cast: Any, as_: Any) -> None:
    item, by = answered("could_not_be_offered", missed=MISSED), cast.family_worker
    with as_(by):
        read_panel_answer(by=by, item=item)
        assert not DueItem.objects.filter(case=item.case, kind="panel_help", done_at=None).exists()
        with pytest.raises(Refused, match="no help that could begin"):
            record_first_help(by=by, item=item, first_help_on=clock.today())


def test_a_member_neither_reads_the_answer_for_others_nor_says_when_help_began(
    answered: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    item, by = answered(), cast.health_visitor
    with as_(by), pytest.raises(Refused, match="whoever brought it"):
        read_panel_answer(by=by, item=item)
    assert as_client(by).get(reverse("record_first_help", args=[item.reference])).status_code == 403
    assert as_client(cast.practitioner).get(reverse("record_first_help", args=[item.reference])).status_code == 404


def test_a_late_action_is_chased_once_a_week_until_it_is_done(answered: Any, cast: Any, as_: Any) -> None:
    item, owner = answered(), cast.health_visitor
    with as_(owner):
        act = item.actions.select_related("meeting__panel").get()
    assert not chase(act.id, owner.id)
    for days, expected in ((1, 1), (1, 1), (8, 2)):
        with clock.frozen(dt.datetime.combine(clock.today() + dt.timedelta(days=days), dt.time(8))):
            assert chase(act.id, owner.id)
        with as_(owner):
            assert Message.objects.filter(key__startswith=f"panel_late {act.id}").count() == expected
    assert not chase(act.id, cast.practitioner.id)
    with as_(owner):
        finish_panel_action(by=owner, act=act, done_words="They answered")
    with clock.frozen(clock.now() + dt.timedelta(days=9)):
        assert not chase(act.id, owner.id)


def test_how_long_it_took_is_told_from_being_brought_to_the_decision_and_to_the_first_help(
    answered: Any, cast: Any, as_: Any
) -> None:
    item = answered()
    assert times_of(item) == Times(to_decision=0, to_help=None)
    item.proposed_at -= dt.timedelta(days=12)
    item.heard_at -= dt.timedelta(days=4)
    item.first_help_on = clock.today()
    assert times_of(item) == Times(to_decision=8, to_help=4)
    item.heard_at = None
    assert times_of(item) == Times(to_decision=None, to_help=None)


def test_the_answer_is_read_and_help_told_on_its_pages_and_stands_in_the_chronology(
    answered: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    item, client = answered(), as_client(cast.family_worker)
    here = reverse("panel_item", args=[item.reference])
    assert "I have read the answer" in client.get(here).content.decode()
    assert client.post(reverse("read_panel_answer", args=[item.reference])).status_code == 302
    assert "I have read the answer" not in client.get(here).content.decode()
    told = client.post(
        reverse("record_first_help", args=[item.reference]), {"first_help_on": clock.today().isoformat()}
    )
    assert told.status_code == 302
    assert "Heard on the day it was brought, and help began the same day" in client.get(here).content.decode()
    with as_(cast.family_worker):
        titles = [entry.title for entry in chronology(cast.family_worker, item.family)]
    assert "Heard by Burnley panel" in titles
    assert "Brought to Burnley panel: A service or resource for this family" in titles
