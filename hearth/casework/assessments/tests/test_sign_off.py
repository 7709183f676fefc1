"""Sending, taking back, returning, signing off, and the version after it."""

import datetime as dt
import re

import pytest
from django.db import Error, connection, transaction
from django.http import Http404

from hearth.casework.assessments import actions, answers, overview, queries, rules
from hearth.casework.assessments.models import Answer, Assessment, Status
from hearth.casework.assessments.tests.conftest import fill_in, send, sign_off, write
from hearth.casework.cases.models import Case, DueItem, Stage
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.queries import deliveries_of
from hearth.records.people.access.actions import give_access
from hearth.records.people.models import Person


def test_an_assessment_with_gaps_cannot_be_sent_and_the_page_says_which(cast, assessment, as_):
    with as_(cast.family_worker):
        with pytest.raises(Refused, match="still needed"):
            send(cast.family_worker, assessment, cast.manager)
        progress = overview.sending(cast.family_worker, assessment)["progress"]
        needed = {
            (page.section.code, page.child and page.child.given_name, q.code)
            for page in progress.unfinished
            for q in page.missing
        }
    assert ("child_voice", "Jake", "child_words") in needed and ("conclusion", None, "worries") in needed


def test_a_grade_of_a_care_profile_is_sent_with_its_date_alone(cast, assessment, as_):
    worker = cast.family_worker
    fill_in(worker, assessment)
    with as_(worker):
        jake = Person.objects.get(given_name="Jake")
    write(worker, assessment, "care_profile", {"gcp2_physical": "2"}, child=jake)
    with pytest.raises(Refused, match="1 answer is still needed"):
        send(worker, assessment, cast.manager)
    with as_(worker):
        [page] = overview.sending(worker, assessment)["progress"].unfinished
    assert (page.child, [question.code for question in page.missing]) == (jake, ["gcp2_on"])
    write(worker, assessment, "care_profile", {"gcp2_on": dt.date(2026, 1, 12)}, child=jake)
    assert send(worker, assessment, cast.manager).status == Status.WITH_MANAGER


def test_sending_gives_it_to_the_manager_and_freezes_it(cast, case, sent, as_):
    with as_(cast.family_worker):
        due = {item.kind: item for item in DueItem.objects.filter(case=case, done_at=None)}
        assert (due["sign_off"].owner, due["sign_off"].due_on) == (cast.manager, sent.due_on)
        assert "assessment" not in due
    with pytest.raises(Refused, match="A manager is reading"):
        write(cast.family_worker, sent, "conclusion", {"worries": "More."}, {"worries": 1})


def test_what_is_with_a_manager_is_frozen_by_the_database_too(cast, sent, as_):
    with as_(cast.family_worker), pytest.raises(Error, match="frozen"), transaction.atomic():
        Answer.objects.update(value="changed")


@pytest.mark.parametrize(
    "who", ["family_worker", "other_manager", "charity_manager", "front_door_officer", "practitioner"]
)
def test_it_cannot_be_sent_to_somebody_who_could_not_sign_it_off(cast, assessment, as_, who):
    fill_in(cast.family_worker, assessment)
    with as_(cast.family_worker):
        to = getattr(cast, who)
    with pytest.raises(Refused, match="cannot sign off"):
        send(cast.family_worker, assessment, to)


def test_managers_offered_are_those_of_the_area_and_of_the_whole_authority(cast, assessment, as_):
    with as_(cast.family_worker):
        offered = {user.full_name for user in queries.managers_for(cast.family_worker, assessment)}
    assert offered == {"Yvonne Barlow", "Stephen Fell", "Mark Riding"}


def test_signing_off_freezes_it_moves_the_case_on_and_asks_for_a_plan(cast, case, signed_off, as_):
    with as_(cast.family_worker):
        now, case = Assessment.objects.get(pk=signed_off.pk), Case.objects.get(pk=case.pk)
        due = {item.kind: item for item in DueItem.objects.filter(case=case, done_at=None)}
        trail = set(AuditEvent.objects.filter(actor_id=cast.family_worker.id).values_list("verb", flat=True))
    assert (now.status, now.signed_off_by_id) == (Status.SIGNED_OFF, cast.manager.id)
    assert (case.stage, case.level) == (Stage.PLANNING, "universal_plus")
    assert due["plan"].owner == cast.family_worker and "sign_off" not in due
    assert {"assessments.assessment_started", "assessments.section_written", "assessments.assessment_sent"} <= trail


