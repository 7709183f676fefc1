"""How often one address may look for a service in a minute. Counted in the database; no address is kept."""

import hashlib

from django.core.cache import cache

from hearth.foundation.core import clock

MOST = 240  # a library and a family hub have one address for everybody in them
MINUTE = 60


def is_too_many(address: str) -> bool:
    """Counts one more search from an address; whether it has made more than its share of this minute."""
    minute = clock.now().strftime("%Y%m%d%H%M")
    key = "finder:" + hashlib.blake2b(f"{minute} {address}".encode(), digest_size=12).hexdigest()
    try:
        return int(cache.incr(key)) > MOST
    except ValueError:  # the first of this minute
        cache.add(key, 1, timeout=MINUTE)
        return False
