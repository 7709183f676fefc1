"""Who may load feeds, and what may be done with a load."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import day
from hearth.intelligence.feeds.layout import Layout
from hearth.intelligence.feeds.models import FeedLoad

State = FeedLoad.State
MOST_SET_ASIDE = 5000  # more rows at fault than anybody looks through: the file itself is at fault


def why_not_load_feeds(user: Any) -> Refusal | None:
    """Loading files and looking at what they hold: analysts and information governance."""
    if user.may("load_feeds"):
        return None
    return Refusal(
        "feeds.not_allowed", "Your role cannot load partners' files. Ask an analyst or information governance."
    )


def why_not_send(
    user: Any, layout: Layout | None, organisation: Any, covers_from: dt.date, covers_until: dt.date, as_at: dt.date
) -> Refusal | None:
    """A file is of a feed, from an organisation that sends such files, and of days that have come."""
    if refusal := why_not_load_feeds(user):
        return refusal
    if refusal := why_not_of(layout, organisation):
        return refusal
    if covers_until < covers_from:
        return Refusal("feeds.covers", "The last day that the file covers must not be before the first.")
    if as_at > clock.today():
        return Refusal("feeds.as_at", "The file cannot be as at a day that has not come.")
    return None


def why_not_of(layout: Layout | None, organisation: Any) -> Refusal | None:
    """A feed comes from the council, or from an organisation of a sector that sends it."""
    if layout is None:
        return Refusal("feeds.no_such_feed", "There is no such feed. Choose one from the list.")
    if not organisation.is_authority and organisation.sector not in layout.sectors:
        return Refusal(
            "feeds.wrong_sector",
            f"{organisation.name} does not send {layout.title}. Choose whose data it is, or another feed.",
        )
    return None


def why_not_cancel(user: Any, load: FeedLoad) -> Refusal | None:
    """A load is cancelled until it is committed."""
    if refusal := why_not_load_feeds(user):
        return refusal
    if load.state not in FeedLoad.OPEN:
        return Refusal("feeds.over", "This load is over already. One that was committed can be taken back.")
    return None


def why_not_decide_row(user: Any, load: FeedLoad) -> Refusal | None:
    """Rows are put right or left out while the load is to be looked at."""
    if refusal := why_not_load_feeds(user):
        return refusal
    if load.state != State.READY:
        return Refusal("feeds.not_ready", "Rows are put right while a load waits to be looked at. This one does not.")
    return None


def why_not_commit(user: Any, load: FeedLoad, waiting: int, held: FeedLoad | None) -> Refusal | None:
    """Committing: once read, when no row waits, and never an older list over a newer one."""
    if refusal := why_not_load_feeds(user):
        return refusal
    if load.state != State.READY:
        return Refusal("feeds.not_ready", "This load is not ready to be committed. Look at how it stands now.")
    if waiting:
        rows = "1 row waits" if waiting == 1 else f"{waiting} rows wait"
        return Refusal("feeds.rows_wait", f"{rows} to be put right or left out. Decide that first.")
    if held is not None and held.as_at > load.as_at:
        return Refusal(
            "feeds.older",
            f"What is held is as at {day(held.as_at)}, and this file as at {day(load.as_at)}: it would undo what came since. "
            "Cancel it, or take the later load back first.",
        )
    return None


def why_not_reverse(user: Any, load: FeedLoad) -> Refusal | None:
    """Taking back: the last load of its kind, while what was held before it is still there."""
    if refusal := why_not_load_feeds(user):
        return refusal
    if load.state != State.COMMITTED:
        return Refusal("feeds.not_committed", "Only a load that was committed can be taken back.")
    if not load.is_current:
        return Refusal("feeds.not_last", "A later file was loaded over this one. Take that one back first.")
    if load.follows is not None and not load.follows.kept:
        return Refusal(
            "feeds.not_kept", "What was held before this load is no longer kept. Load the earlier file again instead."
        )
    return None
