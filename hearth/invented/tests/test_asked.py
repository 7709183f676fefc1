"""A demonstration has questions without a name, searches that found nothing and a headcount of early education, and names nobody in them."""

import datetime as dt
import random
from collections import Counter
from typing import Any

import pytest
from django.db import connections

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds.models import FeedLoad
from hearth.invented import asked, authority, entitled, noticed
from hearth.invented.cast import load_cast
from hearth.invented.panels import tell_panels


@pytest.fixture(scope="module")
def rows(own_database: Any) -> Any:
    """A family that is worked with, the panel, and what was asked, in a database of their own, which is read as its owner does."""
    cast = load_cast(pack())
    places = authority._places(cast)
    authority._agreements(cast)
    authority._one(random.Random("asked"), places[0], "working", "lancashire", None)
    tell_panels(cast, places[0], 7)
    asked.tell_asked(cast, places, 7)

    def ask(statement: str) -> list[Any]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    return ask


def test_questions_of_the_panel_are_answered_and_the_hub_has_one_to_answer(rows: Any) -> None:
    found = rows("select panel_id is null, answered_at, answer_read_at, asked_at from panels_question")
    of_panel = [row for row in found if not row[0]]
    assert len(found) == len(asked.QUESTIONS) and len(of_panel) == 2
    assert all(at < answered <= read <= clock.now() for _, answered, read, at in of_panel)
    assert [answered for hub, answered, *_ in found if hub] == [None]


def test_searches_are_counted_over_months_in_both_districts_so_many_that_they_are_shown(rows: Any) -> None:
    found = rows("select month, area_id, searches from directory_findercount")
    months = Counter[dt.date]()
    for month, _, searches in found:
        months[month] += searches
    assert len(months) == asked.MONTHS and max(months) == clock.today().replace(day=1)
    assert min(months.values()) >= pack().indicators.fewest_shown
    assert len({area for _, area, _ in found}) == 2


@pytest.mark.parametrize(
    ("today", "last"), [((2026, 11, 30), (2026, "autumn")), ((2026, 1, 5), (2025, "autumn")), ((2026, 6, 1), (2026, "summer"))]
)  # fmt: skip
def test_the_headcount_is_of_the_last_four_terms_with_more_children_eligible_than_take_it_up(
    today: tuple[int, int, int], last: tuple[int, str]
) -> None:
    head, *lines = entitled.entitled(dt.date(*today))
    found = [dict(zip(head, line, strict=True)) for line in lines]
    terms = list(dict.fromkeys((line["year"], line["term"]) for line in found))
    assert len(terms) == 4 and terms[-1] == last
    assert all(0 < line["taking up"] <= line["eligible"] for line in found)
    assert len({line["district"] for line in found}) == len(pack().areas.districts)


def test_the_headcount_is_sent_and_held(rows: Any) -> None:
    cast = load_cast(pack())
    analyst = cast["analyst"]
    with acting_as(analyst):
        noticed._commit(analyst, None, entitled.FEED, entitled.entitled(clock.today()), 0)
        load = FeedLoad.objects.get(feed=entitled.FEED)
        assert (load.state, load.is_current, load.set_aside, load.area_id) == ("committed", True, 0, None)
