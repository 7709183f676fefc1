"""Whom of a family something names: kept beside it when it is frozen, so that a later restriction reaches into a pack."""

import html
import json
import re
import uuid
from collections.abc import Iterable
from typing import Any

from hearth.casework.cases.steps.rules import PackItem
from hearth.foundation.core.text import fold
from hearth.records.people.models import Family, Person

_TAG = re.compile(r"<[^>]*>")


def everybody_of(family: Family) -> list[Person]:
    """Everybody who is or was in the family, with their other names, as far as whoever sends may see them."""
    rows = Person.objects.filter(memberships__family=family).distinct()
    return list(rows.prefetch_related("other_names").order_by("id"))


def named_in_item(people: Iterable[Person], item: PackItem) -> list[uuid.UUID]:
    """Whom an item names, in its title, as it reads, or in its data."""
    read = html.unescape(_TAG.sub(" ", item.html))
    return named_in(people, item.title, read, json.dumps(item.data, ensure_ascii=False))


def named_in(people: Iterable[Person], *texts: str) -> list[uuid.UUID]:
    """Whom texts name: by a first name, what they are called, another name or their reference. Rather one too many."""
    words = f" {fold(' '.join(texts))} "
    return [person.id for person in people if any(_says(words, name) for name in _names(person))]


def _names(person: Any) -> list[str]:
    # A last name alone is the whole family's; it names somebody only where it is all that is known of them.
    first = [person.given_name or person.family_name, person.known_as, person.reference]
    return [*first, *(other.given_name or other.family_name for other in person.other_names.all())]


def _says(words: str, name: str) -> bool:
    folded = fold(name)
    if not folded:
        return False
    # Scripts that are written without spaces have no word to find: there, its letters are enough.
    return f" {folded} " in words if folded.isascii() else folded in words
