"""Closing a case ends its plan with it, in one piece or not at all."""

import datetime as dt

import pytest
from django.urls import reverse

from hearth.casework.assessments.actions import start_assessment
from hearth.casework.assessments.models import Assessment, AssessmentStep
from hearth.casework.cases.actions import join_team
from hearth.casework.cases.models import Case, DueItem, TeamMember
from hearth.casework.cases.steps.actions import request_step_up, withdraw_step
from hearth.casework.cases.steps.rules import PackItem, StepBasis
from hearth.casework.plans.closing.actions import close_case, take_up_case
from hearth.casework.plans.meetings.actions import plan_meeting
from hearth.casework.plans.models import Meeting, Plan
from hearth.casework.plans.outcomes.actions import add_outcome
from hearth.casework.plans.tests.conftest import WHOLE
from hearth.casework.plans.who_does_what.actions import add_action, finish_action
from hearth.foundation.accounts.models import User
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refused
from hearth.records.people.models import Access

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


def test_who_may_not_close_a_case_is_told_before_they_type(cast, case, agreed, as_, as_client):
    by, other = cast.family_worker, cast.other_family_worker
    with as_(by):
        join_team(by=by, case=case, user=other, role="practitioner")
    where = reverse("close_case", args=[case.reference])
    assert as_client(by).get(where).status_code == 200
    refused = as_client(other).get(where)
    assert refused.status_code == 403 and "<textarea" not in refused.content.decode()


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
            basis=StepBasis("consent", "Kelly said yes today.", agreed_on=clock.today()),
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
    assert "1 outcome of the plan was never scored again" in page
    assert f'href="{reverse("record_review", args=[agreed.reference])}">Score it in a review' in page


def test_a_case_closed_by_mistake_is_taken_up_as_it_was_with_everything_still_to_be_done(
    cast, case, agreed, as_, as_client
):
    by = cast.family_worker
    with as_(by):
        join_team(by=by, case=case, user=cast.other_family_worker, role="practitioner")
        plan_meeting(by=by, case=case, kind="review", planned_for=clock.now() + dt.timedelta(days=3), invited=[by])
        item = add_action(by=by, plan=agreed, what="x", who=by, due_on=clock.today())
        over = add_action(by=by, plan=agreed, what="y", who=by, due_on=clock.today())
        finish_action(by=by, item=over)
        written = start_assessment(by=by, case=case)
        before = Plan.objects.get(pk=agreed.pk)
        due = set(DueItem.objects.filter(case=case, done_at=None).values_list("pk", "due_on", "owner"))
        close_case(by=by, case=case, **CLOSED)
    page = as_client(by).post(f"/cases/{case.reference}/reopen/", {"because": "closed_in_error"})
    assert page.url == f"/cases/{case.reference}/team/"
    with as_(by):
        found, plan = Case.objects.get(family=case.family), Plan.objects.get(pk=agreed.pk)
        assert (found.pk, found.stage, found.closed_on, found.closing_words) == (case.pk, "working", None, "")
        assert (plan.status, plan.ended_on, plan.next_review_on) == ("agreed", None, before.next_review_on)
        assert Meeting.objects.get(case=case).state == "planned"
        assert Assessment.objects.get(pk=written.pk).status == "draft"
        assert set(DueItem.objects.filter(case=case, done_at=None).values_list("pk", "due_on", "owner")) == due
        assert DueItem.objects.filter(source_id=item.pk, done_at=None).exists()
        assert TeamMember.objects.get(case=case, is_lead=True, left_on=None).user == by
        access = Access.objects.get(user=cast.other_family_worker, why="team_around_family", ended_at=None)
        assert access.until_at is None
        assert not Access.objects.filter(why="lead_after_closing", ended_at=None).exists()
        assert AuditEvent.objects.filter(verb="cases.case_taken_up", family_id=case.family_id).count() == 1
    with as_(cast.other_family_worker):
        assert Case.objects.filter(pk=case.pk).exists()
    told = as_client(by).get(f"/families/{case.family.reference}/chronology/").content.decode()
    assert "The case was closed: The outcomes were met" in told
    assert "The case was taken up again: it was closed by mistake" in told


def test_taking_up_brings_back_nobody_who_has_left_since(cast, case, agreed, as_):
    by, manager = cast.family_worker, cast.manager
    with as_(by):
        item = add_action(by=by, plan=agreed, what="x", who=by, due_on=clock.today())
        close_case(by=by, case=case, **CLOSED)
    with as_(manager):
        User.objects.filter(pk=by.pk).update(is_active=False)
        taken = take_up_case(by=manager, case=case, because="closed_in_error")
        assert Case.objects.get(pk=taken.pk).lead is None
        assert not TeamMember.objects.filter(case=case, user=by, left_on=None).exists()
        assert DueItem.objects.get(source_id=item.pk, done_at=None).owner is None
        assert DueItem.objects.filter(case=case, kind="lead_practitioner", done_at=None).exists()


def test_a_case_opened_again_for_any_other_reason_is_a_new_one_and_the_earlier_one_stays_a_click_away(
    cast, case, agreed, as_, as_client
):
    by = cast.family_worker
    with as_(by):
        close_case(by=by, case=case, **CLOSED)
        with pytest.raises(Refused, match="Choose why"):
            take_up_case(by=by, case=case, because="same_need")
    client = as_client(by)
    opened = client.post(f"/cases/{case.reference}/reopen/", {"because": "same_need"}, follow=True).content.decode()
    assert "The earlier team left" in opened and by.full_name in opened.split("Who was in the team before")[1]
    with as_(by):
        following = Case.objects.get(reopened_from=case)
        due_on = clock.add_working_days(clock.today(), pack().limits.assessment)
        assert (following.next_due_what, following.next_due_on) == ("Start the assessment", due_on)
        assert Plan.objects.get(pk=agreed.pk).status == "ended"
    overview = client.get(f"/families/{case.family.reference}/").content.decode()
    for page in ("", "assessment/", "plan/", "notes/"):
        assert f'href="/cases/{case.reference}/{page}"' in overview
    for page in ("plan", "notes", "team"):
        told = client.get(f"/cases/{following.reference}/{page}/").content.decode()
        assert f'href="/cases/{case.reference}/{page}/"' in told, page
    assert (
        f'href="/cases/{case.reference}/assessment/"'
        in client.get(f"/cases/{following.reference}/assessment/start/").content.decode()
    )
    for page in ("", "plan/"):
        earlier = client.get(f"/cases/{case.reference}/{page}").content.decode()
        assert "This is an earlier case" in earlier and f'href="/cases/{following.reference}/{page}"' in earlier
        assert ">\n  Closed" in earlier or ">Closed<" in earlier
    assert "leads again, where they still can" not in earlier
    with as_(by):
        start_assessment(by=by, case=following)
        assert [due.what for due in DueItem.objects.filter(case=following, done_at=None)] == ["Finish the assessment"]
