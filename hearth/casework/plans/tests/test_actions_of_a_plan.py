"""Who does what by when: given, ticked, undone, late, and due on the right desk."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.casework.cases.actions import join_team, leave_team
from hearth.casework.cases.models import Case, DueItem
from hearth.casework.plans.actions import end_plan, start_plan
from hearth.casework.plans.models import PlanAction
from hearth.casework.plans.outcomes.actions import add_outcome
from hearth.casework.plans.tests.conftest import WHOLE
from hearth.casework.plans.who_does_what.actions import add_action, change_action, finish_action, undo_action
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Conflict, Refused
from hearth.records.people.actions import add_person, open_family

SOON = dt.timedelta(days=7)


def given_to(by, plan, who, **changed):
    return add_action(
        by=by, plan=plan, **{"what": "Ring the school.", "who": who, "due_on": clock.today() + SOON, **changed}
    )


def due(item):
    return DueItem.objects.filter(source_id=item.pk, kind="action", done_at=None).first()


def test_an_action_is_due_on_the_desk_of_whoever_does_it(cast, case, agreed, as_):
    by, other = cast.family_worker, cast.other_family_worker
    with as_(by):
        join_team(by=by, case=case, user=other, role="practitioner")
        item = given_to(by, agreed, other)
        assert (due(item).owner, due(item).due_on, due(item).what) == (other, item.due_on, "Action 1 of the plan")
        assert Case.objects.get(pk=case.pk).next_due_on == item.due_on


def test_an_action_of_one_of_the_family_or_of_somebody_by_name_is_watched_by_the_lead(cast, agreed, kelly, as_):
    by = cast.family_worker
    with as_(by):
        hers = due(given_to(by, agreed, kelly))
        assert (hers.owner, hers.what) == (by, "Action 1 of the plan, which the family does")
        named = given_to(by, agreed, "Mr Bell, the landlord")
        assert due(named).what == "Action 2 of the plan, which somebody else does"
        assert (due(named).owner, named.who) == (by, "Mr Bell, the landlord")


def test_an_action_is_given_to_nobody_outside_the_team_and_the_family(cast, agreed, area, as_):
    by = cast.family_worker
    with as_(by):
        with pytest.raises(Refused, match="Kofi Mensah is not in the team"):
            given_to(by, agreed, cast.other_family_worker)
        other = open_family(by=by, name="Bold", area=area)
        stranger = add_person(by=by, family=other, role="parent", given_name="Sam", family_name="Bold")
        with pytest.raises(Refused, match="not in this family"):
            given_to(by, agreed, stranger)
        with pytest.raises(Refused, match="Say who"):
            given_to(by, agreed, "  ")


def test_a_tick_is_dated_and_nothing_is_due_any_more(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        item = finish_action(by=by, item=given_to(by, agreed, by))
        assert (item.state, item.done_on, due(item)) == ("done", clock.today(), None)


def test_a_tick_is_undone_to_what_it_was_and_is_due_again(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        item = given_to(by, agreed, by)
        change_action(by=by, item=item, what=item.what, who=by, due_on=item.due_on, state="doing", seen_version=1)
        finish_action(by=by, item=item)
        undo_action(by=by, item=item)
        assert (item.state, item.done_on, due(item).due_on) == ("doing", None, item.due_on)
        with pytest.raises(Refused, match="not ticked"):
            undo_action(by=by, item=item)


def test_ticked_twice_it_is_ticked_once(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        item = given_to(by, agreed, by)
        finish_action(by=by, item=item)
        version = item.version
        finish_action(by=by, item=item)
        assert item.version == version
        undo_action(by=by, item=item)
        assert item.state == "to_do"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["tick", "undo", "doing", "stopped"]), max_size=8))
def test_an_action_is_due_exactly_while_it_is_open(steps, cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        item = given_to(by, agreed, by, what=f"Step through {steps}")
        for step in steps:
            try:
                if step == "tick":
                    finish_action(by=by, item=item)
                elif step == "undo":
                    undo_action(by=by, item=item)
                else:
                    change_action(
                        by=by,
                        item=item,
                        what=item.what,
                        who=by,
                        due_on=item.due_on,
                        state=step,
                        note="Why.",
                        seen_version=item.version,
                    )
            except Refused:
                pass
            row = PlanAction.objects.get(pk=item.pk)
            assert (due(item) is not None) == (row.state in ("to_do", "doing"))
            assert (row.done_on is not None) == (row.state == "done")


def test_an_action_is_not_stopped_without_saying_why(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        item = given_to(by, agreed, by)
        asked = {"what": item.what, "who": by, "due_on": item.due_on, "seen_version": 1}
        with pytest.raises(Refused, match="Say why"):
            change_action(by=by, item=item, state="stopped", **asked)
        with pytest.raises(Refused, match="how the action stands"):
            change_action(by=by, item=item, state="nonsense", **asked)


def test_an_action_changed_by_two_people_at_once_loses_neither(cast, agreed, as_):
    with as_(cast.family_worker):
        item = given_to(cast.family_worker, agreed, cast.family_worker)
        asked = {"who": cast.family_worker, "due_on": item.due_on, "state": "to_do", "seen_version": 1}
        change_action(by=cast.family_worker, item=item, what="Write to the school.", **asked)
    with as_(cast.manager):
        mine = PlanAction.objects.select_related("plan__case").get(pk=item.pk)
    with as_(cast.manager), pytest.raises(Conflict) as told:
        change_action(by=cast.manager, item=mine, what="Visit the school.", **asked)
    assert told.value.texts == {"what": ("Write to the school.", "Visit the school.")}


def test_an_action_hangs_from_an_outcome_of_its_own_plan_only(cast, case, agreed, as_):
    by = cast.family_worker
    with as_(by):
        end_plan(by=by, plan=agreed, why="x")
        second = start_plan(by=by, case=case, type="return_home")
        other = add_outcome(by=by, plan=second, **WHOLE)
        mine = given_to(by, second, by, outcome=other)
        assert mine.outcome == other
        with pytest.raises(Refused, match="belongs to another plan"):
            given_to(by, second, by, outcome=agreed.outcomes.get())


def test_an_action_sent_twice_is_given_once(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        assert given_to(by, agreed, by) == given_to(by, agreed, by)
        assert PlanAction.objects.filter(plan=agreed).count() == 1


def test_what_was_due_from_somebody_who_left_the_team_is_due_from_the_lead_and_can_still_be_changed(
    cast, case, agreed, as_
):
    by, other = cast.family_worker, cast.other_family_worker
    with as_(by):
        member = join_team(by=by, case=case, user=other, role="practitioner")
        item = given_to(by, agreed, other)
        leave_team(by=by, case=case, member=member)
        assert due(item).owner == by
        changed = change_action(
            by=by, item=item, what="Ring again.", who=other, due_on=item.due_on, state="to_do", seen_version=1
        )
        assert (changed.what, changed.who) == ("Ring again.", "Kofi Mensah")


def test_nothing_is_ticked_in_a_plan_that_has_ended(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        item = given_to(by, agreed, by)
        end_plan(by=by, plan=agreed, why="x")
        with pytest.raises(Refused, match="has ended"):
            finish_action(by=by, item=item)
        assert due(item) is None
