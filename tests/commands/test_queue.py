"""Work in the queue outlives the worker that had it in hand."""

import datetime as dt
from typing import Any

import pytest
from django.db import connections
from procrastinate.contrib.django import app

from hearth.config import jobs
from tests.asynchronous import finished


@pytest.fixture
def as_the_worker(db: None) -> Any:
    """Ask the queue as the worker's own role."""
    with connections["default"].cursor() as cursor:
        yield cursor


def job(cursor: Any, status: str, hours_ago: float, *, worker_seen_seconds_ago: int | None = None) -> int:
    """A row of the queue, as a worker left it."""
    worker = None
    if worker_seen_seconds_ago is not None:
        seen = dt.timedelta(seconds=worker_seen_seconds_ago)
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now() - %s) returning id", [seen])
        (worker,) = cursor.fetchone()
    cursor.execute(
        "insert into procrastinate_jobs (queue_name, task_name, lock, args, status, worker_id)"
        " values ('default', 'config.take_up_again', null, '{}', 'todo', null) returning id"
    )
    (number,) = cursor.fetchone()
    cursor.execute("update procrastinate_jobs set status = %s, worker_id = %s where id = %s", [status, worker, number])
    cursor.execute(
        "update procrastinate_events set at = now() - %s where job_id = %s", [dt.timedelta(hours=hours_ago), number]
    )
    return int(number)


def state_of(cursor: Any, number: int) -> str | None:
    cursor.execute("select status::text from procrastinate_jobs where id = %s", [number])
    row = cursor.fetchone()
    return row and row[0]


def test_a_job_whose_worker_was_killed_is_taken_up_again(as_the_worker: Any) -> None:
    left = job(as_the_worker, "doing", 1, worker_seen_seconds_ago=600)
    in_hand = job(as_the_worker, "doing", 1, worker_seen_seconds_ago=5)
    finished(jobs.take_up_again.func, 0)
    assert (state_of(as_the_worker, left), state_of(as_the_worker, in_hand)) == ("todo", "doing")


def test_finished_jobs_are_forgotten_after_a_month_and_unfinished_ones_are_not(as_the_worker: Any) -> None:
    old, recent = job(as_the_worker, "succeeded", 24 * 40), job(as_the_worker, "succeeded", 24 * 5)
    waiting = job(as_the_worker, "todo", 24 * 40)
    finished(jobs.forget_finished_jobs.func, 0)
    assert [state_of(as_the_worker, number) for number in (old, recent, waiting)] == [None, "succeeded", "todo"]


def test_the_queue_s_own_work_is_known_to_the_worker() -> None:
    assert {"config.take_up_again", "config.forget_finished_jobs"} <= set(app.tasks)
