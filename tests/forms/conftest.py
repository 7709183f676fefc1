"""One town for the folder; each file works in a copy of it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.database import test_database_name as database_name
from tests.forms.town import Town, built_town, copy_of


@pytest.fixture(scope="package")
def first_town(django_test_environment: None, django_db_blocker: Any) -> Iterator[Town]:
    """The town as it was built. Nobody works in it: it is copied."""
    with django_db_blocker.unblock(), built_town(f"{database_name()}_town") as made:
        yield made


@pytest.fixture(scope="module")
def town(first_town: Town, request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[Town]:
    """A copy of the town, to be spoilt by the tests of one file."""
    name = f"{first_town.addresses.database}_{request.module.__name__.rpartition('.')[2].removeprefix('test_')}"
    with django_db_blocker.unblock(), copy_of(first_town, name) as made:
        yield made
