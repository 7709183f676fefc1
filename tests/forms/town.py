"""A database of one's own, with families in every state, whose work is really saved: for transactions that meet or die."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from django.conf import settings
from psycopg import sql

from hearth.config.addresses import Addresses, with_database
from hearth.conftest import Cast
from hearth.foundation.accounts.models import Area
from hearth.foundation.core.pack import pack
from tests import database
from tests.security.hostile.world import World, build


@dataclass(frozen=True)
class Town:
    """The families, and the ways into the database that holds them."""

    world: World
    addresses: Addresses

    @property
    def owner(self) -> str:
        """Past every policy."""
        return self.addresses.owner


@contextmanager
def built_town(name: str) -> Iterator[Town]:
    """The families that hostile readers walk over, saved in a fresh copy of the set-up database."""
    addresses = database.addresses_of(name, settings.TEST_CLUSTER, settings.GIVEN)
    with database.fresh_database(addresses, settings.TEST_CLUSTER):
        with database.going_to(name):
            world = build(Cast(), Area.objects.get(code=pack().areas.districts[0].code))
        yield Town(world, addresses)


@contextmanager
def copy_of(town: Town, name: str) -> Iterator[Town]:
    """The same families in a database that may be spoilt; the connections of this process go there."""
    addresses = database.addresses_of(name, settings.TEST_CLUSTER, settings.GIVEN)
    with psycopg.connect(with_database(addresses.owner, "postgres"), autocommit=True) as server:
        there, made = sql.Identifier(town.addresses.database), sql.Identifier(name)
        server.execute(sql.SQL("drop database if exists {} with (force)").format(made))
        server.execute(sql.SQL("create database {} template {}").format(made, there))
        try:
            with database.going_to(name):
                yield Town(town.world, addresses)
        finally:
            server.execute(sql.SQL("drop database if exists {} with (force)").format(made))
