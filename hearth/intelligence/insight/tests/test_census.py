"""The Autumn 2024 census as it is: who is flagged, who gets no rate, and that no household is made of it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds.tests.conftest import AUTUMN, census
from hearth.intelligence.insight.models import FamilyOfConcern, Flag

END = dt.date(2024, 12, 20)


def test_43_pupils_are_flagged_at_a_tenth_or_more_and_none_at_half(
    cast: Any, hold: Callable[..., Any], work_out: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    hold("school_roll", census("school_roll"), covers_from=AUTUMN[0], covers_until=AUTUMN[1], as_at=END)
    run = work_out(dt.date(2026, 3, 20))
    assert run.state == "done", run.fault
    persistent = flagged("absence_persistent")
    assert len(persistent) == 43
    assert flagged("absence_severe") == []
    with acting_as(cast.analyst):
        rows = [flag.evidence[0] for flag in Flag.objects.filter(rule="absence_persistent")]
        assert sum(row["part"] * 10 == row["whole"] for row in rows) == 6
        assert all(row["whole"] > 0 for row in rows), "without possible sessions there is no rate"
        assert all((row["on"], row["until"]) == ("2024-09-01", "2024-12-20") for row in rows)
        assert not FamilyOfConcern.objects.filter(is_household=True).exists(), (
            "it holds no addresses: no household is made of it"
        )
        assert FamilyOfConcern.objects.count() == 43
        assert FamilyOfConcern.objects.get(flags__person=persistent[0][1]).people[0]["name"].startswith("FOR")
    assert run.figures["absence_persistent"]["flagged"] == 43
    assert sum(of or 0 for _, _, of in run.figures["absence_persistent"]["sex"]) == 9088


def test_children_of_reception_and_the_first_two_years_with_free_school_meals_are_known_by_their_roll(
    hold: Callable[..., Any], work_out: Callable[..., Any], flagged: Callable[..., Any]
) -> None:
    """The two files know a pupil by different numbers; the roll says which number is whose."""
    for feed in ("school_roll", "free_school_meals"):
        hold(feed, census(feed), covers_from=AUTUMN[0], covers_until=AUTUMN[1], as_at=END)
    assert work_out(END).state == "done"
    found = flagged("best_start")
    assert found, "somebody is entitled"
    assert all(person.startswith("upn:") for _, person in found)
