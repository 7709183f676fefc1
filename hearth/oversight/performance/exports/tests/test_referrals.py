"""List 3: what early help asked social care to take, and what came of it."""

import datetime as dt
from typing import Any

from hearth.casework.cases.steps.actions import accept_step_up, decline_step_up, withdraw_step
from hearth.casework.cases.steps.tests.conftest import AGREED
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.performance.exports.tests.conftest import ago


def _declined(story: Any, step: Any, days: int) -> None:
    hub = story.cast.safeguarding_hub_social_worker
    with clock.frozen(ago(days)), acting_as(hub):
        decline_step_up(by=hub, step=step, decline_reason="threshold_not_met", answer="Go on with the plan.")


def _accepted(story: Any, step: Any, days: int) -> None:
    hub = story.cast.safeguarding_hub_social_worker
    with clock.frozen(ago(days)), acting_as(hub):
        accept_step_up(by=hub, step=step, basis=AGREED, answer="A social worker visits.")


def test_a_referral_that_waits_is_no_nfa_and_the_check_says_that_nobody_answered(told: Any, export_of: Any) -> None:
    story = told()
    story.steps_up(5)
    made = export_of()
    (row,) = made.of("List 3", story.child)
    assert row["Date of referral"].date() == ago(5)
    assert row["Referral Source"] == "o) 5B: LA services"
    assert row["Referral NFA?"] == "b) No"
    assert row["Number of Referrals in Last 12 Months"] == 0
    assert (row["Allocated Team"], row["Allocated Worker"]) == (story.by.organisation.name, story.by.full_name)
    assert "no_answer" in {gap["what"] for gap in made.export.gaps}


def test_what_social_care_answered_says_whether_there_is_more_to_come_and_who_has_it(told: Any, export_of: Any) -> None:
    declined, accepted = told("Declined"), told("Accepted")
    _declined(declined, declined.steps_up(9), 8)
    _accepted(accepted, accepted.steps_up(9), 7)
    made = export_of()
    said = {
        name: [
            (row["Referral NFA?"], row["Allocated Team"], row["Allocated Worker"])
            for row in made.of("List 3", story.child)
        ]
        for name, story in (("declined", declined), ("accepted", accepted))
    }
    hub = declined.cast.safeguarding_hub_social_worker.full_name
    assert said == {
        "declined": [("a) Yes", "Children's social care", hub)],
        "accepted": [("b) No", "Children's social care", hub)],
    }
    assert [row["Referral NFA?"] for row in export_of(to_on=ago(8)).of("List 3", accepted.child)] == ["b) No"]


def test_referrals_before_it_are_counted_for_twelve_months_and_the_withdrawn_are_not(told: Any, export_of: Any) -> None:
    story = told(opened=500)
    for days in (400, 300, 200, 10):
        _declined(story, story.steps_up(days), days - 1)
    step = story.steps_up(5)
    with acting_as(story.by):
        withdraw_step(by=story.by, step=step, withdrawal_reason="by_mistake")
    made = export_of(from_on=ago(310))
    counts = {
        row["Date of referral"].date(): row["Number of Referrals in Last 12 Months"]
        for row in made.of("List 3", story.child)
    }
    assert counts == {ago(300): 1, ago(200): 2, ago(10): 2}
    assert "Left out: 1 referral withdrawn before social care answered" in made.export.statement


def test_a_referral_that_names_a_child_is_of_that_child_and_otherwise_of_each(told: Any, export_of: Any) -> None:
    story = told()
    sister = story.another_child()
    story.steps_up(4, words="I fear for Leo.")
    assert [row["Child Unique ID"] for row in export_of().rows("List 3")] == [story.child.reference]
    other = told("Whole", given_name="Ivo")
    other.another_child(given_name="Una", born_on=dt.date(2021, 1, 1))
    other.steps_up(3, words="It is getting worse.")
    assert len(export_of().rows("List 3")) == 3
    assert sister.reference not in {row["Child Unique ID"] for row in export_of().rows("List 3")}


def test_help_ends_for_the_list_on_the_day_on_which_social_care_took_the_case(told: Any, export_of: Any) -> None:
    story = told(opened=400)
    story.signs_off(story.begins_assessment(390), 380)
    _accepted(story, story.steps_up(210), 200)
    assert export_of(from_on=ago(100)).rows("List 2") == []
    assert len(export_of(from_on=ago(390), to_on=ago(300)).rows("List 2")) == 1
