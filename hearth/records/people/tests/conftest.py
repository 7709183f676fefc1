"""What the tests of people and families share."""

import re
from typing import Any

import pytest

from hearth.records.people.models import Person


@pytest.fixture
def ashworths(family: Any, cast: Any, as_: Any) -> dict[str, Person]:
    """Kelly, Jake and Mia by first name."""
    with as_(cast.family_worker):
        return {person.given_name: person for person in Person.objects.filter(memberships__family=family)}


@pytest.fixture
def worker(cast: Any, as_client: Any) -> Any:
    """The web client of the family's own worker."""
    return as_client(cast.family_worker)


@pytest.fixture
def fresh(as_: Any, cast: Any) -> Any:
    """`fresh(person)` reads a row again as the family worker."""

    def read(row: Any) -> Any:
        with as_(cast.family_worker):
            return type(row).objects.get(pk=row.pk)

    return read


@pytest.fixture
def seen_on() -> Any:
    """`seen_on(client, path)` is what a page carries of what it showed."""

    def read(client: Any, path: str) -> str:
        found = re.search(r'<input[^>]*name="seen"[^>]*>', client.get(path).content.decode())
        assert found is not None
        return found[0].split('value="')[1].split('"')[0]

    return read
