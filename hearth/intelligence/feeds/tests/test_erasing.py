"""One person is taken out of everything that feeds hold, and nobody else with them."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.feeds import jobs, keeping
from hearth.intelligence.feeds.erasing import erase_person
from hearth.intelligence.feeds.models import FeedSubject

HEAD = "personId,dateOfOffence,typeOfOffence,natureOfInvolvement\n"


def people(load: Any) -> list[str]:
    """Who is in the columnar file of a load."""
    load.refresh_from_db()
    found = duckdb.sql(f"select person from read_parquet('{keeping.admitted(load)}') order by 1").fetchall()
    return [row[0] for row in found]


def test_a_person_is_erased_from_what_is_held_what_was_held_before_and_what_waits(
    send: Callable[..., Any], commit: Callable[[Any], Any], cast: Any
) -> None:
    first = commit(send("offences", HEAD + "p1,2024-10-01,x,y\np2,2024-10-01,x,y\n"))
    second = commit(send("offences", HEAD + "p1,2024-10-02,x,y\n"))
    waiting = send("offences", HEAD + "p1,2024-10-03,x,y\np3,2024-10-03,x,y\np1,short\n")
    by = cast.information_governance
    with acting_as(by):
        assert erase_person(by=by, scheme="social_care_id", value="p1", why="The agreement was wrong about them") == 6
    assert (people(first), people(second), people(waiting)) == (["p2"], ["p2"], ["p2", "p3"])
    assert not FeedSubject.objects.filter(value="p1").exists()
    assert FeedSubject.objects.filter(value="p2").count() == 3
    assert waiting.rows_aside.get().text == ""
    jobs.tidy(by=str(cast.analyst.id))
    with acting_as(cast.analyst):
        assert [path.name for path in keeping.folder_of(second).iterdir()] == [f"{second.rows_hash}.parquet"]
        assert (second.rows_held, commit_state(waiting)) == (1, "ready")


def commit_state(load: Any) -> str:
    """How a load stands."""
    load.refresh_from_db()
    return str(load.state)


def test_only_information_governance_erases_and_says_why(cast: Any) -> None:
    with pytest.raises(Refused, match="Information governance"):
        erase_person(by=cast.analyst, scheme="upn", value="1", why="x")
    with acting_as(cast.information_governance):
        with pytest.raises(Refused, match="No feed knows people by shoe_size"):
            erase_person(by=cast.information_governance, scheme="shoe_size", value="1", why="x")
        with pytest.raises(Refused, match="and why"):
            erase_person(by=cast.information_governance, scheme="upn", value="1", why=" ")