def test_a_signed_off_assessment_can_be_changed_by_nobody(cast, signed_off, as_):
    with pytest.raises(Refused, match="can no longer change"):
        write(cast.family_worker, signed_off, "conclusion", {"worries": "Other."}, {"worries": 1})
    changes = (
        lambda: Answer.objects.update(value="x"),
        lambda: Assessment.objects.update(level="x"),
        lambda: Assessment.objects.update(status="draft"),
        lambda: Answer(
            assessment=signed_off,
            family_id=signed_off.family_id,
            question="home",
            by_id=cast.manager.id,
            at=clock.now(),
        ).save(force_insert=True),
    )
    for who in (cast.family_worker, cast.manager):
        with as_(who):
            for change in changes:
                with pytest.raises(Error, match="frozen"), transaction.atomic():
                    change()
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("delete from assessments_answer")
                assert cursor.rowcount == 0


def test_the_author_cannot_sign_off_their_own(cast, case, family, as_):
    with as_(cast.county_manager):
        assessment = actions.start_assessment(by=cast.county_manager, case=case)
    fill_in(cast.county_manager, assessment)
    with as_(cast.county_manager):
        Assessment.objects.filter(pk=assessment.pk).update(author=cast.county_manager)
    sent = send(cast.family_worker, assessment, cast.manager)
    with pytest.raises(Refused, match="wrote or sent"):
        sign_off(cast.county_manager, sent)


def test_the_sender_cannot_sign_it_off(cast, assessment):
    fill_in(cast.family_worker, assessment)
    sent = send(cast.manager, assessment, cast.county_manager)
    with pytest.raises(Refused, match="wrote or sent"):
        sign_off(cast.manager, sent)


def test_a_manager_who_wrote_in_it_cannot_sign_it_off(cast, assessment):
    fill_in(cast.family_worker, assessment)
    write(cast.manager, assessment, "beginning", {"not_there": "Dad."})
    sent = send(cast.family_worker, assessment, cast.county_manager)
    with pytest.raises(Refused, match="wrote part"):
        sign_off(cast.manager, sent)
    assert sign_off(cast.county_manager, sent).is_signed_off


@pytest.mark.parametrize("who", ["front_door_officer", "development_officer"])
def test_somebody_of_the_area_without_the_permission_cannot_sign_off_or_return(cast, sent, who, as_):
    with pytest.raises(Refused, match="Only a manager"):
        sign_off(getattr(cast, who), sent)
    with as_(getattr(cast, who)), pytest.raises(Refused, match="Only a manager"):
        actions.return_assessment(
            by=getattr(cast, who), assessment=sent, words="x", comments={}, seen_version=sent.version
        )


def test_a_manager_of_another_district_does_not_even_find_it(cast, sent, as_):
    with as_(cast.other_manager), pytest.raises(Http404):
        actions.sign_off_assessment(by=cast.other_manager, assessment=sent, seen_version=sent.version)


def test_a_return_shows_each_comment_on_its_page_until_it_is_sent_again(cast, case, sent, as_):
    with as_(cast.manager):
        actions.return_assessment(
            by=cast.manager,
            assessment=sent,
            words="Nearly there.",
            comments={"conclusion": "Whose worry is this?", "parents": "  "},
            seen_version=sent.version,
        )
    with as_(cast.family_worker):
        now = Assessment.objects.get(pk=sent.pk)
        said = [(each.section, each.text) for each in queries.comments_of(cast.family_worker, now)]
        assert said == [("conclusion", "Whose worry is this?")]
        due = DueItem.objects.get(case=case, kind="assessment", done_at=None)
    assert due.owner == cast.family_worker and due.what.startswith("Answer")
    write(cast.family_worker, now, "conclusion", {"worries": "Kelly's worry."}, {"worries": 1})
    again = send(cast.family_worker, now, cast.manager)
    with as_(cast.family_worker):
        kinds = [step.kind for step in queries.steps_of(cast.family_worker, again)]
    assert kinds == ["sent", "returned", "sent", "started"]


