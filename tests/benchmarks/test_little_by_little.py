"""The measure of new records at a size that says nothing of speed: it counts the links of a full run, and those that were found."""

from pathlib import Path

from benchmarks.little_by_little import Measured, measure


def test_new_records_are_measured_beside_a_full_run(tmp_path: Path) -> None:
    found = measure(3_000, 60, tmp_path)
    assert (found.new, found.known) == (60, 3_000)
    assert found.links >= 45
    assert found.same >= 0.95
    assert min(found.full, found.linking, found.keeping) > 0


def test_a_limit_that_is_missed_is_said() -> None:
    assert Measured(1, 1, 100.0, 4.0, 0.9, 1_000, 999).faults == []
    assert len(Measured(1, 1, 100.0, 4.0, 1.1, 1_000, 998).faults) == 2
