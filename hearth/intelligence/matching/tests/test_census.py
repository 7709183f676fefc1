"""The Autumn 2024 census: every pupil is somebody, known by the exclusions and meals of the same term; it holds no addresses, so no household."""

from collections.abc import Callable
from typing import Any

from hearth.intelligence.feeds.tests.conftest import census


def test_every_pupil_is_somebody_and_no_household_is_made(
    send: Callable[..., Any], commit: Callable[[Any], Any], family: Any, run: Callable[..., Any], who: Callable[[], Any]
) -> None:
    for feed in ("school_roll", "exclusions", "free_school_meals"):
        commit(send(feed, census(feed)))
    done = run()
    assert (done.state, done.failure) == ("done", "")
    rows = who().rows
    assert done.counts["households"] == 0 and not [row for row in rows if row.household]
    pupils = {row.value: row.person for row in rows if row.feed == "school_roll" and row.scheme == "census_pupil"}
    assert len(pupils) == len(set(pupils.values())) == 9088
    others = [row for row in rows if row.feed != "school_roll"]
    assert {row.feed for row in others} == {"exclusions", "free_school_meals"}
    known = [row for row in others if row.value in pupils]
    assert known and all(row.person == pupils[row.value] for row in known)
    assert done.counts["on_register"] == 0