def test_taking_back_is_for_the_author_the_sender_and_the_lead(cast, sent, as_):
    with as_(cast.front_door_officer), pytest.raises(Refused, match="Only whoever wrote"):
        actions.take_back_assessment(by=cast.front_door_officer, assessment=sent)
    with as_(cast.family_worker):
        assert actions.take_back_assessment(by=cast.family_worker, assessment=sent).is_open
    write(cast.family_worker, sent, "conclusion", {"worries": "Second thoughts."}, {"worries": 1})


def test_a_manager_never_signs_what_was_taken_back_and_sent_anew_meanwhile(cast, sent, as_):
    opened = sent.version
    with as_(cast.family_worker):
        actions.take_back_assessment(by=cast.family_worker, assessment=sent)
    write(cast.family_worker, sent, "conclusion", {"worries": "Changed."}, {"worries": 1})
    send(cast.family_worker, sent, cast.manager)
    with as_(cast.manager), pytest.raises(Refused, match="since you opened it"):
        actions.sign_off_assessment(by=cast.manager, assessment=sent, seen_version=opened)


def test_a_new_version_copies_the_answers_and_leaves_the_signed_off_one_alone(cast, case, signed_off, as_):
    with clock.frozen(clock.now() + dt.timedelta(days=30)), as_(cast.family_worker):
        following = actions.start_new_version(by=cast.family_worker, assessment=signed_off, because="A new baby.")
        write(cast.family_worker, following, "conclusion", {"worries": "Sleep."}, {"worries": 1})
        old = answers.all_answers(cast.family_worker, signed_off)
        new = answers.all_answers(cast.family_worker, following)
        shown = overview.changes(cast.family_worker, queries.assessment_of(cast.family_worker, following.reference))
    assert set(old) == set(new)
    assert old[None, "worries", ""].value == "More words." and new[None, "worries", ""].value == "Sleep."
    assert [change.after for _, changes in shown["changed"] for change in changes] == ["Sleep."]
    assert shown["same"] == len(new) - 1
    assert (following.number, following.previous_id) == (2, signed_off.id)


def test_only_the_latest_signed_off_version_gets_a_new_one(cast, case, signed_off, as_):
    with as_(cast.family_worker):
        following = actions.start_new_version(by=cast.family_worker, assessment=signed_off, because="x")
        with pytest.raises(Refused, match="can still be changed"):
            actions.start_new_version(by=cast.family_worker, assessment=following, because="y")
        with pytest.raises(Refused, match="newer version"):
            actions.start_new_version(by=cast.family_worker, assessment=signed_off, because="y")


def test_a_second_version_signed_off_does_not_take_a_worked_case_back_to_planning(cast, case, signed_off, as_):
    with as_(cast.family_worker):
        Case.objects.filter(pk=case.pk).update(stage=Stage.WORKING)
        following = actions.start_new_version(by=cast.family_worker, assessment=signed_off, because="x")
    send(cast.family_worker, following, cast.manager)
    sign_off(cast.manager, following)
    with as_(cast.family_worker):
        assert Case.objects.get(pk=case.pk).stage == Stage.WORKING


def test_copied_words_of_a_manager_do_not_stop_them_signing_the_next_version(cast, case, assessment, as_):
    fill_in(cast.family_worker, assessment)
    write(cast.manager, assessment, "beginning", {"not_there": "Dad."})
    sign_off(cast.county_manager, send(cast.family_worker, assessment, cast.county_manager))
    with clock.frozen(clock.now() + dt.timedelta(days=1)):
        with as_(cast.family_worker):
            following = actions.start_new_version(by=cast.family_worker, assessment=assessment, because="x")
        send(cast.family_worker, following, cast.manager)
        assert sign_off(cast.manager, following).is_signed_off


def test_steps_and_comments_are_only_ever_added(cast, sent, as_):
    with as_(cast.family_worker):
        for sql in (
            "update assessments_assessmentstep set words = 'x'",
            "delete from assessments_assessmentstep",
            "delete from assessments_sectioncomment",
        ):
            with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)


