"""Quiet reminders while an assessment is written: of a child not heard, of no father, of an outcome without a measure; they stop nothing."""

from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.assessments.actions import start_assessment
from hearth.casework.assessments.queries import sheet_of
from hearth.casework.assessments.tests.conftest import fill_in, send, write
from hearth.casework.plans.actions import start_plan
from hearth.casework.plans.outcomes.actions import add_outcome
from hearth.desk.quiet import quiet_checks
from hearth.foundation.core.reader import acting_as
from hearth.records.people.models import Membership


@pytest.fixture
def assessment(cast: Any, case: Any) -> Any:
    """The Ashworths' assessment, just begun."""
    with acting_as(cast.family_worker):
        return start_assessment(by=cast.family_worker, case=case)


def _said(reader: Any, assessment: Any) -> list[str]:
    with acting_as(reader):
        return [each.words for each in quiet_checks(reader, sheet_of(reader, assessment))]


def test_what_is_missing_is_said_and_goes_as_it_is_put_right(cast: Any, assessment: Any) -> None:
    worker, heard, father = (
        cast.family_worker,
        "Nothing is written yet of what {} says",
        "No father is shown for Jake and Mia",
    )
    assert _said(worker, assessment) == [heard.format("Jake and Mia"), father]
    with acting_as(worker):
        jake = Membership.objects.get(family=assessment.family_id, person__given_name="Jake").person
    write(worker, assessment, "child_voice", {"child_words": "I like it when Nan comes."}, child=jake)
    assert _said(worker, assessment) == [heard.format("Mia"), father]
    with acting_as(worker):
        plan = start_plan(by=worker, case=assessment.case, type="early_help")
        said: dict[str, Any] = {"by": worker, "plan": plan, "area": "stay_safe", "starting_score": 3, "target_score": 8}
        add_outcome(**said, want="Calm mornings", measure="We say so")
        add_outcome(**said, want="Quiet nights", measure="")
    assert _said(worker, assessment)[2:] == ["The plan does not say how anybody will know about outcome 2"]


def test_they_are_read_where_it_is_written_and_stop_nothing(
    cast: Any, assessment: Any, case: Any, as_client: Any
) -> None:
    worker = cast.family_worker
    pages = [reverse("assessment", args=[case.reference]), reverse("write_section", args=[case.reference, "beginning"])]
    client = as_client(worker)
    for page in pages:
        shown = client.get(page).content.decode()
        assert "Worth a second look" in shown and "No father is shown for Jake and Mia" in shown
    fill_in(worker, assessment)
    send(worker, assessment, cast.manager)
    assert "Worth a second look" not in client.get(pages[0]).content.decode(), (
        "nothing can be changed while a manager reads it"
    )


def test_however_many_children_the_queries_are_as_many(
    cast: Any, assessment: Any, django_assert_num_queries: Any
) -> None:
    with acting_as(cast.family_worker):
        sheet = sheet_of(cast.family_worker, assessment)
        assert sheet.assessment.case.family.reference
        with django_assert_num_queries(5):
            quiet_checks(cast.family_worker, sheet)
