"""The finder is measured on services that are planted once, and each goal that is missed is said."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.finder import Measured, Timed, measure, table

QUICK, SLOW = Timed([1.0] * 40, [True] * 40), Timed([80.0] * 40, [True] * 40)


def test_a_small_directory_is_planted_once_and_measured_whole(
    bench_folder: Path, free_ports: tuple[int, int, int]
) -> None:
    for _ in range(2):
        found = measure(400, bench_folder / "finder", free_ports[1], queries=48)
    assert len(found.asked.times) == 48 and found.asked.recall > 0.9 and all(found.key.found)
    assert found.page.times and len(found.page.times) == len(found.bare.times)
    assert "400 services" in table(found) and "beyond a bare page" in table(found)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, ""), ({"asked": Timed([11.0] * 40, [True] * 40)}, "10 is the limit"), ({"page": SLOW}, "60 is the limit"),
        ({"asked": Timed([1.0] * 40, [False] * 4 + [True] * 36)}, "0.95 is the least"),
    ],
    ids=str,
)  # fmt: skip
def test_each_goal_that_is_missed_is_said(more: dict[str, Any], said: str) -> None:
    given = {"services": 10, "asked": QUICK, "key": QUICK, "page": QUICK, "bare": QUICK}
    faults = Measured(**{**given, **more}).faults
    assert [sentence for sentence in faults if said not in sentence] == []
    assert bool(faults) is bool(said)
