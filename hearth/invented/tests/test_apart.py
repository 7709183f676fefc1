"""A demonstration shows what seldom happens: cases that went to social care and back, and records that have passed their time."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.db import connections

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.invented import apart, authority
from hearth.invented.cast import load_cast


@pytest.fixture(scope="module")
def rows(own_database: Any) -> Any:
    """Tell them in a database of their own, which is read as its owner does."""
    cast = load_cast(pack())
    apart.tell_apart(cast, authority._places(cast)[0], 7, "BB11")

    def asked(statement: str) -> list[Any]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    return asked


def test_steps_up_and_down_wait_are_accepted_and_are_declined_with_a_reason(rows: Any) -> None:
    found = Counter(rows("select direction, status from steps_carestep"))
    assert found == {
        ("up", "requested"): 1, ("up", "declined"): 1, ("up", "accepted"): 3, ("up", "ended"): 1,
        ("down", "requested"): 1, ("down", "accepted"): 1, ("down", "declined"): 1,
    }  # fmt: skip
    declined = rows("select decline_reason, answer from steps_carestep where status = 'declined'")
    assert len(declined) == 2 and all(reason and answer for reason, answer in declined)
    late = rows("select count(*) from steps_carestep where decided_at < requested_at or decided_at > now()")
    assert late == [(0,)]
    due = rows("select kind, owner_id is null from cases_dueitem where kind like 'step%' and done_at is null")
    # What waits is nobody's, no answer lies unread, and one lead has a family back.
    assert sorted(due) == [("step_down", True), ("step_up_waits", True), ("stepped_down", False)]


def test_three_families_have_passed_their_time_and_are_listed(rows: Any) -> None:
    listed = rows("select kind, rule, state, since_on, due_on from governance_disposal")
    assert [row[:3] for row in listed] == [("family", "person", "due")] * apart.LONG_AGO
    years = pack().retention.rule("person").years
    assert all(since.year + years == due.year and due <= clock.today() for *_, since, due in listed)
    closed = rows("select c.closed_on from cases_case c join governance_disposal d on d.record_id = c.family_id")
    long_ago = clock.today() - dt.timedelta(days=10 * 365)
    assert len(closed) == apart.LONG_AGO and all(day < long_ago for (day,) in closed)
