"""A database of one's own, with families in every state, whose work is really saved: for transactions that meet."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

from hearth.conftest import Cast
from hearth.foundation.accounts.models import Area
from hearth.foundation.core.pack import pack
from tests import database
from tests.security.hostile.world import World, build


@contextmanager
def own_database(name: str) -> Iterator[str]:
    """Every connection of this process goes to a fresh copy of the set-up database, until the end; gives its owner's address."""
    addresses = database.addresses_of(name, settings.TEST_CLUSTER, settings.GIVEN)
    with database.fresh_database(addresses, settings.TEST_CLUSTER):
        before = {alias: connections.settings[alias]["NAME"] for alias in connections}
        _go_to(dict.fromkeys(before, name))
        try:
            yield addresses.owner
        finally:
            _go_to(before)


def _go_to(names: dict[str, str]) -> None:
    connections.close_all()
    for alias, name in names.items():
        connections.settings[alias]["NAME"] = name


def build_town() -> World:
    """The families that hostile readers walk over, saved."""
    return build(Cast(), Area.objects.get(code=pack().areas.districts[0].code))
