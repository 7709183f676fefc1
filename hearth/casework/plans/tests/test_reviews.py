"""Reviews: each outcome beside last time, what happens next, the distance travelled."""

import datetime as dt
import uuid

import pytest

from hearth.casework.cases.due import set_due
from hearth.casework.cases.models import DueItem
from hearth.casework.plans.models import Outcome, OutcomeScore, Plan, Review
from hearth.casework.plans.outcomes.actions import add_outcome, change_outcome, end_outcome
from hearth.casework.plans.reviews import queries
from hearth.casework.plans.reviews.actions import correct_review, record_review
from hearth.casework.plans.tests.conftest import WHOLE
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Conflict, Refused

NEXT = dt.timedelta(days=30)


def reviewed(by, plan, score=5, **changed):
    outcomes = Outcome.objects.filter(plan=plan, state="open")
    return record_review(
        by=by,
        plan=plan,
        **{
            "reviewed_on": clock.today(),
            "took_part": [by],
            "scores": dict.fromkeys(outcomes, (score, "Better.")),
            "changed": "Two good weeks.",
            "decision": "carry_on",
            "next_review_on": clock.today() + NEXT,
            "seen_version": Review.objects.filter(plan=plan).count(),
            **changed,
        },
    )


def due(plan, kind):
    return DueItem.objects.filter(case=plan.case, kind=kind, done_at=None).first()


def test_a_review_scores_each_outcome_and_sets_the_day_of_the_next(cast, agreed, as_):
    with as_(cast.family_worker):
        review = reviewed(cast.family_worker, agreed)
        outcome = Outcome.objects.get(plan=agreed)
        assert (review.number, outcome.latest_score, outcome.latest_scored_on) == (1, 5, clock.today())
        assert Plan.objects.get(pk=agreed.pk).next_review_on == clock.today() + NEXT == due(agreed, "review").due_on


