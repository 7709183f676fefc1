"""Work in the queue outlives the worker that had it in hand."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from procrastinate.contrib.django import app

from hearth.config import jobs
from tests.asynchronous import finished


@pytest.fixture
def queue(own_database: Any) -> Iterator[Any]:
    """The queue's tables, and what stands in them for good."""
    with psycopg.connect(own_database.owner, autocommit=True) as connection:
        yield connection.cursor()


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


def test_a_job_whose_worker_was_killed_is_taken_up_again(queue: Any) -> None:
    left = job(queue, "doing", 1, worker_seen_seconds_ago=600)
    in_hand = job(queue, "doing", 1, worker_seen_seconds_ago=5)
    finished(jobs.take_up_again.func, 0)
    assert (state_of(queue, left), state_of(queue, in_hand)) == ("todo", "doing")


def test_finished_jobs_are_forgotten_after_a_month_and_unfinished_ones_are_not(queue: Any) -> None:
    old, recent = job(queue, "succeeded", 24 * 40), job(queue, "succeeded", 24 * 5)
    waiting = job(queue, "todo", 24 * 40)
    finished(jobs.forget_finished_jobs.func, 0)
    assert [state_of(queue, number) for number in (old, recent, waiting)] == [None, "succeeded", "todo"]


def test_the_queue_s_own_work_is_known_to_the_worker() -> None:
    assert {"config.take_up_again", "config.forget_finished_jobs"} <= set(app.tasks)
