"""Pages of figures are measured beside a page that reads one row, after the night has counted; and a limit that is missed is said."""

from pathlib import Path

from benchmarks.scorecard import NIGHT, PAGE, PATHS, Measured, measure, table


def test_their_pages_are_measured_once_the_night_has_counted(
    bench_folder: Path, free_ports: tuple[int, int, int]
) -> None:
    found = measure(12, bench_folder / "panels", free_ports[2], rounds=1)
    assert set(found.times) == set(PATHS) and all(took > 0 for took in found.times.values())
    assert found.night > 0 < found.plainly
    assert "counting at night" in table(found) and "read plainly" in table(found)


def test_a_limit_that_is_missed_is_said() -> None:
    times = dict.fromkeys(PATHS, 10.0)
    assert Measured(1, times | {"the scorecard": 10.0 * PAGE}, NIGHT, 1.0).faults == []
    page, night = Measured(1, times | {"the scorecard": 11.0 * PAGE}, NIGHT * 2, 1.0).faults
    assert "(the scorecard)" in page and "Counting at night took 80.0 times" in night
