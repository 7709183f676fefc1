"""What tests of recorded touchpoints ask for: a small child of the Ashworths, and what health visitors sent of her."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hearth.foundation.core.reader import acting_as
from hearth.intelligence.insight.touchpoints.models import RecordedTouchpoint
from hearth.intelligence.insight.touchpoints.recording.actions import record_touchpoint
from hearth.intelligence.insight.touchpoints.tests.conftest import (  # noqa: F401
    EIGHT_WEEKS,
    agreed,
    analyst_reads,
    as_the_worker,
    commit,
    council,
    held,
    hold,
    link,
    own_folder,
    police,
    send,
    sent,
    una,
    work_out,
    worked_out,
    worker,
)

BY = "Grace Okafor, health visitor"


@pytest.fixture
def recorded(una: Any, family: Any, cast: Any) -> Callable[..., RecordedTouchpoint]:  # noqa: F811
    """Somebody records a touchpoint of Una; the family worker, where nobody is said."""

    def do(by: Any = None, touchpoint: str = "six-week-review", met_on: dt.date = EIGHT_WEEKS, **more: Any) -> Any:
        who = by or cast.family_worker
        with acting_as(who):
            told = {"met_by": BY, "words": "At the surgery.", **more}
            return record_touchpoint(by=who, family=family, person=una, touchpoint=touchpoint, met_on=met_on, **told)

    return do
