"""Closing a case ends its plan with it, in one piece or not at all."""

import datetime as dt

import pytest

from hearth.casework.assessments.actions import start_assessment
from hearth.casework.assessments.models import Assessment, AssessmentStep
from hearth.casework.cases.models import Case, DueItem
from hearth.casework.cases.steps.actions import request_step_up, withdraw_step
from hearth.casework.cases.steps.rules import PackItem, StepBasis
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


@pytest.fixture
def waiting(cast, case, agreed, as_):
    """A step up of the case that nobody has answered."""
    with as_(cast.family_worker):
        return request_step_up(
            by=cast.family_worker,
            case=case,
            reason="needs_not_met",
            words="It is getting worse.",
            basis=StepBasis("consent", "Kelly said yes today."),
            items=[PackItem("people", "The people", "<p>Kelly</p>", [{"name": "Kelly"}])],
        )


def test_a_case_is_not_closed_over_a_step_up_that_waits_and_the_page_leads_to_it(cast, case, waiting, as_, as_client):
    by = cast.family_worker
    with as_(by), pytest.raises(Refused, match=f"step up {waiting.reference} waits for an answer"):
        close_case(by=by, case=case, **CLOSED)
    page = as_client(by).get(f"/cases/{case.reference}/close/").content.decode()
    assert "cannot be closed yet" in page and f"/steps/{waiting.reference}/" in page
    with as_(by):
        withdraw_step(by=by, step=waiting, withdrawal_reason="changed")
        assert close_case(by=by, case=case, **CLOSED).stage == "closed"


def test_an_assessment_that_is_not_signed_off_stops_with_the_case_and_closing_says_so(
    cast, case, agreed, as_, as_client
):
    by = cast.family_worker
    with as_(by):
        start_assessment(by=by, case=case)
    page = as_client(by).get(f"/cases/{case.reference}/close/").content.decode()
    assert "The assessment is not signed off (being written). Closing stops it" in page
    with as_(by):
        close_case(by=by, case=case, **CLOSED)
        assert Assessment.objects.get(case=case).status == "stopped"
        assert "The case was closed" in AssessmentStep.objects.get(kind="stopped").words


def test_closing_names_what_is_still_open_one_thing_a_line(cast, case, agreed, as_, as_client):
    by = cast.family_worker
    with as_(by):
        plan_meeting(by=by, case=case, kind="review", planned_for=clock.now() + dt.timedelta(days=3), invited=[by])
        add_action(by=by, plan=agreed, what="x", who=by, due_on=clock.today())
    page = as_client(by).get(f"/cases/{case.reference}/close/").content.decode()
    for sentence in ("1 action of the plan is still to be done.", "1 meeting is planned.", "No assessment was made."):
        assert sentence in page
