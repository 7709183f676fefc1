"""The family view stands inside the pages people work on: the family, its assessment, the panel and the front door's decision."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.assessments.actions import start_assessment
from hearth.casework.assessments.queries import form_of
from hearth.casework.front_door.models import RequestPerson
from hearth.casework.front_door.tests.conftest import asking
from hearth.casework.front_door.triage.actions import match_person
from hearth.desk.panel.actions import say_when
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.insight.involvement.tests.conftest import (  # noqa: F401
    agreed,
    analyst_reads,
    as_the_worker,
    commit,
    council,
    held,
    hold,
    jake,
    link,
    own_folder,
    send,
    sent,
    work_out,
    worked_out,
    worker,
)

SHOWN = (
    "Who works with them",
    "Housing: Harbour Homes",
    "Past",
    "from 1 Feb 2024 until 5 Aug 2024",
    "01632 960441",
    "Not held",
)
DETAIL = ("child protection", "child_protection", "arrears", "anti-social")


def text_of(answer: Any) -> str:
    """The page's text."""
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def looks(kept_of: Callable[..., Any]) -> Callable[[Any], list[str]]:
    """Where somebody looked at a family view, in order."""

    def do(who: Any) -> list[str]:
        return [each.detail["where"] for each in kept_of(who) if each.verb == "insight.family_view_opened"]

    return do


def test_it_stands_on_the_familys_page_in_the_assessment_and_beside_the_panels_words(
    sent: Any,  # noqa: F811
    case: Any,
    family: Any,
    cast: Any,
    as_client: Any,
    looks: Any,
) -> None:
    by = cast.family_worker
    with acting_as(by):
        assessment = start_assessment(by=by, case=case)
        say_when(case, clock.today())
        section = next(each for each in form_of(assessment).sections if each.scope != "each_child")
    client = as_client(by)
    pages = [
        reverse("family", args=[family.reference]), reverse("assessment", args=[case.reference]),
        reverse("write_section", args=[case.reference, section.code]), reverse("record_panel", args=[case.reference]),
    ]  # fmt: skip
    for page in pages:
        shown = text_of(client.get(page))
        assert [words for words in SHOWN if words not in shown] == [], page
        assert [words for words in DETAIL if words in shown.lower()] == [], page
    assert looks(by) == ["family", "assessment", "assessment", "panel"]
    said = {"heard": "no", **{f"due_on-{part}": getattr(clock.today(), part) for part in ("day", "month", "year")}}
    assert client.post(pages[-1], said).status_code == 302
    assert len(looks(by)) == 4, "whoever only sends a form looks at nothing"


def test_the_front_door_sees_it_of_whoever_was_matched_and_is_told_so_before(
    sent: Any,  # noqa: F811
    family: Any,
    area: Any,
    cast: Any,
    as_client: Any,
    looks: Any,
) -> None:
    officer = cast.front_door_officer
    asked = asking(cast, area)()
    client = as_client(officer)
    pages = [reverse(name, args=[asked.reference]) for name in ("triage_request", "decide_request")]
    for page in pages:
        assert "What partners sent of those on record is then shown here" in text_of(client.get(page))
    assert looks(officer) == []
    with acting_as(officer):
        typed = RequestPerson.objects.filter(request=asked).order_by("place").first()
        match_person(by=officer, request=asked, typed=typed, person=sent)
    for page in pages:
        shown = text_of(client.get(page))
        assert [words for words in SHOWN if words not in shown] == [], page
        assert "Kelly Ashworth" not in shown.split("Who works with them")[1], "only whoever was matched"
    assert looks(officer) == ["front door", "front door"]
