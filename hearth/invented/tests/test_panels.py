"""A demonstration has a panel that met this week, decided, and meets again with families on its list."""

import random
from typing import Any

import pytest
from django.db import connections

from hearth.foundation.core.pack import pack
from hearth.invented import authority
from hearth.invented.cast import load_cast
from hearth.invented.panels import BROUGHT, TO_COME, tell_panels
from hearth.invented.unmet import tell_unmet


@pytest.fixture(scope="module")
def rows(own_database: Any) -> Any:
    """Four families that are worked with, what could not be offered, and the panel, in a database of their own, which is read as its owner does."""
    cast = load_cast(pack())
    authority._agreements(cast)
    place = authority._places(cast)[0]
    for number in range(BROUGHT + TO_COME):
        authority._one(random.Random(f"panel {number}"), place, "working", "lancashire", None)
    tell_unmet(cast, [place], 7)
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
    of_families = "select count(*) from panels_panelitem where family_id is not null"
    assert rows(f"{of_families} and status = 'heard'") == [(BROUGHT,)]
    assert rows(f"{of_families} and status = 'proposed' and listed_at is not null") == [(TO_COME,)]
    assert rows("select count(*) from panels_paneldecision where decided_at > now()") == [(0,)]


def test_members_of_the_next_list_have_it_as_far_as_their_agreements_reach(rows: Any) -> None:
    opened = dict(rows(
        "select shared_on, count(*) from panels_listentry e join panels_panelitem i on i.id = e.item_id"
        " where i.status = 'proposed' group by shared_on"
    ))  # fmt: skip
    assert {"own", "agreement", ""} <= set(opened)


def test_a_theme_of_unmet_need_was_decided_and_another_is_on_the_next_list(rows: Any) -> None:
    found = rows(
        "select i.status, t.title, d.kind, i.listed_at is not null from panels_panelitem i join unmet_theme t on t.id = i.theme_id"
        " left join panels_paneldecision d on d.item_id = i.id order by i.proposed_at"
    )
    assert found == [
        ("heard", "Speech therapy starts too late", "resource", True),
        ("proposed", "Groups are out of reach without a car", None, True),
    ]


def test_what_the_panel_could_not_offer_waits_for_a_theme(rows: Any) -> None:
    assert rows(
        "select n.need, n.theme_id from panels_paneldecision d join unmet_unmetneed n on n.id = d.unmet_need_id"
    ) == [("young_carers", None)]
