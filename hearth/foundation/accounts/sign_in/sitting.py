"""One sitting at the product: when it began and was last used, whether the second step was done, whose it was.

All of it is in the session. A sitting that ran out keeps its session and loses its person: what they typed can still be
kept as theirs, and only they can take the same sitting up again without losing the page they are on.
"""

from typing import Any

from allauth.account.internal.stagekit import clear_login
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from hearth.foundation.core import clock
from hearth.foundation.core.reader import read_as

SECOND_STEP = "hearth_second_factor"
HERE_AT = "hearth_here_at"
BEGAN_AT = "hearth_began_at"
WAS = "hearth_was"
NOTED_EVERY = 30  # seconds: a page view more often than this writes nothing
LONGEST = 12 * 60 * 60  # nobody stays signed in for longer than a long day, however busy
JUST_NOW = 5 * 60  # a sign-in this fresh need not be confirmed again
QUIET = ("X-Hearth-Autosave", "X-Hearth-Background")  # requests that no person made by being there


def _now() -> int:
    return int(clock.now().timestamp())


def begin(request: HttpRequest, second_step: str) -> None:
    """Start counting; `second_step` is how it was done, empty where it still has to be set up."""
    request.session[BEGAN_AT] = request.session[HERE_AT] = _now()
    request.session.pop(WAS, None)
    request.session.pop(SECOND_STEP, None)
    if second_step:
        pass_second_step(request, second_step)


def pass_second_step(request: HttpRequest, how: str) -> None:
    """Remember that this sitting did its second step."""
    request.session[SECOND_STEP] = how


def second_step_done(request: HttpRequest) -> bool:
    """Whether this sitting did its second step."""
    return bool(request.session.get(SECOND_STEP))


def began_just_now(request: HttpRequest) -> bool:
    """Whether the person signed in a few minutes ago."""
    return _now() - request.session.get(BEGAN_AT, 0) < JUST_NOW


def has_run_out(request: HttpRequest) -> bool:
    """Whether nobody was here for too long, or the sitting has lasted a long day."""
    now, here = _now(), request.session.get(HERE_AT)
    if here is None:
        return False
    return now - here >= settings.HEARTH_IDLE_MINUTES * 60 or now - request.session.get(BEGAN_AT, here) >= LONGEST


def note_activity(request: HttpRequest) -> None:
    """Somebody is here. Autosave and background polling are nobody."""
    if any(name in request.headers for name in QUIET):
        return
    if _now() - request.session.get(HERE_AT, 0) >= NOTED_EVERY:
        request.session[HERE_AT] = _now()


def run_out(request: HttpRequest) -> None:
    """End the sitting but remember whose it was."""
    was = str(request.user.pk)
    # Everything that says somebody is signed in, or half-way: the next sign-in starts from nothing.
    clear_login(request)
    for key in (SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY, SECOND_STEP, BEGAN_AT, HERE_AT):
        request.session.pop(key, None)
    nobody(request)
    remember(request, was)


def nobody(request: HttpRequest) -> None:
    """From here on this request reads nothing."""
    request.user = request._cached_user = AnonymousUser()  # type: ignore[attr-defined]
    read_as(None)


def remember(request: HttpRequest, was: str) -> None:
    """Whose sitting it was."""
    request.session[WAS] = was


def whose(request: HttpRequest) -> Any:
    """The key of the person whose sitting ran out, if it is known."""
    return request.session.get(WAS)
