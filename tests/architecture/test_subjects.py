"""Each model about a person says how long its rows are kept, and how a person's own are found (`subjects.py` of its room)."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from hearth.foundation.core.subjects import Kept
from hearth.records.people.models import Family, Person
from tests.architecture.rooms import HEARTH, ROOT, floor_of
from tests.architecture.test_models import NOUNS

# Whoever points at a person by a number and has no answer says why here.
ANSWERED_OTHERWISE = {
    "audit.AuditEvent": "the trail, kept by the rule `audit_event`: a family's own is the page that says who looked",
}
# Rows that name somebody of the register and are yet found otherwise.
FOUND_OTHERWISE = {
    "matching.MatchPair": "by numbers, as all that partners sent: `matching/erasing.py` empties them and lets go of the person",
}
# An id that is no foreign key, since the row may outlive the person's or lies on a floor below: known by its name.
WHOSE = ("person", "people", "family", "families", "child", "subject_id", "about")


def _answers() -> Iterator[tuple[str, str, Kept]]:
    for path in sorted(HEARTH.rglob("subjects.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for label, kept in getattr(import_module(module), "SUBJECTS", {}).items():
            yield module, label, kept


ANSWERS = list(_answers())
ANSWERED = {label: kept for _, label, kept in ANSWERS}
BY_LABEL = {model._meta.label: model for model in NOUNS}


def _is_an_id_of_a_person(field: models.Field) -> bool:
    inner = field.base_field if isinstance(field, ArrayField) else field
    return isinstance(inner, models.UUIDField) and any(
        field.name == word or field.name.startswith(f"{word}_") or field.name.endswith((f"_{word}", f"_{word}_id"))
        for word in WHOSE
    )


def _own_pointers(model: type[models.Model]) -> list[str]:
    """Fields of a model that say which person or family of the register a row is about."""
    return [
        field.name
        for field in model._meta.get_fields()
        if (field.concrete and field.related_model in (Person, Family))
        or (isinstance(field, models.Field) and _is_an_id_of_a_person(field))
    ]


def _hangs_from(model: type[models.Model]) -> list[type[models.Model]]:
    return [f.related_model for f in model._meta.get_fields() if f.concrete and f.related_model in NOUNS]


def about_people() -> list[type[models.Model]]:
    """Models that point at a person or a family, and all that hangs from one of them."""
    found = {model for model in NOUNS if model in (Person, Family) or _own_pointers(model)}
    while more := {m for m in NOUNS if m not in found and found & set(_hangs_from(m))}:
        found |= more
    return sorted(found, key=lambda m: m._meta.label)


ABOUT_PEOPLE = about_people()


def test_the_walk_finds_those_that_point_by_a_key_by_a_number_and_through_another() -> None:
    found = {model._meta.label for model in ABOUT_PEOPLE}
    by_a_key, by_a_number = {"cases.Case", "people.Address"}, {"audit.AuditEvent", "matching.MatchPair"}
    through_another = {"notes.NoteVersion", "matching.MatchLabel", "steps.Receipt"}
    assert by_a_key | by_a_number | through_another <= found
    assert len(found) > 50 and "accounts.Organisation" not in found and "feeds.FeedToken" not in found


@pytest.mark.parametrize("model", ABOUT_PEOPLE, ids=lambda m: m._meta.label)
def test_every_model_that_points_at_a_person_has_a_retention_rule_and_a_subject_access_answer(
    model: type[models.Model],
) -> None:
    label = model._meta.label
    assert label in ANSWERED or label in ANSWERED_OTHERWISE, f"Say in subjects.py of its room how {label} is kept"
    if label in ANSWERED and label not in FOUND_OTHERWISE and _own_pointers(model):
        kept = ANSWERED[label]
        assert kept.person or kept.family, f"{label} names somebody: say how their rows are found"


@pytest.mark.parametrize(("module", "label", "kept"), ANSWERS, ids=[label for _, label, _ in ANSWERS])
def test_an_answer_leads_from_its_row_to_a_person_or_a_family(module: str, label: str, kept: Kept) -> None:
    model = BY_LABEL[label]
    assert floor_of(module) == floor_of(model.__module__), "a room answers for its own models"
    if kept.person:
        assert _reached(model, kept.person) is Person or _reached_by_number(model, kept.person)
    if kept.family:
        assert _reached(model, kept.family) is Family


def test_a_model_is_answered_for_once_and_no_excuse_stands_for_nothing() -> None:
    labels = [label for _, label, _ in ANSWERS]
    assert sorted(labels) == sorted(set(labels))
    assert not set(ANSWERED_OTHERWISE) & set(labels)
    assert all(not (ANSWERED[label].person or ANSWERED[label].family) for label in FOUND_OTHERWISE)


def _reached(model: type[models.Model], lookup: str) -> type[models.Model] | None:
    """Where a lookup such as `note__family` ends."""
    for part in lookup.split("__"):
        if part == "pk":
            return model
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist as missing:
            raise AssertionError(f"{lookup}: {missing}") from missing
        if field.related_model is None:
            return None
        model = field.related_model
    return model


def _reached_by_number(model: type[models.Model], lookup: str) -> bool:
    return "__" not in lookup and _is_an_id_of_a_person(model._meta.get_field(lookup))
