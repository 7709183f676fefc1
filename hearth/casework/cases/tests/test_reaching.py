"""A family that is hard to engage is worked with by plan: silence alone closes nothing."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from hearth.casework.cases.actions import close_case, join_team
from hearth.casework.cases.models import Case, DueItem, ReachingPlan, ReachingTry
from hearth.casework.cases.reaching.actions import (
    agree_to_stop,
    change_reaching,
    end_reaching,
    plan_try,
    record_try,
    start_reaching,
    undo_try,
)
from hearth.casework.cases.reaching.queries import timeline_entries
from hearth.desk.chronology import chronology
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Conflict, Refused

WORDS = {
    "noticed": "Three missed visits.",
    "in_the_way": "Nights at work.",
    "approach": "Saturday mornings, at the school.",
}
TODAY = clock.today


def started(by, case):
    return start_reaching(by=by, case=case, **WORDS)


def tried(by, plan, ways=("visit", "call", "visit"), reached=False):
    for number, way in enumerate(ways):
        attempt = plan_try(by=by, plan=plan, way=way, what=f"Try {number}", planned_on=clock.today(), by_user=by)
        record_try(by=by, attempt=attempt, tried_on=clock.today(), reached=reached)


def gone(by, case):
    return close_case(by=by, case=case, reason="could_not_engage", outcome="not_known")


def test_silence_alone_does_not_close_a_case(cast, case, as_):
    with as_(cast.family_worker), pytest.raises(Refused, match="Silence alone does not close a case"):
        gone(cast.family_worker, case)


def test_a_case_closes_for_no_engagement_only_after_tries_and_a_managers_agreement(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        plan = started(by, case)
        tried(by, plan)
        end_reaching(by=by, plan=plan, reached=False, ended_words="They do not answer.")
        with pytest.raises(Refused, match="Silence alone"):
            gone(by, case)
    with as_(cast.manager):
        agree_to_stop(by=cast.manager, plan=ReachingPlan.objects.select_related("case__area").get(pk=plan.pk))
    with as_(by):
        assert gone(by, case).stage == "closed"


def test_a_new_plan_after_the_agreement_must_be_tried_too(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        plan = started(by, case)
        tried(by, plan)
        end_reaching(by=by, plan=plan, reached=False, ended_words="They do not answer.")
    with as_(cast.manager):
        agree_to_stop(by=cast.manager, plan=ReachingPlan.objects.get(pk=plan.pk))
    with as_(by):
        started(by, case)
        with pytest.raises(Refused, match="Silence alone"):
            gone(by, case)


def test_the_family_cannot_be_given_up_after_too_few_tries_or_one_way_only(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        plan = started(by, case)
        with pytest.raises(Refused, match="Only 0 made"):
            end_reaching(by=by, plan=plan, reached=False, ended_words="No.")
        tried(by, plan, ways=("call", "call", "call"))
        with pytest.raises(Refused, match="different ways"):
            end_reaching(by=by, plan=plan, reached=False, ended_words="No.")
        attempt = plan_try(by=by, plan=plan, way="visit", what="x", planned_on=clock.today(), by_user=by)
        with pytest.raises(Refused, match="not made yet"):
            end_reaching(by=by, plan=plan, reached=False, ended_words="No.")
        record_try(by=by, attempt=attempt, tried_on=clock.today(), reached=False)
        assert end_reaching(by=by, plan=plan, reached=False, ended_words="No.").status == "could_not"


def test_how_often_and_in_how_many_ways_is_the_authoritys_own(cast, case, as_, monkeypatch):
    def with_least(**least):
        own = pack().model_copy(update={"closure": pack().closure.model_copy(update=least)})
        monkeypatch.setattr("hearth.casework.cases.reaching.rules.pack", lambda: own)

    by = cast.family_worker
    with as_(by):
        plan = started(by, case)
        tried(by, plan, ways=("call", "visit", "call"))
        with_least(least_tries=4)
        with pytest.raises(Refused, match="Try at least 4 times"):
            end_reaching(by=by, plan=plan, reached=False, ended_words="No.")
        with_least(least_tries=3, least_ways=3)
        with pytest.raises(Refused, match="at least 3 different ways"):
            end_reaching(by=by, plan=plan, reached=False, ended_words="No.")


def test_a_family_that_is_reached_ends_the_plan_at_once(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        plan = started(by, case)
        assert end_reaching(by=by, plan=plan, reached=True, ended_words="She rang.").status == "reached"
        assert not DueItem.objects.filter(case=case, kind__startswith="reaching", done_at=None).exists()


def test_whoever_leads_or_made_the_plan_cannot_agree_to_it_and_a_practitioner_never_can(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        join_team(by=by, case=case, user=cast.other_family_worker, role="practitioner")
    with as_(cast.manager):
        plan = started(cast.manager, case)
        tried(cast.manager, plan)
        end_reaching(by=cast.manager, plan=plan, reached=False, ended_words="No.")
        with pytest.raises(Refused, match="Somebody else must agree"):
            agree_to_stop(by=cast.manager, plan=plan)
    with as_(cast.other_family_worker), pytest.raises(Refused, match="A manager of the area must agree"):
        agree_to_stop(
            by=cast.other_family_worker, plan=ReachingPlan.objects.select_related("case__area").get(pk=plan.pk)
        )
    with as_(cast.county_manager):
        done = agree_to_stop(
            by=cast.county_manager, plan=ReachingPlan.objects.select_related("case__area").get(pk=plan.pk)
        )
        with pytest.raises(Refused, match="nothing to agree"):
            agree_to_stop(by=cast.county_manager, plan=done)


def test_there_is_one_plan_for_reaching_a_family_at_a_time(cast, case, as_):
    with as_(cast.family_worker):
        started(cast.family_worker, case)
        with pytest.raises(Refused, match="already"):
            started(cast.family_worker, case)


def test_each_try_is_due_from_whoever_makes_it_and_done_when_it_is_recorded(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        plan = started(by, case)
        attempt = plan_try(by=by, plan=plan, way="visit", what="Saturday", planned_on=clock.today(), by_user=by)
        due = DueItem.objects.get(case=case, kind="reaching")
        assert (due.owner, due.due_on, due.done_at) == (by, clock.today(), None)
        record_try(by=by, attempt=attempt, tried_on=clock.today(), reached=True, note="She opened.")
        assert DueItem.objects.get(case=case, kind="reaching").done_at is not None
        with pytest.raises(Refused, match="written down already"):
            record_try(by=by, attempt=attempt, tried_on=clock.today(), reached=False)


def test_a_try_sent_twice_is_planned_once(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        plan = started(by, case)
        same = {"way": "visit", "what": "Saturday", "planned_on": clock.today(), "by_user": by}
        assert plan_try(by=by, plan=plan, **same) == plan_try(by=by, plan=plan, **same)
        assert ReachingTry.objects.filter(plan=plan).count() == 1


def test_a_try_is_made_by_one_of_the_team_in_a_way_the_pack_knows_on_a_day_that_has_come(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        plan = started(by, case)
        with pytest.raises(Refused, match="not in the team"):
            plan_try(
                by=by, plan=plan, way="visit", what="x", planned_on=clock.today(), by_user=cast.other_family_worker
            )
        for way in ("contact_failed", "pigeon"):
            with pytest.raises(Refused, match="Choose how the family"):
                plan_try(by=by, plan=plan, way=way, what="x", planned_on=clock.today(), by_user=by)
        attempt = plan_try(by=by, plan=plan, way="visit", what="x", planned_on=clock.today(), by_user=by)
        with pytest.raises(Refused, match="today or in the past"):
            record_try(by=by, attempt=attempt, tried_on=clock.today() + dt.timedelta(days=1), reached=True)


def test_the_second_to_save_sees_both_texts_and_nothing_is_lost(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        plan = started(by, case)
        change_reaching(by=by, plan=plan, **{**WORDS, "noticed": "Four missed visits."}, seen_version=1)
    with as_(cast.manager), pytest.raises(Conflict) as told:
        change_reaching(by=cast.manager, plan=plan, **{**WORDS, "noticed": "Two letters."}, seen_version=1)
    assert told.value.texts == {"noticed": ("Four missed visits.", "Two letters.")}
    assert told.value.theirs_by == "Joanne Pickup"


def test_a_stranger_sees_no_plan_for_reaching_and_cannot_write_one_at_the_database(cast, case, as_):
    with as_(cast.family_worker):
        plan = started(cast.family_worker, case)
    for who in ("practitioner", "other_front_door_officer", "analyst", "administrator"):
        with as_(getattr(cast, who)):
            assert not ReachingPlan.objects.filter(pk=plan.pk).exists()
            with pytest.raises(DatabaseError), transaction.atomic():
                ReachingTry(
                    plan=plan,
                    family=case.family,
                    number=1,
                    way="visit",
                    what="x",
                    planned_on=clock.today(),
                    by_user=cast.analyst,
                ).save(force_insert=True)


def test_a_closed_case_takes_no_plan_for_reaching(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        close_case(by=by, case=case, reason="opened_in_error", outcome="not_known")
        with pytest.raises(Refused, match="closed"):
            started(by, Case.objects.get(pk=case.pk))


def test_how_a_try_went_is_taken_back_while_the_family_is_still_tried_and_is_due_again(cast, case, as_, as_client):
    by = cast.family_worker
    with as_(by):
        plan = started(by, case)
        attempt = plan_try(by=by, plan=plan, way="visit", what="At eight.", planned_on=TODAY(), by_user=by)
        with pytest.raises(Refused, match="not written down yet"):
            undo_try(by=by, attempt=attempt)
        record_try(by=by, attempt=attempt, tried_on=TODAY(), reached=True, note="She was in.")
    client, address = as_client(by), f"/cases/{case.reference}/reaching/"
    assert "Undo how try 1 went" in client.get(address).content.decode()
    client.get(f"{address}tries/1/undo/")
    with as_(by):
        assert ReachingTry.objects.get(pk=attempt.pk).reached is True  # an address alone changes nothing
    assert "It is taken back" in client.post(f"{address}tries/1/undo/", follow=True).content.decode()
    assert "She was in." in client.get(f"{address}tries/1/").content.decode()
    with as_(by):
        assert ReachingTry.objects.get(pk=attempt.pk).reached is None
        assert DueItem.objects.filter(case=case, kind="reaching", done_at=None).count() == 1


def test_nobody_else_takes_a_try_back_and_nobody_once_it_has_ended(cast, case, as_, as_client):
    by = cast.family_worker
    with as_(by):
        plan = started(by, case)
        tried(by, plan)
    address = f"/cases/{case.reference}/reaching/tries/1/undo/"
    assert as_client(cast.other_family_worker).post(address).status_code == 404
    with as_(by):
        end_reaching(by=by, plan=plan, reached=False, ended_words="No answer.")
        with pytest.raises(Refused):
            undo_try(by=by, attempt=ReachingTry.objects.select_related("plan__case__area").get(plan=plan, number=1))


def test_each_try_that_was_made_is_in_the_chronology_and_one_taken_back_is_not(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        plan = started(by, case)
        tried(by, plan, ways=("visit", "call"))
        told = [entry for entry in timeline_entries(by, case.family) if entry.kind == "Contact"]
        assert len(told) == 2 and all("nobody was reached" in entry.title for entry in told)
        assert all(by.full_name in entry.by and entry.written_at is not None for entry in told)
        assert {entry.title for entry in told} <= {entry.title for entry in chronology(by, case.family)}
        undo_try(by=by, attempt=ReachingTry.objects.order_by("number").last())
        plan_try(by=by, plan=plan, way="visit", what="Saturday", planned_on=clock.today(), by_user=by)
        assert len(timeline_entries(by, case.family)) == 1  # neither what was taken back nor what is only planned
    for who in ("practitioner", "other_family_worker", "charity_worker"):
        with as_(getattr(cast, who)):
            assert timeline_entries(getattr(cast, who), case.family) == []
