"""A risk of the first district at each step. Its development officer keeps the log there and answers for it; the strategic lead answers."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from hearth.commissioning.contracts.tests.conftest import appointed
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message
from hearth.oversight.governance.risks import actions
from hearth.oversight.governance.risks.models import Risk, RiskAction, RiskEscalation

LEVEL, BOARD = "director", "programme_board"


@contextmanager
def refused(code: str) -> Iterator[None]:
    """It is refused, and by this rule."""
    with pytest.raises(Refused) as told:
        yield
    assert told.value.refusal.code == code


def ahead(days: int) -> dt.date:
    """So many days after today."""
    return clock.today() + dt.timedelta(days=days)


def said(cast: Any, **more: Any) -> dict[str, Any]:
    """What a risk says."""
    return {
        "title": "Two family workers leave at once", "subject": "delivery", "what": "Both posts are funded until March.",
        "controls": "Cover is asked of the next district.", "owner": cast.development_officer, "likelihood": 4, "impact": 3,
    } | more  # fmt: skip


def told(template: str, as_: Any, reader: Any) -> list[Any]:
    """Who was sent a message of that kind, as an administrator reads it."""
    with as_(reader):
        return list(
            Message.objects.filter(template=template).order_by("created_at").values_list("to_user_id", flat=True)
        )


@pytest.fixture
def other_officer(cast: Any, as_: Any, other_area: Any) -> Any:
    """A development officer of the second district."""
    return appointed(cast.other_family_worker, "development_officer", cast, as_, other_area)


@pytest.fixture
def log(cast: Any, area: Any, as_: Any) -> Callable[..., Risk]:
    """`log(title=...)` logs one of the first district."""

    def make(by: Any = None, **more: Any) -> Risk:
        who = by or cast.development_officer
        with as_(who):
            return actions.log_risk(by=who, **({"area": area} | said(cast, **more)))

    return make


@pytest.fixture
def risk(log: Any) -> Risk:
    """One."""
    return log()


@pytest.fixture
def point(risk: Risk, cast: Any, as_: Any) -> RiskAction:
    """Its action point, which the senior development officer does within the week."""
    with as_(cast.development_officer):
        return actions.add_action_point(
            by=cast.development_officer,
            risk=risk,
            what="Ask two agencies",
            owner=cast.senior_development_officer,
            due_on=ahead(5),
        )


@pytest.fixture
def escalated(risk: Risk, cast: Any, as_: Any) -> RiskEscalation:
    """Asked of the strategic lead."""
    with as_(cast.development_officer):
        return actions.escalate_risk(by=cast.development_officer, risk=risk, level=LEVEL, asked="May we advertise now?")
