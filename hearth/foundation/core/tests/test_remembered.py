"""What hardly ever changes is asked once in half a minute, and at once by whoever knows better."""

from itertools import count
from typing import Any

from hearth.foundation.core import remembered
from hearth.foundation.core.remembered import SECONDS, Remembered


def test_it_is_asked_once_in_half_a_minute(monkeypatch: Any) -> None:
    now = [1000.0]
    monkeypatch.setattr(remembered, "monotonic", lambda: now[0])
    names = Remembered(count(1).__next__)
    assert (names(), names()) == (1, 1)
    now[0] += SECONDS - 1
    assert names() == 1
    now[0] += 1
    assert (names(), names()) == (2, 2)


def test_what_it_finds_again_is_remembered_from_then_on(monkeypatch: Any) -> None:
    now = [1000.0]
    monkeypatch.setattr(remembered, "monotonic", lambda: now[0])
    names = Remembered(count(1).__next__)
    assert names() == 1
    now[0] += SECONDS - 1
    assert (names.again(), names()) == (2, 2)
    now[0] += SECONDS - 1
    assert names() == 2
