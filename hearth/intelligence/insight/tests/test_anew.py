"""When who is who has changed, the rules are worked out again: once a run that has read who it was is over."""

from typing import Any

import pytest

from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.insight import actions, jobs
from hearth.intelligence.insight.gathering import INSIGHT
from hearth.intelligence.insight.models import InsightRun


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The job begins on a fresh connection; the test's own is in the middle of its transaction."""
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)


def states(cast: Any) -> list[str]:
    """Each run's state, the oldest first."""
    with acting_as(cast.analyst):
        return list(InsightRun.objects.order_by("created_at").values_list("state", flat=True))


def test_it_starts_a_run_and_asked_twice_one(cast: Any) -> None:
    for _ in range(2):
        jobs.work_out_anew()
    assert states(cast) == ["waiting"]


def test_a_run_that_goes_on_is_waited_for(cast: Any) -> None:
    going_on = actions.start_run(by=INSIGHT)
    with acting_as(INSIGHT):
        InsightRun.objects.filter(pk=going_on.pk).update(state="running")
    with pytest.raises(Refused, match="worked out again after that"):
        jobs.work_out_anew()
    with acting_as(INSIGHT):
        InsightRun.objects.filter(pk=going_on.pk).update(state="done")
    jobs.work_out_anew()
    assert states(cast) == ["done", "waiting"]


def test_the_night_goes_on_with_a_run_that_a_command_left_in_the_middle(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued: list[Any] = []
    monkeypatch.setattr(actions, "defer", lambda name, **ids: queued.append((name, ids)))
    with acting_as(cast.analyst):
        left = actions.start_run(by=cast.analyst, queue=False)
    with acting_as(INSIGHT):
        InsightRun.objects.filter(pk=left.pk).update(state="running")
    assert queued == []
    jobs.nightly(0)
    assert queued == [("insight.work_out", {"run": left.pk})] and states(cast) == ["running"]
