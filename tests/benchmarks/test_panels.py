"""Panels are measured beside a page that reads one row, on meetings planted once, and a limit that is missed is said."""

from pathlib import Path

from benchmarks.panels import PATHS, Measured, measure, table


def test_their_pages_are_measured_on_meetings_that_are_planted_once(
    bench_folder: Path, free_ports: tuple[int, int, int]
) -> None:
    found, again = (measure(13, 12, bench_folder / "panels", free_ports[2], rounds=1) for _ in range(2))
    assert set(found.times) == set(PATHS) and all(took > 0 for took in found.times.values())
    assert again.meetings == found.meetings >= 13 * 60, "five years of thirteen panels, and no more the second time"
    assert "to it" in table(found) and "one meeting by its key" in table(found)


def test_a_page_that_takes_more_than_its_times_of_a_bare_page_is_said() -> None:
    times = dict.fromkeys(PATHS, 10.0)
    assert Measured(1, 1, times | {"panels": 40.0, "home": 250.0}, 0.1).faults == []
    (fault,) = Measured(1, 1, times | {"panels": 41.0}, 0.1).faults
    assert "4.1 times as long as a bare page, and 4 is the limit" in fault and "(panels)" in fault
