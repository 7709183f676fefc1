"""Words that should name nobody are held against what identifies somebody, and against names that their writer may see."""

from typing import Any

import pytest

from hearth.records.people.actions import add_person, open_family
from hearth.records.people.unnamed import why_not_unnamed


@pytest.fixture
def family(cast: Any, area: Any, as_: Any) -> Any:
    """Kelly O'Brien with Grace, whose records the family worker opened."""
    by = cast.family_worker
    with as_(by):
        found = open_family(by=by, name="O'Brien", area=area)
        for given, role in (("Kelly", "parent"), ("Grace", "child")):
            add_person(by=by, family=found, given_name=given, family_name="O'Brien", role=role)
    return found


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("The family FA-4F7K2QX", "a reference of a record"),
        ("Her number is 999 123 4567", "an NHS number or a telephone number"),
        ("They live in bb11 2ab", "a postcode"),
        ("Write to mum@example.org", "an e-mail address"),
        ("A boy born on 3/11/2019", "a day of birth"),
    ],
)
def test_what_identifies_somebody_is_found(words: str, sentence: str, cast: Any, as_: Any) -> None:
    with as_(cast.family_worker):
        refusal = why_not_unnamed(cast.family_worker, "A mother asks", words)
    assert refusal is not None and sentence in refusal.sentence


@pytest.mark.parametrize(
    "words",
    ["kelly obrien asked me", "It is about Kelly.", "Kelly’s boy is late", "The O’Briens’ house", "Mrs O'Brien asks"],
)
def test_a_name_that_its_writer_may_see_is_found(words: str, family: Any, cast: Any, as_: Any) -> None:
    with as_(cast.family_worker):
        refusal = why_not_unnamed(cast.family_worker, words)
    assert refusal is not None and "is the name of somebody whose record you can open" in refusal.sentence


@pytest.mark.parametrize("words", ["A mother of two, in debt, with a boy of 9", "She fell from grace", ""])
def test_words_that_name_nobody_pass(words: str, family: Any, cast: Any, as_: Any) -> None:
    with as_(cast.family_worker):
        assert why_not_unnamed(cast.family_worker, words) is None


def test_it_tells_nobody_who_is_known_beyond_what_they_may_see(family: Any, cast: Any, as_: Any) -> None:
    with as_(cast.other_practitioner):
        assert why_not_unnamed(cast.other_practitioner, "Kelly O'Brien and Grace") is None
