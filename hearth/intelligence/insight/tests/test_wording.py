"""Evidence reads as what was sent, and claims nothing of what was not."""

from typing import Any

import pytest

from hearth.intelligence.insight.wording import _words

FACT: dict[str, Any] = {"part": 23, "whole": 120, "on": "2026-01-01", "until": "2026-11-27", "said": ""}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Missed 23 of 120 sessions sent to us (19.2%), of the time 1 Jan 2026 to 27 Nov 2026"),
        ({"part": 1, "whole": 1, "until": None}, "Missed 1 of 1 session sent to us (100%), of the time 1 Jan 2026"),
    ],
)
def test_a_share_is_of_what_was_sent_and_says_of_which_time(more: dict[str, Any], words: str) -> None:
    assert _words(FACT | more, None, None) == words
