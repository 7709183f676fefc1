"""`hearth find-concerns`: the rules worked out by command, on either engine, and a sentence where Spark is not there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from hearth.config import addresses, setup
from hearth.config.command import main
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.insight.models import InsightRun
from hearth.intelligence.insight.tests.files import CARE
from hearth.linkage import on_spark
from hearth.linkage.on_spark import what_is_missing


@pytest.fixture
def find(cast: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """The command, on the database of the test, in the name of somebody."""

    @contextmanager
    def in_use(**given: Any) -> Iterator[None]:
        yield

    monkeypatch.setattr(addresses, "database_in_use", in_use)
    monkeypatch.setattr(setup, "use", lambda database, as_worker: None)

    def do(*more: str, by: str = "analyst") -> int:
        return main(["find-concerns", "--by", getattr(cast, by).email, *more])

    return do


def _runs(cast: Any) -> list[InsightRun]:
    with acting_as(cast.analyst):
        return list(InsightRun.objects.order_by("created_at"))


def test_it_works_the_rules_out_here_and_says_what_stands(
    find: Any, hold: Any, flagged: Any, cast: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    hold("social_care", CARE + "p1,,child_in_need,2025-01-01,,Ann,1\n")
    assert find() == 0
    (run,) = _runs(cast)
    assert capsys.readouterr().out.startswith(f"{run.reference}: 1 family of concern, ")
    assert (run.state, run.engine, run.by) == ("done", "duckdb", cast.analyst)
    assert ("edge_of_care", "social_care_id:p1") in flagged()


def test_whoever_may_not_work_rules_out_gets_a_sentence_and_no_run(
    find: Any, cast: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert find(by="manager") == 2
    assert "Your role" in capsys.readouterr().err
    assert _runs(cast) == []


def test_without_spark_it_says_what_to_install_before_it_begins_anything(
    find: Any, cast: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_spark, "what_is_missing", lambda: on_spark.NO_PACKAGE)
    assert find("--engine", "spark") == 2
    assert "pyspark" in capsys.readouterr().err
    assert _runs(cast) == []


def test_a_spark_that_does_not_begin_ends_the_run_with_its_sentence_and_what_stood_stands(
    find: Any, hold: Any, cast: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from hearth.intelligence.insight import on_spark as rules_on_spark
    from hearth.linkage.columns import LinkageProblem

    hold("social_care", CARE + "p1,,child_in_need,2025-01-01,,Ann,1\n")
    assert find() == 0

    def nowhere(master: str) -> Any:
        raise LinkageProblem(f"Spark does not begin at {master}: nobody answers")

    monkeypatch.setattr(on_spark, "what_is_missing", lambda: "")
    monkeypatch.setattr(rules_on_spark, "started", nowhere)
    assert find("--engine", "spark", "--master", "spark://nowhere:7077") == 2
    assert "Spark does not begin at spark://nowhere:7077" in capsys.readouterr().err
    assert [(run.state, run.is_current) for run in _runs(cast)] == [("done", True), ("failed", False)]


@pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing())
def test_on_spark_it_publishes_what_duckdb_finds(find: Any, hold: Any, flagged: Any, cast: Any) -> None:
    hold("social_care", CARE + "p1,,child_in_need,2025-01-01,,Ann,1\np2,,early_help,2025-01-01,,Ann,1\n")
    assert find() == 0
    before = flagged()
    assert find("--engine", "spark", "--master", "local[2]") == 0
    assert [run.engine for run in _runs(cast)] == ["duckdb", "spark"]
    assert flagged() == before != []
