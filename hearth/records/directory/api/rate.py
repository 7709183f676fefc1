"""How much one address may ask of the open directory in a minute. Counted in the database; no address is kept."""

import hashlib

from django.core.cache import cache

from hearth.foundation.core import clock

MOST = 3000  # a harvest of a large directory, entry by entry, takes some minutes
MINUTE = 60


def is_too_many(address: str) -> bool:
    """Counts one more question from an address; whether it has asked more than its share of this minute."""
    minute = clock.now().strftime("%Y%m%d%H%M")
    key = "directory:" + hashlib.blake2b(f"{minute} {address}".encode(), digest_size=12).hexdigest()
    try:
        return int(cache.incr(key)) > MOST
    except ValueError:  # the first of this minute
        cache.add(key, 1, timeout=MINUTE)
        return False
