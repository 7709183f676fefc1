"""A demonstration shows needs that nobody could meet: of a year, in both districts, with a theme at each stage."""

from collections import Counter
from typing import Any

import pytest
from django.db import connections

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.invented import authority, unmet
from hearth.invented.cast import load_cast


@pytest.fixture(scope="module")
def rows(own_database: Any) -> Any:
    """A few families are told in a database of their own, and then what could not be offered."""
    load_cast(pack())
    cast, places = authority._tell_all(24, 11, lambda _: None)
    unmet.tell_unmet(cast, places, 11)

    def asked(statement: str) -> list[Any]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    return asked


def test_needs_were_met_while_the_case_was_open_and_some_wait(rows: Any) -> None:
    found = rows(
        "select n.recorded_on, c.opened_on, n.theme_id is null from unmet_unmetneed n join cases_case c on c.id = n.case_id"
    )
    assert len(found) >= 8
    # A day that is not worked is moved back to one that is.
    assert all((opened - recorded).days <= 4 and recorded <= clock.today() for recorded, opened, _ in found)
    assert any(waits for *_, waits in found)


def test_themes_are_worked_escalated_and_answered(rows: Any) -> None:
    assert Counter(state for (state,) in rows("select state from unmet_theme")) == {
        "working": 2,
        "escalated": 1,
        "answered": 1,
    }
    [(answered_on, answer)] = rows("select answered_at, answer from unmet_theme where state = 'answered'")
    assert answer == unmet.ANSWER and answered_on < clock.now()
    early = rows(
        "select count(*) from unmet_themeevent e join unmet_theme t on t.id = e.pgh_obj_id where t.created_at > t.answered_at"
    )
    assert early == [(0,)]
