"""A plan: started, written with the family, agreed, changed in kind, ended."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from hearth.casework.assessments.actions import start_assessment
from hearth.casework.assessments.tests.conftest import write
from hearth.casework.cases.actions import close_case, name_lead, open_case
from hearth.casework.cases.models import Case, DueItem
from hearth.casework.plans import queries
from hearth.casework.plans.actions import agree_plan, change_plan_type, describe_plan, end_plan, start_plan
from hearth.casework.plans.models import Outcome, Plan, PlanAgreement, TypeChange
from hearth.casework.plans.outcomes.actions import add_outcome, change_outcome, end_outcome
from hearth.casework.plans.tests.conftest import WHOLE
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Conflict, Refused
from hearth.records.people.actions import add_person, open_family


def due(case, kind):
    return DueItem.objects.filter(case=case, kind=kind, done_at=None).first()


def test_a_started_plan_is_a_draft_and_agreeing_it_is_due_from_the_lead(cast, case, draft, as_):
    with as_(cast.family_worker):
        assert (draft.status, draft.type, draft.reference[:3]) == ("draft", "early_help", "PL-")
        assert Case.objects.get(pk=case.pk).stage == "planning"
        item = due(case, "plan")
        assert (item.owner, item.due_on) == (
            cast.family_worker,
            clock.add_working_days(clock.today(), pack().limits.plan),
        )


def test_a_plan_sent_twice_is_started_once_and_a_second_one_is_refused(cast, case, draft, as_):
    with as_(cast.family_worker):
        assert start_plan(by=cast.family_worker, case=case, type="early_help") == draft
        with pytest.raises(Refused, match="has a plan already"):
            start_plan(by=cast.family_worker, case=case, type="edge_of_care")
    with as_(cast.manager), pytest.raises(Refused, match="has a plan already"):
        start_plan(by=cast.manager, case=case, type="early_help")


def test_a_kind_of_plan_that_the_pack_does_not_have_is_refused(cast, case, as_):
    with as_(cast.family_worker), pytest.raises(Refused, match="Choose the kind of plan"):
        start_plan(by=cast.family_worker, case=case, type="nonsense")


def test_a_whole_plan_is_agreed_and_its_first_review_is_due(cast, case, agreed, kelly, as_):
    with as_(cast.family_worker):
        plan = Plan.objects.get(pk=agreed.pk)
        review_on = clock.add_working_days(clock.today(), pack().first_review_days("early_help"))
        assert (plan.status, plan.agreed_on, plan.next_review_on) == ("agreed", clock.today(), review_on)
        assert PlanAgreement.objects.get(plan=plan).person == kelly
        assert Case.objects.get(pk=case.pk).stage == "working"
        assert due(case, "plan") is None
        assert (due(case, "review").due_on, due(case, "review").owner) == (review_on, cast.family_worker)


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ({"measure": " "}, "how we will know"),
        ({"starting_score": None}, "a starting score"),
        ({"area": ""}, "what it is about"),
    ],
)
def test_a_plan_is_not_agreed_with_half_an_outcome(cast, draft, agree, as_, lacking, sentence):
    with as_(cast.family_worker):
        add_outcome(by=cast.family_worker, plan=draft, **{**WHOLE, **lacking})
        with pytest.raises(Refused, match=f"Outcome 1 needs {sentence}"):
            agree(draft)
        assert Plan.objects.get(pk=draft.pk).status == "draft"


def test_a_plan_is_not_agreed_without_an_outcome_or_without_a_lead(cast, family, draft, agree, as_):
    with as_(cast.family_worker), pytest.raises(Refused, match="at least one outcome"):
        agree(draft)
    with as_(cast.manager):
        close_case(by=cast.manager, case=draft.case, reason="opened_in_error", outcome="not_known")
        leaderless = open_case(by=cast.manager, family=family)
        plan = start_plan(by=cast.manager, case=leaderless, type="early_help")
        add_outcome(by=cast.manager, plan=plan, **WHOLE)
        with pytest.raises(Refused, match="Name a lead practitioner"):
            agree_plan(by=cast.manager, plan=plan, agreed_on=clock.today(), agreed_by=["Kelly"], how="together")
        name_lead(by=cast.manager, case=leaderless, lead=cast.manager)
        assert (
            agree_plan(by=cast.manager, plan=plan, agreed_on=clock.today(), agreed_by=["Kelly"], how="together").status
            == "agreed"
        )


def test_a_plan_is_agreed_on_a_day_that_has_come_and_not_before_it_was_started(cast, draft, outcome, kelly, as_):
    with as_(cast.family_worker):
        for days, sentence in ((1, "today or in the past"), (-1, "cannot be before")):
            with pytest.raises(Refused, match=sentence):
                agree_plan(
                    by=cast.family_worker,
                    plan=draft,
                    agreed_on=clock.today() + dt.timedelta(days=days),
                    agreed_by=[kelly],
                    how="together",
                )


def test_nobody_of_another_family_can_be_said_to_have_agreed(cast, draft, outcome, area, as_):
    by = cast.family_worker
    with as_(by):
        other = open_family(by=by, name="Bold", area=area)
        stranger = add_person(by=by, family=other, role="parent", given_name="Sam", family_name="Bold")
        with pytest.raises(Refused, match="not in this family"):
            agree_plan(by=by, plan=draft, agreed_on=clock.today(), agreed_by=[stranger], how="together")


def test_a_plan_that_changes_says_so_until_the_family_agrees_again(cast, agreed, agree, as_):
    by = cast.family_worker
    with as_(by), clock.frozen(clock.now()) as hands:
        hands.forward(minutes=5)
        assert not Plan.objects.get(pk=agreed.pk).has_changed
        add_outcome(by=by, plan=agreed, **{**WHOLE, "want": "Mia sleeps."})
        assert Plan.objects.get(pk=agreed.pk).has_changed
        hands.forward(minutes=5)
        agree(agreed)
        assert not Plan.objects.get(pk=agreed.pk).has_changed
        assert PlanAgreement.objects.filter(plan=agreed).count() == 2


def test_an_agreed_plan_takes_no_half_outcome(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        with pytest.raises(Refused, match="Each outcome needs how we will know and a starting score"):
            add_outcome(by=by, plan=agreed, want="More money.", area="be_healthy")
        outcome = Outcome.objects.get(plan=agreed)
        with pytest.raises(Refused, match="Each outcome needs how we will know"):
            change_outcome(by=by, outcome=outcome, seen_version=1, **{**WHOLE, "measure": ""})
        assert Outcome.objects.get(pk=outcome.pk).measure == WHOLE["measure"]


def test_making_it_another_kind_of_plan_keeps_what_it_was_and_brings_the_review_nearer(cast, case, agreed, as_):
    with as_(cast.family_worker):
        change_plan_type(by=cast.family_worker, plan=agreed, type="edge_of_care", why="Jake was nearly placed.")
        plan = Plan.objects.get(pk=agreed.pk)
        change = TypeChange.objects.get(plan=plan)
        assert (plan.type, change.from_type, change.to_type, change.why) == (
            "edge_of_care",
            "early_help",
            "edge_of_care",
            "Jake was nearly placed.",
        )
        soon = clock.add_working_days(clock.today(), pack().first_review_days("edge_of_care"))
        assert plan.next_review_on == soon == due(case, "review").due_on
        with pytest.raises(Refused, match="already"):
            change_plan_type(by=cast.family_worker, plan=agreed, type="edge_of_care", why="Again.")


def test_the_second_to_save_sees_both_texts_and_neither_is_lost(cast, draft, as_):
    words = {"strengths": "", "if_harder": ""}
    with as_(cast.family_worker):
        describe_plan(by=cast.family_worker, plan=draft, aim="Calm mornings.", seen_version=1, **words)
    with as_(cast.manager):
        mine = Plan.objects.get(pk=draft.pk)
        with pytest.raises(Conflict) as told:
            describe_plan(by=cast.manager, plan=mine, aim="Everybody at school.", seen_version=1, **words)
        assert told.value.texts == {"aim": ("Calm mornings.", "Everybody at school.")}
        assert told.value.theirs_by == "Joanne Pickup"
        describe_plan(by=cast.manager, plan=mine, aim="Both.", seen_version=2, **words)
        assert Plan.objects.get(pk=draft.pk).aim == "Both."


def test_an_outcome_changed_by_two_people_at_once_loses_neither(cast, draft, outcome, as_):
    with as_(cast.family_worker):
        change_outcome(
            by=cast.family_worker, outcome=outcome, seen_version=1, **{**WHOLE, "want": "Calm school mornings."}
        )
    with as_(cast.manager):
        mine = Outcome.objects.get(pk=outcome.pk)
    with as_(cast.manager), pytest.raises(Conflict) as told:
        change_outcome(
            by=cast.manager, outcome=mine, seen_version=1, **{**WHOLE, "want": "Quiet.", "starting_score": 2}
        )
    assert told.value.texts == {"want": ("Calm school mornings.", "Quiet."), "starting_score": ("3", "2")}


def test_an_outcome_sent_twice_is_added_once(cast, draft, outcome, as_):
    with as_(cast.family_worker):
        assert add_outcome(by=cast.family_worker, plan=draft, **WHOLE) == outcome
        assert Outcome.objects.filter(plan=draft).count() == 1


def test_an_outcome_is_the_whole_familys_or_one_of_theirs(cast, draft, kelly, area, as_):
    by = cast.family_worker
    with as_(by):
        assert add_outcome(by=by, plan=draft, **WHOLE).whose == "The whole family"
        assert add_outcome(by=by, plan=draft, person=kelly, **{**WHOLE, "want": "Work."}).whose == "Kelly Ashworth"
        other = open_family(by=by, name="Bold", area=area)
        stranger = add_person(by=by, family=other, role="child", given_name="Sam", family_name="Bold")
        with pytest.raises(Refused, match="not in this family"):
            add_outcome(by=by, plan=draft, person=stranger, **{**WHOLE, "want": "Home."})


def test_an_outcome_is_reached_or_set_aside_and_taken_up_again(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        outcome = Outcome.objects.select_related("plan__case").get(plan=agreed)
        end_outcome(by=by, outcome=outcome, state="met", ended_why="Five days of five.")
        assert (outcome.state, outcome.ended_on) == ("met", clock.today())
        with pytest.raises(Refused, match="stands like that already"):
            end_outcome(by=by, outcome=outcome, state="met")
        with pytest.raises(Refused, match="not being worked on"):
            change_outcome(by=by, outcome=outcome, seen_version=1, **WHOLE)
        end_outcome(by=by, outcome=outcome, state="open")
        assert Outcome.objects.get(pk=outcome.pk).ended_on is None


@pytest.mark.parametrize("score", [-1, 11, 99])
def test_the_database_itself_refuses_a_score_off_the_scale(cast, draft, as_, score):
    with as_(cast.family_worker), pytest.raises(DatabaseError), transaction.atomic():
        add_outcome(by=cast.family_worker, plan=draft, **{**WHOLE, "starting_score": score})


def test_an_ended_plan_is_read_only_and_another_can_start_from_what_was_not_reached(cast, case, agreed, as_):
    by = cast.family_worker
    with as_(by):
        end_plan(by=by, plan=agreed, why="The family wants to begin again.")
        assert due(case, "review") is None
        with pytest.raises(Refused, match="has ended"):
            add_outcome(by=by, plan=agreed, **{**WHOLE, "want": "More."})
        points = queries.starting_points(by, case)
        assert [point.words for point in points] == ["I want calm mornings."]
        second = start_plan(by=by, case=case, type="return_home", starting_points=points)
        copied = Outcome.objects.get(plan=second)
        assert (copied.want, copied.measure, copied.starting_score, copied.latest_score) == (
            WHOLE["want"],
            WHOLE["measure"],
            3,
            None,
        )


def test_only_the_lead_or_a_manager_ends_a_plan(cast, agreed, as_):
    with as_(cast.development_officer), pytest.raises(Refused, match="Only the lead practitioner"):
        end_plan(by=cast.development_officer, plan=Plan.objects.get(pk=agreed.pk), why="No.")


def test_what_is_stored_is_clean_of_direction_overrides_and_control_characters(cast, draft, as_):
    with as_(cast.family_worker):
        made = add_outcome(
            by=cast.family_worker, plan=draft, **{**WHOLE, "want": "\u202eevil\x00\u202c calm <b>mornings</b> "}
        )
        assert Outcome.objects.get(pk=made.pk).want == "evil calm <b>mornings</b>"


def test_each_change_is_on_record_without_a_name_or_a_word_of_it(cast, agreed, as_):
    with as_(cast.manager):
        events = list(AuditEvent.objects.filter(family_id=agreed.family_id, verb__startswith="plans."))
    assert {event.verb for event in events} == {"plans.plan_started", "plans.outcome_added", "plans.plan_agreed"}
    assert not any("calm" in str(event.detail) or "Kelly" in str(event.detail) for event in events)


def test_a_plan_begins_from_what_the_assessment_says_is_needed(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        assessment = start_assessment(by=by, case=case)
    write(by, assessment, "parents", {"basic_care__needs": "The boiler is broken."})
    with as_(by):
        points = queries.starting_points(by, case)
        assert [point.need for point in points] == ["The boiler is broken."]
        plan = start_plan(by=by, case=case, type="early_help", starting_points=points)
        outcome = Outcome.objects.get(plan=plan)
        assert (outcome.from_need, outcome.want) == ("The boiler is broken.", "")
        assert queries.whole_plan(by, plan).wanting == [
            "Outcome 1 needs what it is about, what the family wants, how we will know and a starting score."
        ]


def test_an_agreement_by_nobody_or_in_no_known_way_is_refused_also_without_the_form(cast, draft, outcome, kelly, as_):
    by, today = cast.family_worker, clock.today()
    with as_(by):
        with pytest.raises(Refused, match="Say who agreed"):
            agree_plan(by=by, plan=draft, agreed_on=today, agreed_by=[], how="together")
        with pytest.raises(Refused, match="how they agreed"):
            agree_plan(by=by, plan=draft, agreed_on=today, agreed_by=[kelly], how="by pigeon")


def test_agreed_again_after_a_change_the_plan_says_who_agrees_now(cast, draft, outcome, agree, as_):
    by = cast.family_worker
    with as_(by):
        agree(draft)
        add_outcome(by=by, plan=draft, **(WHOLE | {"want": "A quiet room to read in."}))
        agree_plan(
            by=by, plan=draft, agreed_on=clock.today(), agreed_by=["His father"], how="by_phone", disagreement="None."
        )
        whole = queries.whole_plan(by, queries.plan_of(by, draft.reference))
    assert whole.agreed_by == ["His father"] and whole.plan.disagreement == "None."
