"""Closing a case ends its plan with it, in one piece or not at all."""

import datetime as dt

import pytest

from hearth.casework.cases.models import Case, DueItem
from hearth.casework.plans.closing.actions import close_case
from hearth.casework.plans.meetings.actions import plan_meeting
from hearth.casework.plans.models import Meeting, Plan
from hearth.casework.plans.outcomes.actions import add_outcome
from hearth.casework.plans.tests.conftest import WHOLE
from hearth.casework.plans.who_does_what.actions import add_action, finish_action
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused

CLOSED = {"reason": "outcomes_met", "outcome": "most_met", "closing_words": "Done.", "family_view": "Good."}


def test_closing_ends_the_plan_and_cancels_meetings_still_planned(cast, case, agreed, as_):
    by = cast.family_worker
    with as_(by):
        plan_meeting(by=by, case=case, kind="review", planned_for=clock.now() + dt.timedelta(days=3), invited=[by])
        add_action(by=by, plan=agreed, what="x", who=by, due_on=clock.today())
        close_case(by=by, case=case, **CLOSED)
        assert Plan.objects.get(pk=agreed.pk).status == "ended"
        assert Meeting.objects.get(case=case).state == "cancelled"
        assert not DueItem.objects.filter(case=case, done_at=None).exists()


def test_a_refused_closing_ends_nothing(cast, case, agreed, as_):
    by = cast.family_worker
    with as_(by):
        with pytest.raises(Refused, match="Silence alone"):
            close_case(by=by, case=case, **{**CLOSED, "reason": "could_not_engage"})
        assert Plan.objects.get(pk=agreed.pk).status == "agreed"
        assert Case.objects.get(pk=case.pk).stage == "working"


def test_a_closed_case_is_read_only(cast, case, agreed, as_):
    by = cast.family_worker
    with as_(by):
        item = add_action(by=by, plan=agreed, what="x", who=by, due_on=clock.today())
        close_case(by=by, case=case, **CLOSED)
        plan = Plan.objects.get(pk=agreed.pk)
        with pytest.raises(Refused, match="This case is closed"):
            add_outcome(by=by, plan=plan, **{**WHOLE, "want": "More."})
        with pytest.raises(Refused, match="This case is closed"):
            finish_action(by=by, item=item)
        with pytest.raises(Refused, match="This case is closed"):
            plan_meeting(by=by, case=case, kind="review", planned_for=clock.now(), invited=[])