def test_needs_for_the_plan_come_in_the_forms_order_with_whose_they_are(cast, case, assessment, as_):
    with as_(cast.family_worker):
        jake = Person.objects.get(given_name="Jake")
    write(
        cast.family_worker,
        assessment,
        "parents",
        {"warmth__needs": "More play.", "basic_care__needs": "A boiler.", "warmth__strengths": "Hugs."},
    )
    write(cast.family_worker, assessment, "development", {"general_health__needs": "Glasses."}, child=jake)
    with as_(cast.family_worker):
        found = queries.needs_of(cast.family_worker, case)
    assert [(need.text, need.child and need.child.given_name) for need in found] == [
        ("Glasses.", "Jake"),
        ("A boiler.", None),
        ("More play.", None),
    ]
    with as_(cast.other_manager):
        assert queries.needs_of(cast.other_manager, case) == []


def test_the_chronology_has_each_step_in_one_query(cast, family, signed_off, as_, django_assert_num_queries):
    with as_(cast.family_worker), django_assert_num_queries(1):
        entries = queries.timeline_entries(cast.family_worker, family)
    assert [entry.title for entry in entries] == [
        "Assessment signed off",
        "Assessment sent to a manager",
        "Assessment started",
    ]
    assert entries[0].by.startswith("Yvonne Barlow, ")


def test_a_case_closed_meanwhile_is_not_signed_off(cast, case, sent, as_):
    from hearth.casework.cases.actions import close_case

    with as_(cast.family_worker):
        close_case(by=cast.family_worker, case=case, reason="outcomes_met", outcome="all_met", family_view="Glad.")
    with as_(cast.manager):
        now = queries.assessment_of(cast.manager, sent.reference)
        assert rules.why_not_judge(cast.manager, now).code == "cases.closed"


def test_the_manager_and_then_the_author_are_told_once_each_and_nobody_of_their_own_work(cast, signed_off, as_):
    with as_(cast.family_worker):
        keys = [f"assessment_to_sign_off:{signed_off.reference}:2", f"assessment_signed_off:{signed_off.reference}:3"]
        told = deliveries_of([*keys, f"assessment_returned:{signed_off.reference}:3"])
    assert sorted(told) == sorted(keys)


def test_a_returned_assessment_begins_with_what_the_manager_wrote_and_counts_only_what_is_needed(
    cast, case, sent, as_, as_client
):
    with as_(cast.manager):
        actions.return_assessment(
            by=cast.manager,
            assessment=sent,
            words="Nearly there.",
            comments={"conclusion": "Whose worry?"},
            seen_version=sent.version,
        )
        Case.objects.filter(pk=case.pk).update(level="universal_plus")
    page = as_client(cast.family_worker).get(f"/cases/{case.reference}/assessment/").content.decode()
    assert page.index("Nearly there.") < page.index(" done.")
    assert find(pack().levels.levels, "universal_plus").label in page
    work_on_it = f'href="/cases/{case.reference}/assessment/">Work on it'
    read = f"/assessments/{sent.reference}/"
    shown = as_client(cast.family_worker).get(read).content.decode()
    assert shown.index("Nearly there.") < shown.index("Whose worry?") < shown.index(work_on_it)
    assert shown.index(work_on_it) < shown.index("The people")
    with as_(cast.family_worker):
        give_access(by=cast.family_worker, family=case.family, user=cast.analyst, why="team_around_family")
    only_read = as_client(cast.analyst).get(read).content.decode()
    assert only_read.index("Whose worry?") < only_read.index("The people") and work_on_it not in only_read
    again = as_client(cast.family_worker).get(f"/cases/{case.reference}/assessment/send/").content.decode()
    assert f'value="{cast.manager.id}" checked' in again  # it goes back to whoever had it
    with as_(cast.family_worker):
        progress = queries.sheet_of(cast.family_worker, Assessment.objects.get(pk=sent.pk)).progress
    left_out = [each for each in progress.pages if each not in progress.counted]
    assert left_out and not any(each.missing or each.answered for each in left_out)
    assert f"{progress.done} of {len(progress.counted)} pages done" in " ".join(page.split())
    tags = re.findall(
        r'<strong class="govuk-tag govuk-tag--(?:green|blue|grey)">(Done|Started|Not started|Only if used)<', page
    )
    assert (tags.count("Only if used"), len(tags)) == (len(left_out), len(progress.pages))
    assert tags.count("Done") == progress.done and "Not started" not in tags
    assert "is there. Pages marked “Only if used” are not counted" in page
