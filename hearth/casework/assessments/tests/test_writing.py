"""Writing: what is saved, who may, and two people at once."""

from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.http import Http404

from hearth.casework.assessments import actions, answers, queries
from hearth.casework.assessments.models import Answer, Assessment
from hearth.casework.assessments.tests.conftest import write
from hearth.casework.cases.actions import close_case
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.records.people.models import Person


def text_of(assessment: Assessment, question: str, part: str = "") -> Any:
    """What a box holds now, as its author reads it."""
    assert assessment.case.lead is not None
    with acting_as(assessment.case.lead):
        row = Answer.objects.filter(assessment=assessment, question=question, part=part).first()
        return row.value if row else None


def test_what_is_typed_is_saved_with_who_and_when(cast, assessment, as_):
    with as_(cast.family_worker):
        done = write(
            cast.family_worker,
            assessment,
            "parents",
            {"basic_care__strengths": "Meals on the table.", "basic_care__needs": ""},
        )
        row = Answer.objects.get(assessment=assessment)
    assert done.saved == ("basic_care__strengths",)
    assert (row.value, row.by, row.version) == ("Meals on the table.", cast.family_worker, 1)


def test_strengths_and_needs_of_one_element_can_be_written_by_two_people_at_once(cast, assessment, as_):
    with as_(cast.family_worker):
        write(cast.family_worker, assessment, "parents", {"basic_care__strengths": "Warm.", "basic_care__needs": ""})
    with as_(cast.manager):
        done = write(
            cast.manager, assessment, "parents", {"basic_care__strengths": "", "basic_care__needs": "Cold house."}
        )
    assert not done.disputed
    assert (text_of(assessment, "basic_care", "strengths"), text_of(assessment, "basic_care", "needs")) == (
        "Warm.",
        "Cold house.",
    )


def test_the_second_to_save_one_box_gets_both_texts_and_overwrites_nothing(cast, assessment, as_):
    with as_(cast.family_worker):
        write(cast.family_worker, assessment, "conclusion", {"worries": "Attendance."})
    with as_(cast.manager):
        done = write(cast.manager, assessment, "conclusion", {"worries": "Debt.", "must_change": "Income."})
        assert done.saved == ("must_change",)
        assert done.disputed["worries"].value == "Attendance."
        assert text_of(assessment, "worries") == "Attendance."
        chosen = write(cast.manager, assessment, "conclusion", {"worries": "Attendance. Debt."}, {"worries": 1})
    assert chosen.saved == ("worries",)
    assert text_of(assessment, "worries") == "Attendance. Debt."


def test_an_old_page_never_writes_back_what_its_writer_did_not_touch(cast, assessment, as_):
    with as_(cast.family_worker):
        write(cast.family_worker, assessment, "conclusion", {"worries": "One."})
        write(cast.family_worker, assessment, "conclusion", {"worries": "Two."}, {"worries": 1})
    with as_(cast.manager):
        done = write(cast.manager, assessment, "conclusion", {"worries": "One.", "must_change": "X"}, {"worries": 1})
    assert not done.disputed
    assert text_of(assessment, "worries") == "Two."


def test_an_emptied_box_is_nothing_and_its_text_stays_in_the_history(cast, assessment, as_):
    with as_(cast.family_worker):
        write(cast.family_worker, assessment, "conclusion", {"worries": "One."})
        write(cast.family_worker, assessment, "conclusion", {"worries": ""}, {"worries": 1})
        section = queries.form_of(assessment).section("conclusion")
        assert not queries.answered_in(cast.family_worker, assessment)
        history = answers.history_of(cast.family_worker, assessment, section, None, 1)
    assert [save.value for save in history.rows] == [None, "One."]


def test_history_cannot_be_rewritten(cast, assessment, as_):
    with as_(cast.family_worker):
        write(cast.family_worker, assessment, "conclusion", {"worries": "One."})
        for sql in ("update assessments_answerevent set value = '\"x\"'", "delete from assessments_answerevent"):
            with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)


def test_the_lead_practitioner_who_starts_it_is_its_author_and_has_it_due(cast, case, assessment, as_):
    with as_(cast.family_worker):
        due = case.due_items.get(kind="assessment", done_at=None)
    assert assessment.author == cast.family_worker
    assert (due.owner, due.source_id, due.due_on) == (cast.family_worker, assessment.id, assessment.due_on)


def test_an_assessment_started_by_the_front_door_belongs_to_the_first_who_writes(cast, family, as_):
    from hearth.casework.cases.actions import open_case

    with as_(cast.front_door_officer):
        case = open_case(by=cast.front_door_officer, family=family)
        assessment = actions.start_assessment(by=cast.front_door_officer, case=case)
        assert assessment.author is None
        assert case.due_items.get(kind="assessment").owner is None
    with as_(cast.family_worker):
        write(cast.family_worker, assessment, "conclusion", {"worries": "One."})
        assert case.due_items.get(kind="assessment").owner == cast.family_worker
        assessment.refresh_from_db()
    assert assessment.author_id == cast.family_worker.id


def test_a_case_has_one_assessment_at_a_time(cast, case, assessment, as_):
    with as_(cast.family_worker), pytest.raises(Refused, match="started already"):
        actions.start_assessment(by=cast.family_worker, case=case)


