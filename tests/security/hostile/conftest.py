"""One planted world for all tests of this folder, in a database of its own: what is kept whatever happens stays there."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.testing import sign_in_fully
from tests.security.hostile.saved import planted
from tests.security.hostile.ways import Stop, of_somebody, stop_at
from tests.security.hostile.world import World


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Families with something in every state, and the people who must not see them."""
    with django_db_blocker.unblock(), planted("hostile") as (made, _), transaction.atomic():
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def as_reader(world: World) -> Callable[[str], Client]:
    """`as_reader("manager")` is a browser of theirs, the same one each time; of nobody for an empty name."""
    clients: dict[str, Client] = {}

    def make(key: str) -> Client:
        if key not in clients:
            clients[key] = Client(raise_request_exception=False)
            if key:
                user: User = getattr(world.cast, key)
                sign_in_fully(clients[key], user)
        return clients[key]

    return make


@pytest.fixture(scope="package")
def stops(world: World, as_reader: Callable[[str], Client]) -> list[Stop]:
    """Every address with something of somebody's in it, as its rightful reader finds it."""
    return [stop_at(world, as_reader, route, entry) for route, entry in of_somebody()]
