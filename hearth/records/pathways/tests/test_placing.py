"""Ages in days and in words, and where somebody stands on a pathway, against days that were counted by hand."""

import datetime as dt
from pathlib import Path

import pytest

from hearth.foundation.core.pack import load_pack
from hearth.foundation.core.packs.pathways import Pathway, Stage, Touchpoint, day_of
from hearth.foundation.core.tests.packs import PACKS, PRACTICE
from hearth.records.pathways.ages import how_old, window
from hearth.records.pathways.drawing import LEFT, RIGHT, WIDTH, draw
from hearth.records.pathways.placing import When, by_when, place

DAY = dt.date


def point(code: str, opens: str, closes: str | None) -> Touchpoint:
    words = ("Somebody",)
    told = {
        "code": code,
        "label": code,
        "stage": "all",
        "who": words,
        "what": "w",
        "look_for": words,
        "can_follow": words,
    }
    return Touchpoint.model_validate(told | {"opens": opens, "closes": closes, "if_missed": "w", "cost": "w"})


def pathway(*points: Touchpoint) -> Pathway:
    told = {"code": "p", "order": 1, "title": "P", "about": "a", "source": "s", "touchpoint": points}
    return Pathway.model_validate(told | {"stage": (Stage(code="all", label="All"),)})


@pytest.mark.parametrize(
    ("age", "born", "day"),
    [
        ("birth", DAY(2026, 3, 1), DAY(2026, 3, 1)),
        ("-28 weeks", DAY(2026, 11, 29), DAY(2026, 5, 17)),
        ("10 days", DAY(2026, 2, 25), DAY(2026, 3, 7)),
        ("12 months", DAY(2024, 2, 29), DAY(2025, 2, 28)),
        ("6 months", DAY(2026, 8, 31), DAY(2027, 2, 28)),
        ("-9 months", DAY(2026, 11, 30), DAY(2026, 2, 28)),
        ("18 years", DAY(2008, 12, 5), DAY(2026, 12, 5)),
        # Born on 31 August, the youngest of the year; on 1 September, the oldest of the next.
        ("start of reception", DAY(2022, 8, 31), DAY(2026, 9, 1)),
        ("start of reception", DAY(2022, 9, 1), DAY(2027, 9, 1)),
        ("start of nursery", DAY(2022, 8, 31), DAY(2025, 9, 1)),
        ("end of reception", DAY(2022, 8, 31), DAY(2027, 8, 31)),
        ("start of year 7", DAY(2015, 1, 20), DAY(2026, 9, 1)),
        ("end of year 13", DAY(2015, 1, 20), DAY(2033, 8, 31)),
    ],
)
def test_an_age_is_a_day(age: str, born: dt.date, day: dt.date) -> None:
    assert day_of(age, born) == day


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        ("-30 weeks", "-26 weeks", "10 to 14 weeks of pregnancy"),
        ("-12 weeks", "birth", "28 weeks of pregnancy to the birth"),
        ("birth", "8 days", "The birth to 8 days"),
        ("1 days", "4 weeks", "1 day to 4 weeks"),
        ("10 days", "14 days", "10 to 14 days"),
        ("start of year 6", "end of year 6", "Year 6"),
        ("start of nursery", "end of nursery", "The nursery year"),
        ("start of reception", "end of year 11", "Reception to year 11"),
        ("3 years", "start of reception", "3 years to the start of reception"),
        ("65 years", None, "From 65 years"),
    ],
)
def test_a_window_in_words(opens: str, closes: str | None, words: str) -> None:
    assert window(point("a", opens, closes)) == words


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (DAY(2027, 4, 25), "19 weeks of pregnancy"),
        (DAY(2026, 11, 30), "39 weeks of pregnancy"),
        (DAY(2026, 11, 29), "born today"),
        (DAY(2026, 11, 28), "1 day"),
        (DAY(2026, 11, 15), "2 weeks"),
        (DAY(2026, 8, 30), "2 months"),
        (DAY(2025, 11, 30), "11 months"),
        (DAY(2024, 11, 29), "2 years"),
        (DAY(2024, 11, 30), "23 months"),
        (DAY(2016, 11, 30), "9 years"),
    ],
)
def test_how_old_somebody_is_as_people_say_it(born: dt.date, words: str) -> None:
    assert how_old(born, DAY(2026, 11, 29)) == words


def test_a_window_holds_its_first_and_its_last_day() -> None:
    way = pathway(point("a", "10 days", "14 days"), point("b", "20 days", "30 days"), point("c", "20 days", None))
    born = DAY(2026, 1, 1)

    def on(day: int) -> list[When | None]:
        return [each.when for each in place(way, born, DAY(2026, 1, day))]

    assert on(10) == [When.NEXT, When.LATER, When.LATER]
    assert on(11) == [When.NOW, When.NEXT, When.NEXT]
    assert on(15) == [When.NOW, When.NEXT, When.NEXT]
    assert on(16) == [When.PASSED, When.NEXT, When.NEXT]
    assert on(31) == [When.PASSED, When.NOW, When.NOW]
    assert [each.when for each in place(way, born, DAY(2030, 1, 1))] == [When.PASSED, When.PASSED, When.NOW]
    assert [each.when for each in place(way, None, DAY(2030, 1, 1))] == [None, None, None]


def test_what_passed_last_comes_first() -> None:
    way = pathway(point("a", "birth", "30 days"), point("b", "birth", "10 days"), point("c", "birth", "90 days"))
    found = by_when(place(way, DAY(2026, 1, 1), DAY(2026, 3, 1)))
    assert [each.touchpoint.code for each in found["passed"]] == ["a", "b"]
    assert [each.touchpoint.code for each in found["now"]] == ["c"]


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("born", [None, DAY(2026, 6, 1), DAY(1950, 1, 1), DAY(2020, 8, 31), DAY(2020, 9, 1)])
def test_every_line_of_every_pathway_lies_on_the_paper(name: str, born: dt.date | None) -> None:
    today = DAY(2026, 11, 29)
    for way in load_pack(Path(PRACTICE) / name).pathways:
        drawn = draw(way, place(way, born, today), born, today)
        assert [line.code for line in drawn.lines] == [each.code for each in way.touchpoints]
        for line in drawn.lines:
            assert line.length > 0 and line.x >= LEFT and line.x + line.length <= WIDTH - RIGHT + 0.2, line
            assert line.y + 20 < drawn.height
        assert all(b[0] - a[0] >= 80 for a, b in zip(drawn.ticks, drawn.ticks[1:], strict=False))


def test_today_is_drawn_only_where_it_is_on_the_pathway() -> None:
    way, born = pathway(point("a", "1 years", "3 years")), DAY(2024, 1, 1)
    assert draw(way, place(way, born, DAY(2024, 6, 1)), born, DAY(2024, 6, 1)).today is None
    middle = draw(way, place(way, born, DAY(2026, 1, 1)), born, DAY(2026, 1, 1)).today
    assert middle == pytest.approx((LEFT + WIDTH - RIGHT) / 2, abs=1)
    assert draw(way, place(way, None, DAY(2026, 1, 1)), None, DAY(2026, 1, 1)).today is None
