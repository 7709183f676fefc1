"""Two files sent, read and committed in the same moment, by processes that know nothing of each other, do not cross."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds import actions, reading
from hearth.intelligence.feeds.models import FeedLoad
from hearth.intelligence.feeds.tests.conftest import AUTUMN
from hearth.intelligence.feeds.tests.test_loads import HEAD, people

MANY = 400


@pytest.fixture
def at_once(own_database: Any, cast: Any, council: Any) -> Callable[..., list[FeedLoad]]:
    """Send a file in each of as many threads, every step of it begun together and saved for good."""
    by = cast.analyst

    def one(feed: str, content: str, together: Barrier) -> FeedLoad:
        try:
            together.wait()
            with acting_as(by):
                load = actions.send_file(
                    by=by, feed=feed, organisation=council, covers_from=AUTUMN[0], covers_until=AUTUMN[1],
                    file=io.BytesIO(content.encode()), file_name="a.csv",
                )  # fmt: skip
            together.wait()
            with acting_as(by):
                load = reading.read_load(by=by, load=load)
            together.wait()
            with acting_as(by):
                return actions.commit_load(by=by, load=load)
        finally:
            connections.close_all()

    def do(*files: tuple[str, str]) -> list[FeedLoad]:
        together = Barrier(len(files), timeout=120)
        with ThreadPoolExecutor(len(files)) as threads:
            return list(threads.map(lambda file: one(file[0], file[1], together), files))

    return do


def rows(letter: str) -> str:
    """A file of the police whose people are all of one letter."""
    return HEAD + "".join(f"{letter}{number},North,Ann,1\n" for number in range(MANY))


def test_of_two_files_of_one_feed_one_is_held_and_the_other_is_compared_again(at_once: Any, cast: Any) -> None:
    loads = at_once(("police", rows("a")), ("police", rows("b")))
    assert sorted(load.state for load in loads) == ["committed", "reading"]
    first, second = sorted(loads, key=lambda load: load.state)
    own = {load.pk: {f"{'ab'[place]}{number}" for number in range(MANY)} for place, load in enumerate(loads)}
    assert set(people(first)) == own[first.pk]
    second = reading.read_load(by=cast.analyst, load=second)
    assert (second.state, second.new, second.gone, second.follows_id) == ("ready", MANY, MANY, first.pk)
    assert set(people(actions.commit_load(by=cast.analyst, load=second))) == own[second.pk]
    assert [load.pk for load in FeedLoad.objects.filter(feed="police", is_current=True)] == [second.pk]


def test_of_two_feeds_each_is_held_and_has_its_own_rows(at_once: Any) -> None:
    visits = "NHS Number,contact type,due date,seen date,reason not seen\n9991234500,one_year,2024-09-02,2024-09-02,\n"
    benefits = "person reference,forename,surname,date of birth,address,postcode,benefit,start date,end date\n"
    benefits += "".join(f"w{number},Kit,Orme,1990-02-0{number},,,uc,2024-09-01," + "\n" for number in range(1, 9))
    loads = at_once(("health_visits", visits), ("worklessness", benefits))
    assert [(load.state, load.is_current, load.rows_held) for load in loads] == [
        ("committed", True, 1),
        ("committed", True, 8),
    ]
