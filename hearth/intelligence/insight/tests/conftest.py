"""What tests of families of concern ask for: files sent and committed as the analyst would, and a run worked out as the worker would."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hearth.foundation.accounts.models import Area
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds.tests.conftest import (  # noqa: F401
    agreed,
    analyst_reads,
    commit,
    council,
    own_folder,
    police,
    send,
)
from hearth.intelligence.insight import actions, running
from hearth.intelligence.insight.models import FamilyOfConcern, Flag, InsightRun
from hearth.records.documents.tests.conftest import worker  # noqa: F401

AS_AT = dt.date(2026, 3, 20)
YEAR = (dt.date(2025, 4, 1), AS_AT)


@pytest.fixture(autouse=True)
def as_the_worker(worker: None) -> None:  # noqa: F811
    """Rules are worked out by an identity that the worker alone may become; pages read by the same policies on its connection."""


@pytest.fixture
def hold(send: Callable[..., Any], commit: Callable[[Any], Any]) -> Callable[..., Any]:  # noqa: F811
    """Send a file of a year up to the day of the run, and commit it."""

    def do(feed: str, content: bytes | str, **more: Any) -> Any:
        given = {"covers_from": YEAR[0], "covers_until": YEAR[1], "as_at": YEAR[1], "file_name": f"{feed}.csv"}
        return commit(send(feed, content, **(given | more)))

    return do


@pytest.fixture
def work_out(cast: Any) -> Callable[..., InsightRun]:
    """Have the rules worked out as at a day, by the worker's identity; the run as it ends."""

    def do(as_at: dt.date = AS_AT, by: Any = None) -> InsightRun:
        by = by or cast.analyst
        with acting_as(by):
            run = actions.start_run(by=by, as_at=as_at)
        running.work_out(run.pk)
        with acting_as(cast.analyst):
            run.refresh_from_db()
        return run

    return do


@pytest.fixture
def flagged(cast: Any) -> Callable[..., list[tuple[str, str]]]:
    """What stands, as the analyst sees it: (rule, person) of each flag, in order."""

    def do(*rules: str) -> list[tuple[str, str]]:
        with acting_as(cast.analyst):
            rows = Flag.objects.visible_to(cast.analyst).filter(is_found=True).exclude(state="dismissed")
            rows = rows.filter(rule__in=rules) if rules else rows
            return sorted(rows.values_list("rule", "person"))

    return do


@pytest.fixture
def concern(cast: Any) -> Callable[[str], FamilyOfConcern]:
    """The family of concern with that key."""

    def do(key: str) -> FamilyOfConcern:
        with acting_as(cast.analyst):
            return FamilyOfConcern.objects.get(key=key)

    return do


@pytest.fixture
def burnley(area: Area) -> Area:
    """A district that a file may be about."""
    return area
