"""A database of one's own, with families in every state, whose work is really saved: for transactions that meet or die."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hearth.config.addresses import Addresses
from tests.security.hostile.saved import planted
from tests.security.hostile.world import World


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
def town_for(name: str) -> Iterator[Town]:
    """The families that hostile readers walk over, in a database that may be spoilt; the connections of this process go there."""
    with planted(name) as (world, addresses):
        yield Town(world, addresses)
