"""What panels decide and audits find becomes one list, which courses answer; and whoever raised it hears of it."""

import datetime as dt
from typing import Any

import pytest

from hearth.casework.panels.models import PanelItem
from hearth.casework.panels.running.actions import decide_panel_item
from hearth.casework.panels.tests.conftest import (  # noqa: F401 - fixtures
    agreements,
    item,
    listed,
    meeting,
    panel,
    plan,
    propose,
    sitting,
)
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.messages.models import Message
from hearth.oversight.quality.training.actions import raise_training_need
from hearth.oversight.quality.workforce.attendance.actions import record_attendance
from hearth.oversight.quality.workforce.needs import queries
from hearth.oversight.quality.workforce.needs.actions import answer_need
from hearth.oversight.quality.workforce.tests.conftest import book, refused
from hearth.records.people.restrictions.actions import place_restriction

SECRET = "Kelly says that nobody asked her"


@pytest.fixture
def decided(cast: Any, sitting: Any, listed: Any) -> Any:  # noqa: F811
    """The panel decides that people need training, in words about the family."""
    by = cast.panel_coordinator
    with acting_as(by):
        rows = PanelItem.objects.select_related("family", "meeting__panel__area", "panel")
        return decide_panel_item(by=by, item=rows.get(pk=listed.pk), kind="training", words=SECRET, reasons=SECRET)


def _needs(reader: Any) -> list[queries.Need]:
    with acting_as(reader):
        return queries.needs(reader)


def _told(by: Any, person: Any) -> list[str]:
    with acting_as(by):
        return list(Message.objects.filter(to_user_id=person.id, made_by_id=by.id).values_list("template", flat=True))


def test_a_panels_decision_stands_in_the_list_without_a_word_of_the_family(
    cast: Any, decided: Any, family: Any, as_client: Any
) -> None:
    (found,) = _needs(cast.quality_lead)
    assert found.what.startswith("Training about") and (found.source, found.state) == ("Burnley panel", "open")
    page = as_client(cast.quality_lead).get("/training/needs/").content.decode()
    assert "Burnley panel" in page and cast.panel_coordinator.full_name in page
    for word in (SECRET, "Ashworth", "Kelly", family.reference):
        assert word not in page
    for who in ("manager", "panel_coordinator", "elected_member", "family_worker"):
        assert _needs(getattr(cast, who)) == [], who
        assert as_client(getattr(cast, who)).get("/training/needs/").status_code == 403, who


def test_what_was_decided_of_a_restricted_family_is_in_no_list(cast: Any, decided: Any, family: Any) -> None:
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=family.reference, reason="Threats")
    assert _needs(cast.quality_lead) == []


def test_whoever_raised_it_hears_that_a_course_is_there_and_was_held(
    cast: Any, decided: Any, planned: Any, course: Any
) -> None:
    lead, officer, run = cast.quality_lead, cast.development_officer, planned()
    book(cast.health_visitor, run)
    (need,) = _needs(lead)
    with acting_as(lead):
        answer_need(by=lead, need=need, course=course)
        with refused("workforce.answered"):
            answer_need(by=lead, need=need, course=course)
    assert _told(lead, cast.panel_coordinator) == ["need_answered"]
    assert [each.state for each in _needs(lead)] == ["answered"]
    with clock.frozen(run.held_on + dt.timedelta(days=1)), acting_as(officer):
        for _ in range(2):
            record_attendance(by=officer, run=run, attended={cast.health_visitor.id})
    assert _told(officer, cast.panel_coordinator) == ["need_course_held"], "once, however often it is corrected"
    assert [each.state for each in _needs(lead)] == ["held"]


def test_what_an_audit_raised_stands_beside_it(cast: Any, decided: Any, course: Any, area: Any) -> None:
    lead = cast.quality_lead
    with acting_as(lead):
        raise_training_need(by=lead, title="Asking fathers", why="Left out six times", area=area)
        need = next(each for each in queries.needs(lead) if not each.is_of_panel)
        assert (need.what, need.source) == ("Asking fathers", "An audit")
        answer_need(by=lead, need=need, course=course)
    assert [each.state for each in _needs(lead)] == ["open", "answered"]


def test_only_the_lead_names_a_course(cast: Any, decided: Any, course: Any) -> None:
    (need,) = _needs(cast.quality_lead)
    for who in ("manager", "panel_coordinator", "family_worker"):
        by = getattr(cast, who)
        with acting_as(by), refused("workforce.may_not_lead"):
            answer_need(by=by, need=need, course=course)
