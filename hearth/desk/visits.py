"""When somebody was last at their desk, so that the desk can say what changed since."""

import datetime as dt

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from hearth.foundation.accounts.visits import mark_here
from hearth.foundation.core import clock

FIRST_TIME = dt.timedelta(days=7)


def since_last_here(request: HttpRequest) -> dt.datetime:
    """The moment of the visit before this one, the same all through a sign-in; a week ago for the first."""
    kept = parse_datetime(request.session.get("since", "") or "")
    if kept is None:
        kept = request.user.last_here_at or clock.now() - FIRST_TIME  # type: ignore[union-attr]
        request.session["since"] = kept.isoformat()
        mark_here(request.user)  # type: ignore[arg-type]
    return kept
