"""How much a token, and an address without a good one, may ask of the service in an hour. Counted in the database."""

import hashlib

from django.core.cache import cache

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal

FILES, QUESTIONS, WRONG = 60, 1200, 30
HOUR = 3600
TOO_MANY = "feeds.too_many"


def _key(what: str, whose: str) -> str:
    hour = clock.now().strftime("%Y%m%d%H")
    hidden = hashlib.blake2b(
        f"{hour} {whose}".encode(), digest_size=12
    ).hexdigest()  # no address is kept, not even here
    return f"feeds:{what}:{hidden}"


def _one_more(what: str, whose: str) -> int:
    key = _key(what, whose)
    cache.add(key, 0, timeout=HOUR)
    return int(cache.incr(key))


def why_not_another(token: str, *, file: bool) -> Refusal | None:
    """Counts one more request with a good token, and refuses what is more than an hour's."""
    most = FILES if file else QUESTIONS
    if _one_more("files" if file else "questions", token) <= most:
        return None
    what = "files have been sent" if file else "questions have been asked"
    return Refusal(TOO_MANY, f"{most} {what} with this token in this hour. Wait for the next hour, and send it again.")


def is_past_counting(address: str) -> bool:
    """Counts one more request without a good token; whether an address has sent so many that none is put on record any more."""
    return _one_more("wrong", address) > WRONG
