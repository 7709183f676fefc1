"""A step up that waits, and the words that go with one."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hearth.casework.cases.steps.actions import accept_step_up, request_step_down, request_step_up
from hearth.casework.cases.steps.models import CareStep
from hearth.casework.cases.steps.rules import PackItem, StepBasis

AGREED = StepBasis("consent", "Kelly said yes on the telephone.", agreed_on=dt.date(2026, 1, 5))
IN_DANGER = StepBasis("danger", "He has threatened her.", "significant_harm")
PEOPLE = PackItem("people", "The people of the family", "<p>Kelly and Jake Ashworth</p>", [{"name": "Kelly Ashworth"}])
NOTE = PackItem("note", "Home visit", "<p>The kitchen was cold.</p>", {"words": "The kitchen was cold."})
ASKED: dict[str, Any] = {
    "reason": "needs_not_met",
    "words": "It is getting worse.",
    "basis": AGREED,
    "items": [PEOPLE, NOTE],
}


@pytest.fixture
def asked(case: Any, cast: Any, as_: Any) -> Callable[..., CareStep]:
    """`asked(reason="edge_of_care")` asks social care to take the case, as its lead practitioner."""

    def make(by: Any = None, **told: Any) -> CareStep:
        by = by or cast.family_worker
        with as_(by):
            return request_step_up(by=by, case=case, **(ASKED | told))

    return make


@pytest.fixture
def up(asked: Any) -> CareStep:
    """A step up that waits for an answer."""
    return asked()


@pytest.fixture
def accepted(up: CareStep, cast: Any, as_: Any) -> CareStep:
    """A step up that the hub has accepted."""
    hub = cast.safeguarding_hub_social_worker
    with as_(hub):
        return accept_step_up(by=hub, step=up, basis=AGREED, answer="A social worker visits on Monday.")


@pytest.fixture
def down(accepted: CareStep, case: Any, cast: Any, as_: Any) -> CareStep:
    """A step down that waits for the front door."""
    hub = cast.safeguarding_hub_social_worker
    with as_(hub):
        case.refresh_from_db()
        return request_step_down(
            by=hub,
            case=case,
            reason="plan_ended",
            words="Please go on with the parenting work.",
            basis=AGREED,
            items=[PackItem("summary", "What was done", "<p>A plan of six months.</p>", [])],
        )
