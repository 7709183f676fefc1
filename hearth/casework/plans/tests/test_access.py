"""Who may read and write a plan: the database says it, whatever a page forgets."""

import pytest
from django.db import DatabaseError, connection, transaction

from hearth.casework.plans import queries
from hearth.casework.plans.actions import change_plan_type
from hearth.casework.plans.meetings.actions import plan_meeting
from hearth.casework.plans.models import (
    Attendance,
    Meeting,
    Outcome,
    OutcomeScore,
    Plan,
    PlanAction,
    PlanAgreement,
    Review,
    TypeChange,
)
from hearth.casework.plans.reviews.actions import record_review
from hearth.casework.plans.who_does_what.actions import add_action
from hearth.foundation.core import clock
from hearth.records.people.access.actions import give_access
from hearth.records.people.models import Family
from hearth.records.people.restrictions.actions import place_restriction

EVERY = (Plan, TypeChange, PlanAgreement, Outcome, PlanAction, Meeting, Attendance, Review, OutcomeScore)
STRANGERS = (
    "practitioner",
    "colleague",
    "other_practitioner",
    "other_family_worker",
    "other_front_door_officer",
    "other_manager",
    "provider",
    "commissioner",
    "analyst",
    "strategic_lead",
    "board_member",
    "elected_member",
    "administrator",
    "information_governance",
    "charity_manager",
    "safeguarding_hub_social_worker",
)


@pytest.fixture
def full(cast, case, agreed, kelly, as_):
    """A plan with something in every table."""
    by = cast.family_worker
    with as_(by):
        meeting = plan_meeting(by=by, case=case, kind="first", planned_for=clock.now(), invited=[by, kelly])
        outcome = Outcome.objects.get(plan=agreed)
        add_action(by=by, plan=agreed, what="x", who=kelly, due_on=clock.today(), outcome=outcome, meeting=meeting)
        change_plan_type(by=by, plan=agreed, type="edge_of_care", why="y")
        record_review(
            by=by,
            plan=agreed,
            reviewed_on=clock.today(),
            took_part=[kelly],
            scores={outcome: (4, "")},
            changed="z",
            decision="carry_on",
            next_review_on=clock.today(),
            seen_version=0,
        )
    return agreed


def counts():
    return {model.__name__: model.objects.count() for model in EVERY}


def test_whoever_works_with_the_family_reads_all_of_it(cast, full, as_):
    for who in ("family_worker", "manager", "front_door_officer", "development_officer", "county_manager"):
        with as_(getattr(cast, who)):
            assert all(counts().values()), who


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_reads_nothing_of_it(cast, full, as_, who):
    stranger = getattr(cast, who)
    with as_(stranger):
        assert not any(counts().values())
        assert not any(model.objects.visible_to(stranger).exists() for model in EVERY)


@pytest.mark.parametrize("who", ["other_manager", "practitioner", "administrator"])
def test_a_stranger_writes_nothing_at_the_database(cast, full, as_, who):
    stranger = getattr(cast, who)
    with as_(stranger):
        assert Plan.objects.filter(pk=full.pk).update(aim="mine") == 0
        for row in (
            Plan(
                reference="PL-HOSTILE",
                case=full.case,
                family=full.family,
                type="early_help",
                started_on=clock.today(),
                started_by=stranger,
                changed_at=clock.now(),
            ),
            Outcome(plan=full, family=full.family, number=9),
            PlanAction(
                plan=full, family=full.family, number=9, what="x", due_on=clock.today(), state="to_do", user=stranger
            ),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                row.save(force_insert=True)


def test_nobody_removes_a_row_or_rewrites_history(cast, full, as_):
    with as_(cast.family_worker):
        for model in EVERY:
            assert model.objects.all()._raw_delete("default") == 0, model
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("update plans_outcomeevent set want = 'rewritten'")


def test_history_is_read_by_whoever_reads_the_plan_and_nobody_else(cast, full, as_):
    for who, sees in (("manager", True), ("other_manager", False), ("administrator", False)):
        with as_(getattr(cast, who)), connection.cursor() as cursor:
            cursor.execute("select count(*) from plans_outcomeevent where pgh_obj_id in (select id from plans_outcome)")
            assert bool(cursor.fetchone()[0]) is sees
            cursor.execute("select count(*) from plans_outcomeevent")
            assert bool(cursor.fetchone()[0]) is sees


def test_access_that_leaves_the_plan_out_shows_the_case_and_no_plan(cast, full, as_):
    partner = cast.health_visitor
    with as_(cast.family_worker):
        give_access(
            by=cast.family_worker, family=full.family, user=partner, why="team_around_family", categories=["basic"]
        )
    with as_(partner):
        assert Family.objects.filter(pk=full.family_id).exists()
        assert not any(counts().values())
    with as_(cast.family_worker):
        give_access(
            by=cast.family_worker,
            family=full.family,
            user=partner,
            why="team_around_family",
            categories=["basic", "plan"],
        )
    with as_(partner):
        assert all(counts().values())


def test_a_restricted_family_has_no_plan_for_anybody_who_is_not_named(cast, full, as_):
    govern = cast.information_governance
    with as_(govern):
        place_restriction(by=govern, reference=full.family.reference, reason="A threat was made.")
    for who in ("family_worker", "county_manager"):
        with as_(getattr(cast, who)):
            assert not any(counts().values())


def test_the_name_of_somebody_hidden_is_not_shown_by_what_was_given_to_them(cast, full, kelly, as_):
    govern = cast.information_governance
    with as_(govern):
        place_restriction(by=govern, reference=kelly.reference, reason="A threat was made.")
    with as_(cast.family_worker):
        (item,) = queries.actions_of(cast.family_worker, full)
        assert item.who == "A member of the family"
        assert "Kelly" not in str([choice.words for choice in queries.choices_of(cast.family_worker, full.case)])
        assert queries.whole_plan(cast.family_worker, full).agreed_by == ["A member of the family"]


def test_rows_seen_by_the_queries_are_those_the_policies_allow(cast, full, as_):
    for who in ("family_worker", "manager", *STRANGERS):
        reader = getattr(cast, who)
        with as_(reader):
            for model in EVERY:
                assert model.objects.count() == model.objects.visible_to(reader).count(), (who, model)
