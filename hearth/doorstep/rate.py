"""How many requests the doorstep takes, so that nobody floods the front door. Counted in the database, for an hour."""

import hashlib

from django.core.cache import cache

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refusal

FROM_ONE_ADDRESS = 8  # a children's centre has one address for everybody in it
ALTOGETHER = 300
HOUR = 3600


def _keys(address: str) -> tuple[str, str]:
    hour = clock.now().strftime("%Y%m%d%H")
    hidden = hashlib.blake2b(
        f"{hour} {address}".encode(), digest_size=12
    ).hexdigest()  # no address is kept, not even here
    return f"doorstep:{hidden}", f"doorstep:all:{hour}"


def count(address: str) -> None:
    """One more request from this address."""
    for key in _keys(address):
        cache.add(key, 0, timeout=HOUR)
        cache.incr(key)


def why_not_now(address: str) -> Refusal | None:
    """Taking another request from an address."""
    mine, all_ = _keys(address)
    if cache.get(mine, 0) < FROM_ONE_ADDRESS and cache.get(all_, 0) < ALTOGETHER:
        return None
    authority = pack().authority
    return Refusal(
        "doorstep.too_many",
        "Many requests have come from here in the last hour. Wait an hour, or ring"
        f" {authority.phone} ({authority.opening_hours})."
        " What you typed is still on this page.",
    )
