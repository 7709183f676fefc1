"""A town for each file, to be spoilt by its tests."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.forms.town import Town, town_for


@pytest.fixture(scope="module")
def town(request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any) -> Iterator[Town]:
    """The planted families, in a database of this file's own."""
    name = request.module.__name__.rpartition(".")[2].removeprefix("test_")
    with django_db_blocker.unblock(), town_for(name) as made:
        yield made
