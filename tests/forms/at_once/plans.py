"""Plans: outcomes, actions, meetings, reviews, and their end with the case."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from hearth.casework.cases import actions as cases
from hearth.casework.cases.steps.rules import StepBasis
from hearth.casework.plans import actions as plans
from hearth.casework.plans.closing import actions as closing
from hearth.casework.plans.documents import actions as plan_documents
from hearth.casework.plans.documents.models import PlanDocument
from hearth.casework.plans.meetings import actions as meetings
from hearth.casework.plans.models import Outcome, Plan, PlanAction, Review
from hearth.casework.plans.outcomes import actions as outcomes
from hearth.casework.plans.referring import actions as referring
from hearth.casework.plans.reviews import actions as reviews
from hearth.casework.plans.who_does_what import actions as doing
from hearth.foundation.core import clock
from tests.forms.at_once import Two, row

WORKER, MANAGER, DOOR, HUB, ASKER = (
    "family_worker", "manager", "front_door_officer", "safeguarding_hub_social_worker", "practitioner",
)  # fmt: skip
COLLEAGUES, OFFICERS, SOCIAL_WORKERS = (WORKER, MANAGER), (DOOR, DOOR), (HUB, HUB)
PLAN, CASE = row("working.plan", "case__family"), row("working.case", "family", "area", "lead__organisation")
AGREED = StepBasis("consent", "They agreed.", agreed_on=clock.today())


def _letter() -> Any:
    return SimpleUploadedFile("letter.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")


def _first(model: Any, *related: str, **which: Any) -> Any:
    def load(town: Any) -> Any:
        rows = model.objects.select_related("plan__case__family", *related)
        return rows.filter(plan=town.find("working.plan"), **which).order_by("number").first()

    return load


def _outcome(by: Any, outcome: Any, want: str) -> Any:
    return outcomes.change_outcome(
        by=by, outcome=outcome, want=want, area=outcome.area, seen_version=outcome.version, measure=outcome.measure,
        starting_score=outcome.starting_score, target_score=outcome.target_score, person=outcome.person,
    )  # fmt: skip


def _action(by: Any, item: Any, what: str) -> Any:
    return doing.change_action(
        by=by, item=item, what=what, who=item.user or item.person or item.who_name, due_on=item.due_on,
        state=item.state, seen_version=item.version,
    )  # fmt: skip


def _review(by: Any, plan: Plan, changed: str) -> Any:
    last = plan.reviews.order_by("-number").first()
    return reviews.record_review(
        by=by, plan=plan, reviewed_on=clock.today(), took_part=[], changed=changed, decision="carry_on",
        scores=dict.fromkeys(plan.outcomes.filter(state=Outcome.State.OPEN), (5, "")),
        seen_version=plan.seen_review if hasattr(plan, "seen_review") else (last.number if last else 0),
        next_review_on=clock.add_working_days(clock.today(), 30),
    )  # fmt: skip


def _plan_with_reviews(town: Any) -> Plan:
    plan = PLAN(town)
    plan.seen_review = plan.reviews.count()
    return plan


def _correct(by: Any, review: Any, changed: str) -> Any:
    scores = {row.outcome: (row.score, row.why) for row in review.scores.select_related("outcome")}
    return reviews.correct_review(
        by=by, review=review, reviewed_on=review.reviewed_on, scores=scores, changed=changed, decision=review.decision,
        seen_version=review.version, next_review_on=review.next_review_on,
    )  # fmt: skip


def _latest_review(town: Any) -> Review:
    return Review.objects.select_related("plan__case__family").filter(plan=town.find("working.plan")).latest("number")


def _meeting(by: Any, meeting: Any, place: str) -> Any:
    return meetings.change_meeting(
        by=by, meeting=meeting, kind=meeting.kind, planned_for=meeting.planned_for, invited=[], place=place,
        seen_version=meeting.version, purpose=meeting.purpose,
    )  # fmt: skip


def _minutes(by: Any, meeting: Any, minutes: str) -> Any:
    return meetings.record_meeting(
        by=by, meeting=meeting, held_on=clock.today(), attendance={}, minutes=minutes, seen_version=meeting.version
    )


def _with_document(town: Any) -> PlanDocument:
    return (
        PlanDocument.objects.select_related("plan")
        .filter(plan=town.find("working.plan"), withdrawn_at=None)
        .latest("created_at")
    )


def _close(by: Any, case: Any) -> Any:
    return closing.close_case(
        by=by, case=case, reason="outcomes_met", outcome="all_met", closing_words="Done", family_view="Good"
    )


REFERRAL = (
    "case__lead",
    "case__area",
    "plan__case__lead",
    "plan__case__area",
    "plan__case__family",
    "plan__family",
    "asked_by",
    "service",
)


def _answer(status: str, **said: Any) -> Any:
    return lambda by, referral: referring.answer_service_referral(
        by=by, referral=referral, status=status, answer="At once", **said
    )


TABLE = [
    Two("referring.answer_service_referral", row("referral_asked", *REFERRAL), _answer("accepted"), _answer("declined", reason="no_service"),
        comes="referring.answered", who=(MANAGER, MANAGER)),
    Two("referring.withdraw_service_referral", row("referral_unwanted", *REFERRAL),
        lambda by, r: referring.withdraw_service_referral(by=by, referral=r, why="Twice"), comes="referring.over", who=COLLEAGUES),
    Two("plans.describe_plan", PLAN,
        lambda by, p: plans.describe_plan(by=by, plan=p, aim="One", strengths="", if_harder="", seen_version=p.version),
        lambda by, p: plans.describe_plan(by=by, plan=p, aim="Two", strengths="", if_harder="", seen_version=p.version),
        "conflict", who=COLLEAGUES),
    Two("outcomes.change_outcome", _first(Outcome, "person"), lambda by, o: _outcome(by, o, "One"),
        lambda by, o: _outcome(by, o, "Two"), "conflict", who=COLLEAGUES),
    Two("outcomes.end_outcome", _first(Outcome, "person"), lambda by, o: _outcome(by, o, "Three"),
        lambda by, o: outcomes.end_outcome(by=by, outcome=o, state="set_aside", ended_why="No more"), "done", who=COLLEAGUES,
        about="while its words change", kept=lambda town, _: _first(Outcome)(town).want == "Three"),
    Two("outcomes.end_outcome", _first(Outcome, "person"),
        lambda by, o: outcomes.end_outcome(by=by, outcome=o, state="open"), comes="plans.outcome_state_already", who=COLLEAGUES),
    Two("doing.change_action", _first(PlanAction, "user", "person"), lambda by, a: _action(by, a, "One"),
        lambda by, a: _action(by, a, "Two"), "conflict", who=COLLEAGUES),
    Two("doing.finish_action", _first(PlanAction, "user", "person", number=2), lambda by, a: doing.finish_action(by=by, item=a),
        comes="done", who=COLLEAGUES, kept=lambda town, _: _first(PlanAction, number=2)(town).version == 2),
    Two("doing.undo_action", _first(PlanAction, "user", "person", number=2), lambda by, a: doing.undo_action(by=by, item=a),
        comes="plans.nothing_to_undo", who=COLLEAGUES),
    Two("meetings.change_meeting", row("working.meeting", "case"), lambda by, m: _meeting(by, m, "One"),
        lambda by, m: _meeting(by, m, "Two"), "conflict", who=COLLEAGUES),
    Two("meetings.cancel_meeting", row("working.meeting", "case"),
        lambda by, m: meetings.cancel_meeting(by=by, meeting=m, cancelled_why="Ill"), comes="plans.meeting_over", who=COLLEAGUES),
    Two("meetings.record_meeting", row("working.held_meeting", "case"), lambda by, m: _minutes(by, m, "One"),
        lambda by, m: _minutes(by, m, "Two"), "conflict", who=COLLEAGUES),
    Two("reviews.record_review", _plan_with_reviews, lambda by, p: _review(by, p, "One"), lambda by, p: _review(by, p, "Two"),
        "conflict", who=COLLEAGUES),
    Two("reviews.correct_review", _latest_review, lambda by, r: _correct(by, r, "Three"), lambda by, r: _correct(by, r, "Four"),
        "conflict", who=COLLEAGUES),
    Two("plan_documents.add_plan_document", PLAN,
        lambda by, p: plan_documents.add_plan_document(by=by, plan=p, file=_letter(), kind="letter"),
        comes="documents.there_already", who=COLLEAGUES),
    Two("plan_documents.withdraw_plan_document", _with_document,
        lambda by, d: plan_documents.withdraw_plan_document(by=by, document=d, because="Wrong family"),
        comes="documents.withdrawn_already", who=COLLEAGUES),
    Two("plans.change_plan_type", PLAN, lambda by, p: plans.change_plan_type(by=by, plan=p, type="edge_of_care", why="Harder"),
        comes="plans.same_type", who=COLLEAGUES),
    Two("plans.end_plan", PLAN, lambda by, p: plans.end_plan(by=by, plan=p, why="New one"), comes="plans.ended", who=(MANAGER, MANAGER)),
    Two("plans.start_plan", CASE, lambda by, c: plans.start_plan(by=by, case=c, type="early_help"), comes="plans.another_live",
        who=COLLEAGUES),
    Two("plans.agree_plan", lambda town: town.find("working.case").plans.select_related("case__family").get(status="draft"),
        lambda by, p: plans.describe_plan(by=by, plan=p, aim="Mine", strengths="", if_harder="", seen_version=p.version),
        lambda by, p: plans.describe_plan(by=by, plan=p, aim="Yours", strengths="", if_harder="", seen_version=p.version),
        "conflict", who=COLLEAGUES, about="(its words, before it)"),
    Two("closing.close_case", CASE, _close, comes="cases.closed", who=(MANAGER, MANAGER)),
    Two("closing.take_up_case", row("closed.case", "family", "area", "lead__organisation"),
        lambda by, c: closing.take_up_case(by=by, case=c, because="closed_in_error"), comes="cases.open", who=(MANAGER, MANAGER)),
    Two("cases.reopen_case", CASE, lambda by, c: cases.reopen_case(by=by, case=c, because="family_asked"), comes="cases.another_open",
        who=(MANAGER, MANAGER)),
]  # fmt: skip
