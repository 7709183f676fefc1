"""The list of families of concern is measured beside a bare page, on families planted once, and a limit that is missed is said."""

from pathlib import Path

from benchmarks.concerns import PATHS, Measured, measure, table


def test_the_list_is_measured_on_families_that_are_planted_once(
    bench_folder: Path, free_ports: tuple[int, int, int]
) -> None:
    for _ in range(2):
        found = measure(120, bench_folder / "concerns", free_ports[2], rounds=1, size=3)
    assert set(found.times) == set(PATHS)
    assert all(took > 0 for took in found.times.values())
    assert "beyond it" in table(found)


def test_a_list_that_takes_longer_than_the_limit_beyond_a_bare_page_is_said() -> None:
    assert Measured(1, {"a bare page": 30.0, "families of concern": 49.0}).faults == []
    (fault,) = Measured(1, {"a bare page": 8.0, "families of concern": 29.0}).faults
    assert "21.0 ms" in fault and "20 is the limit" in fault