@pytest.mark.parametrize(
    "who", ["other_family_worker", "other_manager", "practitioner", "police_officer", "analyst", "administrator"]
)
def test_whoever_may_not_open_the_family_cannot_read_or_write(cast, case, assessment, as_, who):
    stranger = getattr(cast, who)
    with as_(cast.family_worker):
        write(cast.family_worker, assessment, "conclusion", {"worries": "One."})
    with as_(stranger):
        assert not Assessment.objects.exists() and not Answer.objects.exists()
        with pytest.raises(Http404):
            queries.case_of(stranger, case.reference)
        with pytest.raises(Http404):
            queries.assessment_of(stranger, assessment.reference)
        with pytest.raises(Http404):
            write(stranger, assessment, "conclusion", {"worries": "Mine."}, {"worries": 1})
        with pytest.raises(Error), transaction.atomic():
            Answer(
                assessment_id=assessment.id,
                family_id=assessment.family_id,
                question="worries",
                by=stranger,
                at=assessment.created_at,
            ).save(force_insert=True)
        assert Answer.objects.update(value="gone") == 0


def test_consent_that_leaves_assessments_out_hides_them_and_says_so(cast, case, assessment, as_):
    from hearth.records.people.access.actions import give_access

    with as_(cast.family_worker):
        give_access(
            by=cast.family_worker,
            family=case.family,
            user=cast.practitioner,
            why="team_around_family",
            categories=["basic", "plan"],
        )
    with as_(cast.practitioner):
        assert not Assessment.objects.exists()
        with pytest.raises(Refused, match="leaves out its assessments"):
            queries.case_of(cast.practitioner, case.reference)


def test_a_team_member_whose_consent_covers_assessments_writes_too(cast, case, assessment, as_):
    from hearth.records.people.access.actions import give_access

    with as_(cast.family_worker):
        give_access(
            by=cast.family_worker,
            family=case.family,
            user=cast.practitioner,
            why="team_around_family",
            categories=["assessment"],
        )
    with as_(cast.practitioner):
        assert queries.case_of(cast.practitioner, case.reference) == case
        assert write(cast.practitioner, assessment, "conclusion", {"worries": "At school."}).saved == ("worries",)


def test_a_closed_case_refuses_writing(cast, case, assessment, as_):
    with as_(cast.family_worker):
        close_case(by=cast.family_worker, case=case, reason="outcomes_met", outcome="all_met", family_view="Glad.")
        with pytest.raises(Refused, match="closed"):
            write(cast.family_worker, assessment, "conclusion", {"worries": "Late."})


def test_a_child_of_another_family_is_refused(cast, case, assessment, as_):
    from hearth.records.people.actions import add_person, open_family

    with as_(cast.family_worker):
        other = open_family(by=cast.family_worker, name="Brierley", area=case.area)
        stranger = add_person(by=cast.family_worker, family=other, role="child", given_name="Sam")
        with pytest.raises(Refused, match="no longer in the family"):
            write(cast.family_worker, assessment, "child_voice", {"child_words": "No."}, child=stranger)


def test_a_section_asked_of_each_child_is_not_written_about_the_family(cast, assessment, as_):
    with as_(cast.family_worker):
        jake = Person.objects.get(given_name="Jake")
        with pytest.raises(Http404):
            write(cast.family_worker, assessment, "child_voice", {"child_words": "Whose?"})
        with pytest.raises(Http404):
            write(cast.family_worker, assessment, "conclusion", {"worries": "Whose?"}, child=jake)


def test_each_child_has_answers_of_their_own(cast, assessment, as_):
    with as_(cast.family_worker):
        jake, mia = (Person.objects.get(given_name=name) for name in ("Jake", "Mia"))
        write(cast.family_worker, assessment, "child_voice", {"child_words": "I like maths."}, child=jake)
        write(cast.family_worker, assessment, "child_voice", {"child_words": "I like cats."}, child=mia)
        held = {answer.person.given_name: answer.value for answer in Answer.objects.select_related("person")}
    assert held == {"Jake": "I like maths.", "Mia": "I like cats."}


def test_text_that_would_mislead_the_eye_is_stored_without_the_trick(cast, assessment, as_):
    with as_(cast.family_worker):
        write(
            cast.family_worker, assessment, "conclusion", {"worries": "safe\u202eefas\u0000 <script>alert(1)</script>"}
        )
    assert text_of(assessment, "worries") == "safeefas <script>alert(1)</script>"


def test_the_database_itself_keeps_a_case_to_one_unfinished_assessment(cast, case, assessment, as_):
    with as_(cast.family_worker):
        second = Assessment(
            reference="AS-3333333", case=case, family_id=case.family_id, form_id=assessment.form_id, number=2,
            started_on=assessment.started_on, due_on=assessment.due_on,
        )  # fmt: skip
        with pytest.raises(Error), transaction.atomic():
            second.save(force_insert=True)


def test_savers_of_one_assessment_take_turns(cast, assessment):
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        write(cast.family_worker, assessment, "conclusion", {"worries": "One."})
    assert any("FOR NO KEY UPDATE" in query["sql"] for query in queries)
