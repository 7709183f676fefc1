"""A demonstration has a panel that met this week, decided, and meets again with families on its list."""

import random
from typing import Any

import pytest
from django.db import connections

from hearth.foundation.core.pack import pack
from hearth.invented import authority
from hearth.invented.cast import load_cast
from hearth.invented.panels import BROUGHT, TO_COME, tell_panels


@pytest.fixture(scope="module")
def rows(own_database: Any) -> Any:
    """Four families that are worked with, and the panel, in a database of their own, which is read as its owner does."""
    cast = load_cast(pack())
    authority._agreements(cast)
    place = authority._places(cast)[0]
    for number in range(BROUGHT + TO_COME):
        authority._one(random.Random(f"panel {number}"), place, "working", "lancashire", None)
    tell_panels(cast, place, 7)

    def asked(statement: str) -> list[Any]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    return asked


def test_one_meeting_was_held_with_its_minutes_approved_and_the_next_has_its_list_sent(rows: Any) -> None:
    held = rows(
        "select count(*) from panels_panelmeeting where minutes_approved_at is not null and meets_on < current_date"
    )
    assert held == [(1,)]
    assert rows("select count(*) from panels_panelitem where status = 'heard'") == [(BROUGHT,)]
    assert rows("select count(*) from panels_panelitem where status = 'proposed' and listed_at is not null") == [
        (TO_COME,)
    ]
    assert rows("select count(*) from panels_paneldecision where decided_at > now()") == [(0,)]


def test_members_of_the_next_list_have_it_as_far_as_their_agreements_reach(rows: Any) -> None:
    opened = dict(rows(
        "select shared_on, count(*) from panels_listentry e join panels_panelitem i on i.id = e.item_id"
        " where i.status = 'proposed' group by shared_on"
    ))  # fmt: skip
    assert {"own", "agreement", ""} <= set(opened)
