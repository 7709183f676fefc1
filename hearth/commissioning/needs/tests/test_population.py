"""Figures of need set against how many children live in a district, as far as a file of population says it."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from hearth.commissioning.needs import figures, queries
from hearth.commissioning.needs.tests.conftest import search
from hearth.intelligence.insight.involvement.tests.conftest import *  # noqa: F403

UNMET, CASES, SEARCHES = figures.COUNTED
HERE, THERE = "burnley", "chorley"


@pytest.fixture
def peopled(held: Any, work_out: Any) -> None:
    """Of the first district 2,000 children in two areas, one of them deprived; of the second nobody says how many are children."""
    held(
        "population",
        "LSOA,LAD,Age,Sex,Population,IMD decile\nE1,Burnley,0,all,1500,1\nE1,Burnley,18,all,2000,1\nE2,Burnley,0,all,500,9\n"
        "E2,Burnley,18,all,6000,9\nE3,Chorley,0,all,7000,5\nE4,,0,all,60,5\n",
    )
    assert work_out().state == "done"


def test_figures_are_set_against_how_many_children_live_there(
    met: Any, peopled: None, cast: Any, as_: Any, as_client: Any
) -> None:
    for _ in range(6):
        met()
    search(3)
    with as_(cast.commissioner):
        rates = {row.code: row for row in queries.needs_by_area(cast.commissioner, "").per_thousand}
    here = rates[HERE]
    assert (
        here.said(UNMET) == "3.0" and here.people and (here.people.people, here.people.deprived_share) == (10_000, 35)
    )
    assert here.said(SEARCHES) == figures.FEW, "a figure that is not shown has no rate to work it out from"
    assert rates[THERE].said(UNMET) == figures.NOT_HELD, "how many children live there is not known: that is not nought"
    page = as_client(cast.commissioner).get(reverse("needs_by_area")).content.decode()
    assert "For every 1,000 people under 18" in page and ">2,000<" in page and "name no district" in page
    told = as_client(cast.commissioner).post(reverse("download_needs"), {"table": "per_thousand", "as": "csv"})
    line = next(each for each in told.content.decode().splitlines() if each.startswith("Burnley"))
    assert line.startswith("Burnley,10000,2000,35,3.0,") and figures.FEW in line


def test_who_lives_where_is_told_to_whoever_sees_needs_and_to_nobody_else(peopled: None, cast: Any, as_: Any) -> None:
    for who, told in (("board_member", 1), ("family_worker", 0), ("provider", 0), ("analyst", 0), ("administrator", 0)):
        with as_(getattr(cast, who)), connection.cursor() as cursor:
            cursor.execute("select count(*) from hearth_need_population()")
            assert cursor.fetchone() == (told,), who
