"""The peer shows what the product shows, every page that is measured opens, and a missed limit fails the run."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks import __main__ as bench
from benchmarks import (
    concerns,
    finder,
    insight,
    linkage,
    listing,
    little_by_little,
    look_up,
    pages,
    panels,
    scale,
    scorecard,
)
from benchmarks.listing import OURS, PEER, WORD, Compared
from benchmarks.load import Load
from benchmarks.scale import Grown

FAMILIES = 12  # one at each stage of the way


def test_every_page_and_its_peers_are_measured_in_a_small_authority(
    bench_folder: Path, free_ports: tuple[int, int, int]
) -> None:
    grown = scale.growth((FAMILIES, FAMILIES + 1), bench_folder, free_ports[0], rounds=1)
    assert [row.name for row in grown] == ["a bare page", *(page.name for page in pages.PAGES)]
    assert all(row.small > 0 and row.large > 0 for row in grown)
    found = listing.compare(FAMILIES, bench_folder / str(FAMILIES), free_ports[2], rounds=1, seconds=0.5)
    assert set(found.loads) == {OURS, PEER, WORD}
    assert all(load.times for load in found.loads.values())


@pytest.mark.parametrize(
    ("growth", "peer", "word", "linked", "slow", "code"),
    [
        (1.4, 3.1, 0.06, (0, 0), None, 0),
        (1.6, 3.1, 0.06, (0, 0), None, 1),
        (1.4, 2.9, 0.06, (0, 0), None, 1),
        (1.4, 3.1, 0.04, (0, 0), None, 1),
        (1.4, 3.1, 0.06, (1, 0), None, 1),
        (1.4, 3.1, 0.06, (0, 1), None, 1),
        *(
            (1.4, 3.1, 0.06, (0, 0), part, 1)
            for part in (look_up, concerns, finder, insight, little_by_little, panels, scorecard)
        ),
    ],
)
def test_a_limit_that_is_missed_fails_the_run_and_is_said(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    growth: float,
    peer: float,
    word: float,
    linked: tuple[int, int],
    slow: Any,
    code: int,
) -> None:
    load = Load(seconds=1, times=[0.1, 0.1])
    monkeypatch.setattr(scale, "growth", lambda *_: [Grown("home", 10.0, 10.0 * growth, 5.0)])
    monkeypatch.setattr(listing, "compare", lambda *_: Compared(dict.fromkeys(listing.NAMES, load), peer, word))
    for part in (look_up, concerns, finder, insight, little_by_little, panels, scorecard):
        measured = SimpleNamespace(faults=["It took 21 ms, and 20 is the limit."] if part is slow else [])
        monkeypatch.setattr(part, "measure", lambda *_, measured=measured, **__: measured)
        monkeypatch.setattr(part, "table", lambda _: "")
    asked = iter(linked)
    monkeypatch.setattr(linkage, "invented", lambda _, folder: folder)
    monkeypatch.setattr(linkage, "run", lambda *_, **__: next(asked))
    monkeypatch.setenv("HEARTH_BENCH_TRUTH", "sets")
    assert bench.main() == code
    assert list(asked) == []
    assert ("is the limit" in capsys.readouterr().out) is (bool(code) and not any(linked))


def test_a_bare_page_may_grow_because_the_machine_is_busy() -> None:
    assert not Grown("a bare page", 10.0, 20.0, 20.0).is_over


def test_a_name_with_any_letters_is_asked_for() -> None:
    assert pages.Measured("search", "/search/?q={surname}").at({"surname": "Zieliński & co"}) == (
        "/search/?q=Zieli%C5%84ski%20%26%20co"
    )
