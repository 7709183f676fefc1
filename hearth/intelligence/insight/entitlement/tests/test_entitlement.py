"""Early-years entitlement: taken out of the feed by a run, without small figures, and what nobody sent is never a nought."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.insight.entitlement.figures import told
from hearth.intelligence.insight.entitlement.reporting import Line, Report, entitlement
from hearth.intelligence.insight.touchpoints.tests.conftest import *  # noqa: F403

HEAD = "District,Ward,Year,Term,Age,Places,Eligible,Taking up\n"
FEED = "early_years_entitlement"


@pytest.fixture
def report(cast: Any) -> Callable[..., Report]:
    """What somebody reads; a commissioner, where nobody is said."""

    def do(by: Any = None, term: str = "") -> Report:
        reader = by or cast.commissioner
        with acting_as(reader):
            return entitlement(reader, term)

    return do


def lines(found: Report, age: str = "2") -> dict[str, Line]:
    return {line.name: line for of in found.ages if of.code == age for line in (*of.lines, of.total)}


def test_places_eligible_and_taking_up_by_district_term_and_age(held: Any, work_out: Any, report: Any) -> None:
    held(FEED, HEAD + "E07000117,Bank Hall,2026,autumn,2,40,50,30\nburnley,Trinity,2026,autumn,2,20,30,30\nChorley,,2026,autumn,2,90,80,60\n"
         "Burnley,,2026,summer,3,100,100,90\n")  # fmt: skip
    assert work_out().state == "done"
    found = report()
    assert (found.term, found.terms) == ("2026 autumn", ["2026 autumn", "2026 summer"])
    two = lines(found)
    assert two["Burnley"] == Line("Burnley", 60, 80, 60) and (two["Burnley"].take_up, two["Burnley"].sufficiency) == (
        75,
        75,
    )
    assert (two["Chorley"].take_up, two["Chorley"].sufficiency) == (75, 112)
    assert two["All districts shown"] == Line("All districts shown", 150, 160, 120)
    assert lines(report(term="2026 summer"), "3")["Burnley"].take_up == 90
    assert [line.name for line in found.over_time["Two-year-olds"]] == ["Autumn 2026", "Summer 2026"]
    assert report(term="nonsense").term == "2026 autumn"
    assert [name for name, _ in found.sent_by]


def test_what_nobody_sent_and_what_is_left_empty_is_not_nought(held: Any, work_out: Any, report: Any) -> None:
    assert report().term == "" and report().as_at is None
    held(
        FEED,
        HEAD
        + "Burnley,Bank Hall,2026,autumn,2,40,50,30\nBurnley,Trinity,2026,autumn,2,,30,20\nChorley,,2026,autumn,2,0,60,0\n",
    )
    assert work_out().state == "done"
    two = lines(report())
    assert not two["Fylde"].is_sent and two["Fylde"].places is None and two["Fylde"].take_up is None
    assert two["Burnley"] == Line("Burnley", None, 80, 50), (
        "one ward says nothing of places, so neither does the district"
    )
    assert two["Chorley"] == Line("Chorley", 0, 60, 0) and two["Chorley"].take_up == 0, "nought that was sent is nought"
    assert two["All districts shown"].places is None and two["All districts shown"].eligible == 140
    assert not lines(report(), "4")["Burnley"].is_sent


def test_few_children_are_left_out_and_cannot_be_worked_out() -> None:
    assert pack().indicators.fewest_shown == 5
    rows: list[Any] = [
        ("a", 2026, "autumn", "2", 9, 50, 48), ("b", 2026, "autumn", "2", 9, 60, 40), ("c", 2026, "autumn", "2", 9, 70, 40),
        ("d", 2026, "autumn", "3", 9, 4, None), ("elsewhere", 2026, "autumn", "3", 9, 70, 40),
    ]  # fmt: skip
    found = told(rows, {name: name for name in "abcd"}, 5)["2026 autumn"]
    assert found["2"]["a"][2:] == [None, True] and found["2"]["b"][2:] == [None, True], (
        "two do not take it up; nor can they be told from the rest"
    )
    assert found["2"]["c"] == [9, 70, 40, False]
    assert found["3"]["d"] == [9, None, None, True] and found["3"][""] == [9, 70, 40, False]


def test_all_districts_are_the_sum_of_what_is_shown_and_say_when_something_is_left_out(
    held: Any, work_out: Any, report: Any
) -> None:
    held(
        FEED,
        HEAD + "Burnley,,2026,autumn,2,40,50,30\nChorley,,2026,autumn,2,90,80,60\nFylde,,2026,autumn,2,9,60,40\n"
        "Pendle,,2026,autumn,2,9,3,2\n",
    )
    assert work_out().state == "done"
    two = lines(report())
    assert two["Pendle"].few and two["Burnley"].few and two["Burnley"].eligible is None, (
        "one that is larger goes with it"
    )
    assert two["All districts shown"] == Line("All districts shown", 99, 140, 100, few=True)


def test_whoever_sees_counts_reads_it_and_nobody_else(held: Any, work_out: Any, report: Any, cast: Any) -> None:
    held(FEED, HEAD + "Burnley,,2026,autumn,2,40,50,30\n")
    work_out()
    for who in ("commissioner", "analyst", "elected_member", "strategic_lead"):
        assert lines(report(getattr(cast, who)))["Burnley"].places == 40, who
    for who in ("practitioner", "family_worker", "provider", "administrator"):
        with pytest.raises(Refused):
            report(getattr(cast, who))
        with acting_as(getattr(cast, who)), connection.cursor() as cursor:
            cursor.execute("select count(*) from hearth_entitlement()")
            assert cursor.fetchone() == (0,), who
