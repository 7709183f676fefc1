"""Population: taken out of the feed by a run. What is not sent whole is unknown, and two files are never added up."""

from collections.abc import Callable
from typing import Any

import pytest

from hearth.foundation.accounts.models import Area
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.insight.involvement.tests.conftest import *  # noqa: F403
from hearth.intelligence.insight.population.figures import FEED

HEAD = "LSOA,LAD,Age,Sex,Population,IMD decile\n"


def area(name: str, district: str, *ages: tuple[int, str, int | str], decile: int | str = 1) -> str:
    """The lines of a small area."""
    return "".join(f"{name},{district},{age},{sex},{people},{decile}\n" for age, sex, people in ages)


@pytest.fixture
def told(held: Any, work_out: Any, cast: Any) -> Callable[[str], dict[str, Any]]:
    """By the code of a district, what a run takes out of a file: people, under 18, in the most deprived areas."""

    def do(text: str) -> dict[str, Any]:
        held(FEED, HEAD + text)
        run = work_out()
        assert run.state == "done"
        found = run.population
        with acting_as(cast.analyst):
            codes = {str(key): code for key, code in Area.objects.values_list("id", "code")}
        return {codes[key]: row for key, row in found["districts"].items()} | {"unplaced": found["unplaced"]}

    return do


def test_people_of_a_district_are_those_of_its_areas_by_whatever_name_it_is_sent(told: Any) -> None:
    found = told(
        area("E1", "E07000117", (0, "F", 40), (0, "M", 60), (17, "all", 10), (18, "all", 100), decile=3)
        + area("E2", "Burnley", (0, "all", 5), (18, "all", 45), decile=4)
        + area("E3", "Chorley", (0, "all", 7), (18, "all", 8), decile="")
        + area("E4", "Somewhere else", (0, "all", 900), (18, "all", 900))
    )
    assert found["burnley"][:3] == [260, 115, 210], "both areas; women and men together; the first in the third tenth"
    assert found["chorley"][:3] == [15, 7, None], "how deprived it is was not sent: that is not nought"
    assert set(found) == {"burnley", "chorley", "unplaced"} and not found["unplaced"]
    assert found["burnley"][3] and found["burnley"][4], "with who sent it, and of which day it is"


def test_what_is_not_sent_whole_is_not_known(told: Any) -> None:
    found = told(
        area("E1", "Burnley", (0, "F", 40), (18, "all", 100))  # men are missing
        + area("E2", "Chorley", (0, "all", 10), (15, "all", 20), (20, "all", 70))  # no band begins at 18
        + area("E3", "", (0, "all", 5), (18, "all", 5))
    )
    assert found["burnley"][:2] == [None, None]
    assert found["chorley"][:2] == [100, None], "all people are known, and of 15 to 19 nobody says who is a child"
    assert found["unplaced"], (
        "an area that names no district is told, since some district has more people than this says"
    )
