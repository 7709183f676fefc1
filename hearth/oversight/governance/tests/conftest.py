"""Families whose time has passed, and some whose time has not."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from hearth.casework.cases.actions import close_case, open_case
from hearth.config.environment import database
from hearth.foundation.core.reader import acting_as
from hearth.oversight.governance.finding import find_due
from hearth.oversight.governance.models import Disposal
from hearth.records.people.actions import add_person, open_family

CLOSED = {"reason": "outcomes_met", "outcome": "most_met", "family_view": "Calm now."}


@pytest.fixture(scope="module", autouse=True)
def as_the_worker(django_db_setup: None) -> Iterator[None]:
    """Every connection of these tests is the worker's: only it may become `system:retention`. Pages are made by the same policies."""
    before = {name: connections.settings["default"][name] for name in ("USER", "PASSWORD")}
    worker = database(settings.TEST_ADDRESSES.worker)
    connections.close_all()
    connections.settings["default"].update({name: worker[name] for name in before})
    yield
    connections.close_all()
    connections.settings["default"].update(before)


@pytest.fixture
def make(cast: Any, area: Any) -> Callable[..., Any]:
    """`make("Oldroyd", 1998)` opens a family with a mother and children born in those years."""

    def opened(name: str, *years: int, **more: Any) -> Any:
        by = cast.family_worker
        with acting_as(by):
            family = open_family(by=by, name=name, area=area)
            mother = {
                "given_name": "Ann",
                "family_name": name,
                "born_on": dt.date(1975, 1, 1),
                "birth_precision": "full",
            }
            family.mother = add_person(by=by, family=family, role="parent", sex="F", **mother)
            family.children = [
                add_person(
                    by=by, family=family, role="child", given_name=f"Kid{number}", family_name=name, sex="F",
                    **({"born_on": dt.date(year, 3, 4), "birth_precision": "full"} | more),
                )
                for number, year in enumerate(years)
            ]  # fmt: skip
        return family

    return opened


@pytest.fixture
def closed_case(cast: Any) -> Callable[..., Any]:
    """A case of a family, opened and closed."""

    def worked(family: Any, before: Callable[[Any], Any] = lambda case: None) -> Any:
        by = cast.family_worker
        with acting_as(by):
            case = open_case(by=by, family=family, because="assessment", lead=by)
            before(case)
            return close_case(by=by, case=case, **CLOSED)

    return worked


@pytest.fixture
def due(cast: Any) -> Callable[..., Disposal]:
    """`due(family)` finds what is due and gives what was found of that record."""

    def of(row: Any) -> Disposal:
        find_due()
        with acting_as(cast.information_governance):
            return Disposal.objects.get(reference=row.reference)

    return of
