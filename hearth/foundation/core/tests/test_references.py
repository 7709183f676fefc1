"""A reference has seven characters that nobody mishears, and a second try where chance gave one that is taken."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hearth.foundation.core import clock, references
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.references import ALPHABET, PATTERN, drawn_reference, new_reference
from hearth.records.people.actions import open_family
from hearth.records.people.models import Access, Family


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


def test_one_that_is_taken_by_what_the_writer_may_not_see_is_drawn_again(
    cast: Any, area: Any, other_area: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the unique index knows of it."""
    with acting_as(cast.other_family_worker):
        theirs = open_family(by=cast.other_family_worker, name="Oldroyd", area=other_area)
    taken = theirs.reference.removeprefix("FA-")
    _draws(monkeypatch, taken, taken, "3333333")
    with acting_as(cast.family_worker):
        assert not Family.objects.filter(reference=theirs.reference).exists()
        ours = open_family(by=cast.family_worker, name="Young", area=area)
        ours.refresh_from_db()
        assert (ours.reference, ours.name) == ("FA-3333333", "Young")


def test_after_five_it_is_a_fault_and_not_chance(
    cast: Any, area: Any, family: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _draws(monkeypatch, *[family.reference.removeprefix("FA-")] * 6)
    with acting_as(cast.family_worker), pytest.raises(RuntimeError, match="No free reference for family in 5 tries"):
        open_family(by=cast.family_worker, name="Young", area=area)


def test_nothing_else_that_is_taken_is_tried_again(cast: Any, family: Any) -> None:
    with acting_as(cast.family_worker):
        again = Family(pk=family.pk, reference=drawn_reference("FA"), name="Twice", area=family.area)
        drawn = again.reference
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save(force_insert=True)
        assert again.reference == drawn


def test_a_reference_that_somebody_gave_is_kept(cast: Any, family: Any) -> None:
    by, again = cast.family_worker, Family(reference=str(family.reference), name="Twice", area=family.area)
    with acting_as(by), transaction.atomic():
        Access(family=again, user=by, why="added_family", from_at=clock.now()).save(force_insert=True)
        with pytest.raises(IntegrityError, match="reference"), transaction.atomic():
            again.save(force_insert=True)
        transaction.set_rollback(True)
    assert again.reference == family.reference