def test_an_outcome_is_scored_or_it_is_said_why_not(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        outcome = Outcome.objects.get(plan=agreed)
        for scores in ({}, {outcome: (None, " ")}):
            with pytest.raises(Refused, match="Score outcome 1, or say why"):
                reviewed(by, agreed, scores=scores)
        with pytest.raises(Refused, match="from 0 to 10"):
            reviewed(by, agreed, scores={outcome: (11, "")})
        reviewed(by, agreed, scores={outcome: (None, "Jake was away.")})
        assert Outcome.objects.get(pk=outcome.pk).latest_score is None
        assert OutcomeScore.objects.get().why == "Jake was away."


def test_an_outcome_that_was_reached_is_not_asked_for_again(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        end_outcome(by=by, outcome=Outcome.objects.get(plan=agreed), state="met")
        assert reviewed(by, agreed, scores={}).number == 1


def test_a_review_stands_beside_the_one_before_and_the_first_beside_the_start(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        reviewed(by, agreed, score=5)
        reviewed(by, agreed, score=7)
        second, first = queries.two_reviews(by, agreed, 2)
        assert [(each.before, each.now) for each in queries.side_by_side(by, agreed, second, first)] == [(5, 7)]
        first, none = queries.two_reviews(by, agreed, 1)
        assert [(each.before, each.now) for each in queries.side_by_side(by, agreed, first, none)] == [(3, 5)]


def test_the_distance_travelled_runs_from_the_start_through_every_review(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        (still,) = queries.journeys(by, agreed)
        assert (still.words, still.distance, still.scored_again) == ("Not scored again yet", 0, False)
        for score, words in ((2, "1 worse"), (3, "No change"), (8, "5 better")):
            reviewed(by, agreed, score=score)
            (journey,) = queries.journeys(by, agreed)
            assert journey.words == words
        assert [each.point.score for each in journey.placed] == [3, 2, 3, 8]
        assert "3 on" in journey.said
        assert "5 better" in journey.said


def test_a_line_is_drawn_higher_for_a_better_score_and_stays_inside_its_frame(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        for score in (0, 10):
            reviewed(by, agreed, score=score)
        (journey,) = queries.journeys(by, agreed)
    ys = [each.y for each in journey.placed]
    assert ys[1] > ys[0] > ys[2]
    assert all(0 <= each.x <= 320 and 0 <= each.y <= 132 and 0 <= each.words_y <= 132 for each in journey.placed)


def test_a_starting_score_is_fixed_once_a_review_has_scored_the_outcome(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        reviewed(by, agreed)
        outcome = Outcome.objects.get(plan=agreed)
        with pytest.raises(Refused, match="its starting score stays"):
            change_outcome(by=by, outcome=outcome, seen_version=outcome.version, **{**WHOLE, "starting_score": 0})
        changed = change_outcome(by=by, outcome=outcome, seen_version=1, **{**WHOLE, "measure": "Five days of five."})
        assert changed.measure == "Five days of five."


def test_a_draft_is_not_reviewed_before_the_family_agrees_it(cast, draft, outcome, as_):
    with as_(cast.family_worker), pytest.raises(Refused, match="Agree the plan with the family first"):
        reviewed(cast.family_worker, draft)


def test_two_people_who_record_a_review_at_once_see_both_texts(cast, agreed, as_):
    with as_(cast.family_worker):
        reviewed(cast.family_worker, agreed)
    with as_(cast.manager), pytest.raises(Conflict) as told:
        reviewed(
            cast.manager, Plan.objects.get(pk=agreed.pk), changed="A hard month.", took_part=["Kelly"], seen_version=0
        )
    assert told.value.texts["changed"] == ("Two good weeks.", "A hard month.")
    assert told.value.theirs_by == "Joanne Pickup"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reviewed_on": clock.today() + dt.timedelta(days=1)}, "today or in the past"),
        ({"reviewed_on": clock.today() - dt.timedelta(days=1)}, "before the plan was started"),
        ({"decision": "nonsense"}, "Choose what happens next"),
        ({"next_review_on": None}, "Enter the day of the next review"),
        ({"next_review_on": clock.today() - dt.timedelta(days=1)}, "today or later"),
    ],
)
def test_a_review_that_cannot_be_true_is_refused(cast, agreed, as_, changed, sentence):
    with as_(cast.family_worker), pytest.raises(Refused, match=sentence):
        reviewed(cast.family_worker, agreed, **changed)


@pytest.mark.parametrize(("decision", "kind"), [("close", "closing"), ("step_down", "closing"), ("step_up", "step_up")])
def test_what_a_review_decides_is_due_and_no_other_review_is(cast, agreed, as_, decision, kind):
    by = cast.family_worker
    with as_(by):
        reviewed(by, agreed, decision=decision, next_review_on=None)
        assert due(agreed, kind).owner == by
        assert due(agreed, "review") is None
        reviewed(by, agreed, decision="carry_on")
        assert due(agreed, kind) is None
        assert due(agreed, "review") is not None


def test_what_was_to_be_agreed_after_a_step_down_is_done_by_a_review_or_by_agreeing_a_plan(cast, agreed, agree, as_):
    by, case = cast.family_worker, agreed.case
    with as_(by):
        for agrees in (lambda: reviewed(by, agreed), lambda: agree(Plan.objects.get(pk=agreed.pk))):
            day = clock.today() - dt.timedelta(days=1)
            set_due(case=case, kind="stepped_down", source_id=uuid.uuid4(), what="Agree it", due_on=day, owner=by)
            assert case.next_due_what == "Agree it"
            agrees()
            assert due(agreed, "stepped_down") is None
            case.refresh_from_db()
            assert case.next_due_what != "Agree it"


def test_the_day_by_which_a_case_is_closed_is_the_packs(cast, agreed, as_, monkeypatch):
    limits = pack().limits.model_copy(update={"close_after_review": 3})
    own = pack().model_copy(update={"limits": limits})
    monkeypatch.setattr("hearth.casework.plans.reviews.actions.pack", lambda: own)
    by = cast.family_worker
    with as_(by):
        reviewed(by, agreed, decision="close", next_review_on=None)
        assert due(agreed, "closing").due_on == clock.add_working_days(clock.today(), 3)


def test_a_score_for_an_outcome_of_another_plan_is_refused(cast, agreed, family, as_):
    from hearth.casework.plans.actions import end_plan, start_plan

    by = cast.family_worker
    with as_(by):
        foreign = Outcome.objects.get(plan=agreed)
        end_plan(by=by, plan=agreed, why="x")
        second = start_plan(by=by, case=agreed.case, type="early_help")
        add_outcome(by=by, plan=second, **WHOLE)
        Plan.objects.filter(pk=second.pk).update(status="agreed", agreed_on=clock.today())
        with pytest.raises(Refused, match="another plan"):
            reviewed(by, second, scores={foreign: (5, "")})


def corrected(by, review, score, **changed):
    outcomes = Outcome.objects.filter(plan=review.plan, state="open")
    typed = {
        "reviewed_on": clock.today(),
        "scores": dict.fromkeys(outcomes, (score, "Put right.")),
        "changed": "Two good weeks.",
        "decision": "carry_on",
        "next_review_on": clock.today() + NEXT,
        "seen_version": review.version,
    }
    return correct_review(by=by, review=review, **{**typed, **changed})


def test_the_latest_review_is_put_right_and_what_stood_before_is_kept(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        review = reviewed(by, agreed, score=9)
        corrected(by, review, 4, changed="One good week.", decision="close", next_review_on=None)
        outcome = Outcome.objects.get(plan=agreed)
        assert (review.changed, review.version, outcome.latest_score) == ("One good week.", 2, 4)
        assert OutcomeScore.objects.get(review=review).score == 4
        assert (due(agreed, "closing") is not None, due(agreed, "review")) == (True, None)
        history = list(review.events.order_by("pgh_id").values_list("changed", flat=True))
        assert history == ["Two good weeks.", "One good week."]


def test_a_score_taken_back_leaves_the_one_before_as_the_latest(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        reviewed(by, agreed, score=5)
        second = reviewed(by, agreed, score=9)
        corrected(by, second, None)
        assert Outcome.objects.get(plan=agreed).latest_score == 5


def test_only_the_latest_review_can_be_put_right_and_two_at_once_lose_neither(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        first = reviewed(by, agreed)
        reviewed(by, agreed, score=6)
        with pytest.raises(Refused, match="Only the latest"):
            corrected(by, first, 1)
        second = agreed.reviews.get(number=2)
        corrected(by, second, 7, changed="Calm.")
        with pytest.raises(Conflict) as told:
            corrected(by, second, 7, changed="Loud.", seen_version=1)
    assert told.value.texts == {"changed": ("Calm.", "Loud.")}


def test_a_review_sent_twice_is_recorded_once(cast, agreed, as_):
    by = cast.family_worker
    with as_(by):
        first = reviewed(by, agreed)
        assert reviewed(by, agreed, seen_version=0) == first
        assert Review.objects.filter(plan=agreed).count() == 1
