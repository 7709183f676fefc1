"""A reference has seven characters that nobody mishears, and a second try where chance gave one that is taken."""

from typing import Any

import pytest

from hearth.foundation.core import references
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.references import ALPHABET, PATTERN, free_reference, new_reference


def _draws(monkeypatch: pytest.MonkeyPatch, *letters: str) -> None:
    """Chance gives these letters, one after another."""
    drawn = iter("".join(letters))
    monkeypatch.setattr(references.secrets, "choice", lambda among: next(drawn))


def test_a_reference_has_seven_characters_of_those_that_are_not_mistaken_for_each_other() -> None:
    made = [new_reference("EH") for _ in range(200)]
    assert all(PATTERN.match(reference) and len(reference) == len("EH-") + 7 for reference in made)
    assert len(set(made)) == 200
    assert set("".join(reference[3:] for reference in made)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01258OILSZBAEIU"), "no two that sound or look alike, and no vowels to make words"


def test_one_that_is_taken_is_drawn_again(cast: Any, case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = case.reference.removeprefix("EH-")
    _draws(monkeypatch, taken, taken, "3333333")
    with acting_as(cast.family_worker):
        assert free_reference(type(case), "EH") == "EH-3333333"


def test_after_five_it_is_a_fault_and_not_chance(cast: Any, case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _draws(monkeypatch, *[case.reference.removeprefix("EH-")] * 5)
    with acting_as(cast.family_worker), pytest.raises(RuntimeError, match="No free reference for EH in 5 tries"):
        free_reference(type(case), "EH")
