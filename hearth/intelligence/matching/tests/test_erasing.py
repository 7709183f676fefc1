"""One person is taken out of feeds and of who is who, and nobody else with them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.feeds import keeping
from hearth.intelligence.matching import queries
from hearth.intelligence.matching.erasing import forget_person, let_go_of_erased
from hearth.intelligence.matching.models import LinkRun, MatchPair
from hearth.intelligence.matching.review.actions import decide_pair
from hearth.intelligence.matching.tests.conftest import pair_of
from hearth.intelligence.matching.tests.test_review import TWINS, UNSURE


def texts_in(folder: Path) -> str:
    """Every cell of every columnar file of a folder."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.read_bytes()[:4] == b"PAR1"]
    return "\n".join(str(duckdb.sql(f"select * from read_parquet('{path}')").fetchall()) for path in files)


def test_a_person_is_erased_from_the_file_what_is_known_and_every_pair(
    town: Callable[..., None], run: Callable[..., Any], who: Callable[[], Any], cast: Any
) -> None:
    town(**TWINS)
    run()
    pair = pair_of(*UNSURE)
    assert pair is not None
    with acting_as(cast.analyst):
        decide_pair(by=cast.analyst, pair=pair, answer="different", seen=0)
    before = {(row.feed, row.value): row.person for row in who().rows}
    folder = keeping.folder_of(queries.run_in_force())
    assert "abigail" in texts_in(folder)
    by = cast.information_governance
    with acting_as(by):
        assert forget_person(by=by, scheme="nccis_person", value="y80", why="They asked, and the law lets them") == 1
        let_go_of_erased()
    after = {(row.feed, row.value): row.person for row in who().rows}
    assert before.keys() - after.keys() == {("neet", "y80")}
    assert {key: before[key] for key in after} == after
    assert "abigail" not in texts_in(folder).lower() and "'y80'" not in texts_in(folder)
    pair.refresh_from_db()
    assert (pair.state, pair.one_says, pair.other_says, pair.numbers) == ("erased", {}, {}, [])
    assert not MatchPair.objects.filter(numbers__contains=["nccis_person:y80"]).exists()
    assert run().state == "done"
    assert LinkRun.objects.get(is_current=True).afresh, "nothing was known to link against"


def test_a_file_that_is_not_the_one_admitted_does_not_stand_in_the_way(
    town: Callable[..., None], run: Callable[..., Any], cast: Any
) -> None:
    town()
    done = run()
    queries.file_of(done).write_bytes(b"something else")
    with pytest.raises(Refused, match="is not what was admitted"):
        queries.linked_persons()
    by = cast.information_governance
    with acting_as(by):
        assert forget_person(by=by, scheme="nccis_person", value="y3", why="They asked") == 1
        assert queries.linked_persons() is None
    run()
    assert queries.linked_persons() is not None


def test_a_run_puts_another_file_in_place_of_one_that_was_changed(
    town: Callable[..., None], run: Callable[..., Any]
) -> None:
    town()
    queries.file_of(run()).unlink()
    assert run().state == "done"
    assert queries.linked_persons() is not None


def test_only_information_governance_erases(cast: Any) -> None:
    with pytest.raises(Refused, match="Information governance"):
        forget_person(by=cast.analyst, scheme="upn", value="1", why="x")
