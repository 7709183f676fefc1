"""Birth dates in words, as far as they are known."""

import datetime as dt

import pytest

from hearth.records.people.births import birth_words


@pytest.mark.parametrize(
    ("born", "precision", "words"),
    [
        (dt.date(2027, 3, 3), "expected", "Expected on 3 March 2027"),
        (dt.date(2027, 2, 1), "expected", "Expected in February 2027"),
        (None, "expected", "Expected"),
        (dt.date(2018, 1, 1), "year", "2018"),
        (None, "unknown", ""),
    ],
)
def test_no_more_is_said_than_is_known(born: dt.date | None, precision: str, words: str) -> None:
    assert birth_words(born, precision) == words
