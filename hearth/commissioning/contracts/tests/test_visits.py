"""A project over the pack's value needs a quality visit: of the whole, not of a district's share; it stands on lists until it is done."""

import datetime as dt
from typing import Any

import pytest

from hearth.commissioning.contracts import queries
from hearth.commissioning.contracts.jobs import remind_all
from hearth.commissioning.contracts.late import late_of
from hearth.commissioning.contracts.models import Contract, QualityVisit, VisitAction
from hearth.commissioning.contracts.tests.conftest import milestone_of
from hearth.commissioning.contracts.visits import actions
from hearth.commissioning.contracts.waiting import waiting
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message


def lacking(user: Any, as_: Any) -> list[str]:
    """Titles of the contracts without their visit that somebody reads."""
    with as_(user):
        return [row.title for row in queries.contracts(user) if row.lacks_visit]


def test_the_whole_counts_and_not_a_district_s_share(
    write: Any, sign: Any, other_officer: Any, cast: Any, as_: Any
) -> None:
    sign(write(parts=(999_999, 2), cap=0, title="A penny over, by two districts"))
    sign(write(parts=(1_000_000,), cap=0, title="To the penny"))
    write(parts=(5_000_000,), cap=0, title="Not signed")
    for user in (
        cast.development_officer,
        other_officer,
        cast.board_member,
        cast.commissioner,
        cast.strategic_lead,
        cast.senior_development_officer,
    ):
        assert lacking(user, as_) == ["A penny over, by two districts"], user


def test_it_stands_on_lists_until_one_is_done(contract: Contract, cast: Any, as_: Any) -> None:
    by, today = cast.development_officer, clock.today()
    with as_(by):
        visit = actions.plan_visit(by=by, contract=contract, planned_for=today, visitor=by)
        assert lacking(by, as_)
        actions.call_off_visit(by=by, visit=visit, why="Ill")
        assert lacking(by, as_)
        visit = actions.plan_visit(by=by, contract=contract, planned_for=today, visitor=by)
        assert ("to_visit", 1) in [(each.what, each.many) for each in waiting(by)]
        actions.note_visit(by=by, visit=visit, done_on=today, findings="All well")
        assert not lacking(by, as_)
        assert not [each for each in waiting(by) if each.what in ("lacking", "to_visit")]


def test_its_actions_are_followed_to_their_end(contract: Contract, cast: Any, as_: Any) -> None:
    by, today = cast.development_officer, clock.today()
    with as_(by):
        visit = actions.plan_visit(by=by, contract=contract, planned_for=today, visitor=by)
        with pytest.raises(Refused) as refused:
            actions.add_visit_action(by=by, visit=visit, what="x", by_provider=True, due_on=today)
        assert refused.value.refusal.code == "contracts.not_visited"
        actions.note_visit(by=by, visit=visit, done_on=today, findings="No lock")
        act = actions.add_visit_action(by=by, visit=visit, what="Mend the lock", by_provider=True, due_on=today)
        assert ("to_follow", 1) in [(each.what, each.many) for each in waiting(by)]
        with pytest.raises(Refused) as refused:
            actions.finish_visit_action(by=by, act=act, words=" ")
        assert refused.value.refusal.code == "contracts.how_known"
    with as_(cast.provider), pytest.raises(Refused):
        actions.finish_visit_action(by=cast.provider, act=VisitAction.objects.get(), words="It is")
    with as_(by):
        actions.finish_visit_action(by=by, act=act, words="I saw it")
        assert not [each for each in waiting(by) if each.what == "to_follow"]
        with pytest.raises(Refused):
            actions.finish_visit_action(by=by, act=act, words="Again")


@pytest.mark.parametrize("who", ["provider", "board_member", "strategic_lead", "analyst"])
def test_only_who_visits_plans_and_notes(who: str, contract: Contract, cast: Any, as_: Any) -> None:
    by, today = getattr(cast, who), clock.today()
    with as_(cast.commissioner):
        visit = actions.plan_visit(
            by=cast.commissioner, contract=contract, planned_for=today, visitor=cast.development_officer
        )
    with as_(by):
        for do in (
            lambda: actions.note_visit(by=by, visit=QualityVisit.objects.get(), done_on=today, findings="x"),
            lambda: actions.call_off_visit(by=by, visit=QualityVisit.objects.get(), why="x"),
        ):
            with pytest.raises(Refused):
                do()
        assert QualityVisit.objects.filter(pk=visit.pk).update(findings="x") == 0


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"planned_for": dt.date(2001, 1, 1)}, "contracts.past_day"),
        ({"visitor": None}, "contracts.visitor"),
        ({"visitor": "provider"}, "contracts.visitor"),
        ({"visitor": "board_member"}, "contracts.visitor"),
    ],
)
def test_a_visit_is_planned_for_a_day_by_somebody_who_may(
    said: dict[str, Any], code: str, contract: Contract, cast: Any, as_: Any
) -> None:
    by = cast.development_officer
    if said.get("visitor"):
        said = {"visitor": getattr(cast, said["visitor"])}
    with as_(by), pytest.raises(Refused) as refused:
        actions.plan_visit(by=by, contract=contract, **({"planned_for": clock.today(), "visitor": by} | said))
    assert refused.value.refusal.code == code


def test_a_day_on_which_it_did_not_run_is_no_day_of_a_visit(contract: Contract, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by):
        visit = actions.plan_visit(by=by, contract=contract, planned_for=clock.today(), visitor=by)
        for day in (contract.starts_on - dt.timedelta(days=1), clock.today() + dt.timedelta(days=1)):
            with pytest.raises(Refused) as refused:
                actions.note_visit(by=by, visit=visit, done_on=day, findings="x")
            assert refused.value.refusal.code == "contracts.visited_on"


def test_the_night_reminds_the_manager_once_a_week_of_what_is_late(contract: Contract, cast: Any, as_: Any) -> None:
    manager = cast.development_officer
    assert remind_all() == 0, "nothing is late yet"
    with clock.frozen(clock.now() + dt.timedelta(days=60)):
        with as_(manager):
            assert late_of(manager, contract) == ["milestone"]
        assert remind_all() == 1 and remind_all() == 1
        with as_(manager):
            rows = Message.objects.filter(template="contract_late")
            assert [row.to_user_id for row in rows] == [manager.pk]
    with clock.frozen(clock.now() + dt.timedelta(days=130)), as_(manager):
        assert late_of(manager, contract) == ["milestone", "visit"]
        milestone_of(contract)


def test_a_manager_who_left_is_not_reminded_and_reads_nothing(contract: Contract, cast: Any, as_: Any) -> None:
    manager = cast.development_officer
    with as_(cast.administrator):
        manager.appointments.update(ended_at=clock.now())
    manager = type(manager).objects.get(pk=manager.pk)
    with clock.frozen(clock.now() + dt.timedelta(days=60)):
        assert remind_all() == 0
    with as_(manager):
        assert not Contract.objects.exists() and not Contract.objects.visible_to(manager).exists()
