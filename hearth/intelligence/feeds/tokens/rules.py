"""Who may make and withdraw tokens, and when one may be used."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import day
from hearth.intelligence.feeds import rules
from hearth.intelligence.feeds.layout import Layout
from hearth.intelligence.feeds.models import FeedToken

NO_GOOD = "feeds.token_no_good"


def no_good() -> Refusal:
    """The one answer to a token that was never made, has ended, or is withdrawn: nobody learns which."""
    return Refusal(
        NO_GOOD,
        "This token is not good. Send it in the header Authorization, as “Bearer” and the token. If you do, ask whoever "
        "gave it to you at the council for a new one.",
    )


def why_not_make(user: Any, layout: Layout | None, organisation: Any, until_on: dt.date) -> Refusal | None:
    """Whoever may load a feed's files may let a machine send them, for a year at most."""
    if refusal := rules.why_not_load_feeds(user) or rules.why_not_of(layout, organisation):
        return refusal
    if until_on < clock.today():
        return Refusal("feeds.token_over_already", "The last day must be today or later.")
    latest = clock.today() + FeedToken.LONGEST
    if until_on > latest:
        return Refusal(
            "feeds.token_too_long", f"A token is good for a year at most. Choose {day(latest)} or a day before it."
        )
    return None


def why_not_withdraw(user: Any, token: FeedToken) -> Refusal | None:
    """Anybody who loads feeds, once: a token that was lost is not for its maker alone to stop."""
    if refusal := rules.why_not_load_feeds(user):
        return refusal
    if token.withdrawn_at is not None:
        return Refusal("feeds.token_over", "This token is withdrawn already. Nothing can be sent with it.")
    return None


def why_not_use(user: Any, token: FeedToken) -> Refusal | None:
    """A token is used as whoever made it, while it is good and they may load feeds."""
    if token.is_over or token.by_id != user.id or rules.why_not_load_feeds(user):
        return no_good()
    return None
