"""What this room's tests share: an assessment that is begun, and ways to write in it."""

from collections.abc import Callable
from typing import Any

import pytest

from hearth.casework.assessments import actions, queries
from hearth.casework.assessments.boxes import boxes_for
from hearth.casework.assessments.models import Assessment
from hearth.foundation.core.packs.questions import Question
from hearth.foundation.core.reader import acting_as


@pytest.fixture
def assessment(cast: Any, case: Any) -> Assessment:
    """The Ashworths' assessment, started by their lead practitioner."""
    with acting_as(cast.family_worker):
        return actions.start_assessment(
            by=cast.family_worker, case=case, known={"request_reason": "Jake is missing school."}
        )


def write(
    by: Any,
    assessment: Assessment,
    section: str,
    typed: dict[str, Any],
    seen: dict[str, int] | None = None,
    child: Any = None,
) -> actions.Written:
    """Save a page as somebody would, in their own transaction."""
    with acting_as(by):
        found = queries.form_of(assessment).section(section)
        assert found is not None
        return actions.write_section(
            by=by, assessment=assessment, section=found, child=child, typed=typed, seen=seen or {}
        )


def _some_answer(question: Question) -> Any:
    return {
        "strengths_and_needs": f"About {question.label.lower()}.",
        "text": "Words.",
        "long_text": "More words.",
        "yes_no_not_sure": "yes",
        "scale_0_10": 4,
        "date": "2026-11-02",
        "choice": question.options and question.options[0].code,
        "many": [option.code for option in question.options[:2]],
    }[question.kind]


def fill_in(by: Any, assessment: Assessment, everything: bool = False) -> None:
    """Answer what is needed, or everything, on every page."""
    with acting_as(by):
        sheet = queries.sheet_of(by, assessment)
    for page in sheet.progress.pages:
        asked = [q for q in page.section.questions if everything or q.required]
        typed = {box.name: _some_answer(question) for question in asked for box in boxes_for(question)}
        write(by, assessment, page.section.code, typed, child=page.child)


def send(by: Any, assessment: Assessment, to: Any) -> Assessment:
    """Send it as it is now."""
    with acting_as(by):
        now = Assessment.objects.get(pk=assessment.pk)
        return actions.send_assessment(
            by=by, assessment=now, to=to, level="universal_plus", words="", seen_version=now.version
        )


def sign_off(by: Any, assessment: Assessment) -> Assessment:
    """Sign it off as it is now."""
    with acting_as(by):
        now = Assessment.objects.get(pk=assessment.pk)
        return actions.sign_off_assessment(by=by, assessment=now, seen_version=now.version)


@pytest.fixture
def sent(cast: Any, assessment: Assessment) -> Assessment:
    """The assessment, complete and with the manager of the district."""
    fill_in(cast.family_worker, assessment)
    return send(cast.family_worker, assessment, cast.manager)


@pytest.fixture
def signed_off(cast: Any, sent: Assessment) -> Assessment:
    """The assessment, signed off by the manager."""
    return sign_off(cast.manager, sent)


@pytest.fixture
def form_data() -> Callable[..., dict[str, Any]]:
    """What a browser would send from a page of the product: every field of its form as it stands."""
    from hearth.casework.assessments.tests.forms_of_pages import fields_of

    return fields_of
