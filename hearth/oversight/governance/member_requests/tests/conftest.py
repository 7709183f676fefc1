"""A request of a member at each step. A development officer keeps those of the first district; the strategic lead approves answers."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hearth.foundation.core import clock
from hearth.oversight.governance.member_requests import actions
from hearth.oversight.governance.member_requests.models import MemberRequest
from hearth.oversight.governance.risks.tests.conftest import ahead, other_officer, refused, told  # noqa: F401 - a fixture

WHAT = "A further report on how the money for working together with families is to be used."


def said(cast: Any, **more: Any) -> dict[str, Any]:
    """What was asked."""
    return {
        "asked_by": "The Committee", "meeting": "Cabinet Committee on Performance Improvement", "asked_on": ahead(-7), "kind": "report",
        "what": WHAT, "due_on": ahead(60), "owner": cast.development_officer,
    } | more  # fmt: skip


@pytest.fixture
def note(cast: Any, area: Any, as_: Any) -> Callable[..., MemberRequest]:
    """`note(what=...)` notes one of the first district."""

    def make(by: Any = None, **more: Any) -> MemberRequest:
        who = by or cast.development_officer
        with as_(who):
            return actions.note_member_request(by=who, **({"area": area} | said(cast, **more)))

    return make


@pytest.fixture
def request_(note: Any) -> MemberRequest:
    """One."""
    return note()


@pytest.fixture
def written(request_: MemberRequest, cast: Any, as_: Any) -> MemberRequest:
    """Its answer is written by its owner."""
    with as_(cast.development_officer):
        actions.write_member_answer(
            by=cast.development_officer, request=request_, words="It is planned in three parts."
        )
    return request_


@pytest.fixture
def approved(written: MemberRequest, cast: Any, as_: Any) -> MemberRequest:
    """And approved by the strategic lead."""
    with as_(cast.strategic_lead):
        actions.decide_member_answer(by=cast.strategic_lead, request=written, approve=True)
    return written


@pytest.fixture
def sent(approved: MemberRequest, cast: Any, as_: Any) -> MemberRequest:
    """And sent."""
    with as_(cast.development_officer):
        actions.send_member_answer(
            by=cast.development_officer, request=approved, sent_on=clock.today(), sent_how="Item 6 of the next meeting"
        )
    return approved


def boxes(name: str, day: dt.date) -> dict[str, Any]:
    """A day as its three boxes send it."""
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
