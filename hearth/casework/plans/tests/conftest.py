"""Plans that the tests of this room begin from."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hearth.casework.plans.actions import agree_plan, start_plan
from hearth.casework.plans.meetings.actions import plan_meeting
from hearth.casework.plans.models import Outcome, Plan
from hearth.casework.plans.outcomes.actions import add_outcome
from hearth.casework.plans.reviews.actions import record_review
from hearth.casework.plans.who_does_what.actions import add_action
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.directory.models import Service
from hearth.records.people.models import Person
from hearth.records.sharing.actions import record_consent

WHOLE = {
    "want": "I want calm mornings.",
    "area": "enjoy_and_achieve",
    "measure": "On time four days of five.",
    "starting_score": 3,
    "target_score": 8,
}


@pytest.fixture
def kelly(cast: Any, family: Any) -> Person:
    """Jake and Mia's mother."""
    with acting_as(cast.family_worker):
        return Person.objects.get(given_name="Kelly", memberships__family=family)


@pytest.fixture
def draft(cast: Any, case: Any) -> Plan:
    """A plan being made by the lead, without outcomes."""
    with acting_as(cast.family_worker):
        return start_plan(by=cast.family_worker, case=case, type="early_help")


@pytest.fixture
def outcome(cast: Any, draft: Plan) -> Any:
    """A whole outcome of the draft: calm mornings, from 3, 8 would be good enough."""
    with acting_as(cast.family_worker):
        return add_outcome(by=cast.family_worker, plan=draft, **WHOLE)


@pytest.fixture
def agree(cast: Any, kelly: Person) -> Callable[[Plan], Plan]:
    """Kelly agrees a plan today."""

    def do(plan: Plan) -> Plan:
        return agree_plan(by=cast.family_worker, plan=plan, agreed_on=clock.today(), agreed_by=[kelly], how="together")

    return do


@pytest.fixture
def agreed(cast: Any, draft: Plan, outcome: Any, agree: Any) -> Plan:
    """The plan with its one outcome, agreed today."""
    with acting_as(cast.family_worker):
        return agree(draft)


@pytest.fixture
def full(cast: Any, case: Any, agreed: Plan, kelly: Person) -> Plan:
    """A plan with an action, a meeting and two reviews."""
    by = cast.family_worker
    with acting_as(by):
        plan_meeting(
            by=by, case=case, kind="first", planned_for=clock.now() + dt.timedelta(days=2), invited=[by, kelly]
        )
        outcome = Outcome.objects.get(plan=agreed)
        add_action(by=by, plan=agreed, what="Ring the school.", who=kelly, due_on=clock.today(), outcome=outcome)
        for score in (4, 6):
            record_review(
                by=by,
                plan=agreed,
                reviewed_on=clock.today(),
                took_part=[kelly],
                scores={outcome: (score, "Why.")},
                changed="Calmer.",
                decision="carry_on",
                next_review_on=clock.today(),
                seen_version=agreed.reviews.count(),
            )
    return agreed


@pytest.fixture
def service(charity: Any, offered: Any) -> Service:
    """Stay and play of Lantern, whose people sign in."""
    return offered(charity)


@pytest.fixture
def agreed_to(cast: Any, family: Any, kelly: Any) -> Callable[..., Any]:
    """Kelly agrees that Lantern is told, for these categories."""

    def do(*categories: str) -> Any:
        with acting_as(cast.family_worker):
            return record_consent(
                by=cast.family_worker, family=family, organisations=[cast.provider.organisation], decider=kelly, who_decided="parent",
                recorded_how="spoken", categories=list(categories or ("basic", "contact")),
            )  # fmt: skip

    return do
