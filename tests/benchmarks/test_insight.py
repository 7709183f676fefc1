"""The measure of rules at a size that says nothing of speed: a day folded in gives the facts that working all out gives."""

from pathlib import Path

from benchmarks.insight import Measured, measure


def test_rules_are_measured_and_a_folded_day_is_equal(tmp_path: Path) -> None:
    found = measure(12_000, tmp_path)
    assert found.rows == 12_000
    assert found.facts > 0
    assert found.equal


def test_a_limit_that_is_missed_is_said() -> None:
    assert Measured(1, 1.0, 1.9, 1.9, 1, True).faults == []
    assert len(Measured(1, 1.0, 2.1, 2.1, 1, False).faults) == 3
