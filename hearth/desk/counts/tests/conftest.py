"""What tests of the counts start from: requests and cases in two districts, on days that count and days that do not."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hearth.casework.cases.actions import close_case, open_case
from hearth.casework.front_door.tests.conftest import asking
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.people.actions import add_person, open_family

Days = Callable[..., Any]


@pytest.fixture
def ask_ago(cast: Any, area: Any) -> Days:
    """Send a request that many days ago, to the first district unless told otherwise."""

    def make(days: int, place: Any = None) -> Any:
        moment = clock.now() - dt.timedelta(days=days)
        with clock.frozen(moment):
            return asking(cast, area)(place=place, consent_on=moment.date() - dt.timedelta(days=1))

    return make


@pytest.fixture
def case_ago(cast: Any, area: Any) -> Days:
    """Open the case of a family with a child that many days ago, and close it where it is said when."""

    def make(name: str, days: int, *, closed: int | None = None, by: Any = None, place: Any = None) -> Any:
        by = by or cast.family_worker
        with acting_as(by):
            with clock.frozen(clock.now() - dt.timedelta(days=days)):
                family = open_family(by=by, name=name, area=place or area)
                born = {"born_on": dt.date(2017, 4, 1), "birth_precision": "full"}
                add_person(by=by, family=family, role="child", given_name="Zed", family_name=name, sex="M", **born)
                case = open_case(by=by, family=family, because="assessment", lead=by)
            if closed is not None:
                with clock.frozen(clock.now() - dt.timedelta(days=closed)):
                    close_case(by=by, case=case, reason="opened_in_error", outcome="not_known")
        return case

    return make
