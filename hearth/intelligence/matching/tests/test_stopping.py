"""Runs that are cancelled, stopped, at fault or two at once: what was in force stays, and nothing counts twice."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.conf import settings

from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.feeds import keeping
from hearth.intelligence.matching import actions, linking, queries
from hearth.intelligence.matching.models import LinkRun
from hearth.intelligence.matching.parameters import parameters


def test_a_run_cancelled_on_its_way_changes_nothing(
    town: Callable[..., None], run: Callable[..., Any], cast: Any
) -> None:
    town()
    before = run()
    started = actions.start_link_run(by=cast.analyst, afresh=True, queue=False)

    def cancel(step: str, percent: int) -> None:
        if percent == 70:
            LinkRun.objects.filter(pk=started.pk).update(state="cancelled")

    ended = linking.run_link(by=cast.analyst, run=started, progress=cancel)
    assert ended.state == "cancelled"
    assert not keeping.folder_of(started).exists()
    assert queries.linked_persons() == queries.file_of(before)


def test_a_run_that_was_left_in_the_middle_begins_again_and_counts_once(
    town: Callable[..., None], cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    town()
    started = actions.start_link_run(by=cast.analyst, queue=False)
    with monkeypatch.context() as patch:
        patch.setattr(linking.known, "keep", _pull_the_plug)
        with pytest.raises(KeyboardInterrupt):
            linking.run_link(by=cast.analyst, run=started)
    started.refresh_from_db()
    assert (started.state, queries.linked_persons()) == ("running", None)
    done = linking.run_link(by=cast.analyst, run=started)
    assert (done.state, done.is_current) == ("done", True)
    assert linking.run_link(by=cast.analyst, run=done).state == "done"
    assert LinkRun.objects.filter(state="done").count() == 1


def _pull_the_plug(*_: Any) -> None:
    raise KeyboardInterrupt


def test_a_run_that_nobody_does_any_more_is_over_when_another_is_done(
    town: Callable[..., None], run: Callable[..., Any], cast: Any
) -> None:
    town()
    left = actions.start_link_run(by=cast.analyst, queue=False)
    actions.begin_run(by=cast.analyst, run=left)
    run()
    left.refresh_from_db()
    assert (left.state, "stopped in the middle" in left.failure) == ("failed", True)


def test_two_runs_at_once_do_not_cross(town: Callable[..., None], run: Callable[..., Any], cast: Any) -> None:
    town()
    started = actions.start_link_run(by=cast.analyst, queue=False)
    with psycopg.connect(settings.TEST_ADDRESSES.worker, autocommit=True) as other:
        other.execute("select pg_advisory_lock(%s)", [linking.ALONE])
        with pytest.raises(Refused, match="going on at this moment"):
            linking.run_link(by=cast.analyst, run=started)
    started.refresh_from_db()
    assert started.state == "waiting"
    assert run().state == "done"


def test_a_feed_whose_file_was_changed_stops_the_run_with_a_sentence(
    town: Callable[..., None], run: Callable[..., Any], feeds: Callable[..., Any]
) -> None:
    town()
    before = run()
    load = feeds("health_visits", "9991234500,one_year,2024-09-02,2024-09-02,")
    keeping.rows_path(load).write_bytes(b"PAR1 and then something else")
    failed = run()
    assert (failed.state, load.reference in failed.failure) == ("failed", True)
    assert queries.run_in_force() == before


def test_a_committed_load_and_one_taken_back_each_start_a_run(town: Callable[..., None], cast: Any) -> None:
    from hearth.intelligence.matching import jobs

    town()
    from procrastinate.contrib.django.models import ProcrastinateJob

    queued = ProcrastinateJob.objects.filter(task_name="matching.link_after_load").count()
    assert queued == 2
    jobs.link_after_load(by=str(cast.analyst.id))
    jobs.link_after_load(by=str(cast.analyst.id))
    with acting_as(cast.analyst):
        run = LinkRun.objects.get()
    assert (run.because, run.state) == ("load", "waiting"), "two loads before it began are one run"


def test_who_is_who_having_changed_the_rules_are_worked_out_anew(
    town: Callable[..., None], run: Callable[..., Any]
) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    town()
    asked = ProcrastinateJob.objects.filter(task_name="insight.work_out_anew")
    assert not asked.exists()
    run()
    assert asked.count() == 1


def test_others_cannot_link(cast: Any) -> None:
    for key in ("manager", "administrator", "police_officer", "elected_member"):
        with acting_as(getattr(cast, key)), pytest.raises(Refused, match="Ask an analyst"):
            actions.start_link_run(by=getattr(cast, key))


def test_parameters_are_in_order() -> None:
    found = parameters()
    assert 0 < found.review < found.link < 1
    assert found.version >= 1
