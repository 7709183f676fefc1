"""The two clocks of a request, in working days: receipt to decision, and decision to the referrer being told."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hearth.casework.front_door.models import Request, State
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack


def paused_days(pauses: Iterable[Any]) -> list[tuple[dt.date, dt.date | None]]:
    """Pauses as the days on which the clock stood still."""
    return [
        (clock.in_london(pause.from_at).date(), clock.in_london(pause.until_at).date() if pause.until_at else None)
        for pause in pauses
    ]


def decide_by(request: Request, pauses: Iterable[Any]) -> dt.date | None:
    """The last day to decide within the limit; None while the clock is stopped."""
    if request.clock_from_at is None:
        return None
    return clock.due_on(request.clock_from_at, pack().limits.receipt_to_decision, paused_days(pauses))


def tell_by(decided_at: dt.datetime) -> dt.date:
    """The last day to tell the referrer."""
    return clock.add_working_days(clock.counts_from(decided_at), pack().limits.decision_to_referrer_told)


def running(request: Request, pauses: Iterable[Any]) -> dt.date | None:
    """The last day of whichever clock runs in the request's state."""
    if request.state in (State.RECEIVED, State.PAUSED):
        return decide_by(request, pauses)
    if request.state == State.DECIDED and request.decided_at is not None:
        return tell_by(request.decided_at)
    return None


@dataclass(frozen=True)
class Clock:
    """A clock as a list shows it: the word says it, the colour only repeats it."""

    words: str
    tone: str


def shown(state: str, due_on: dt.date | None) -> Clock:
    """The clock of a request, from the columns of its list."""
    if state == State.PAUSED and due_on is None:
        return Clock("Stopped", "blue")
    if due_on is None:
        return Clock("", "grey")
    today = clock.today()
    if due_on < today:
        late = max(1, clock.working_days_between(due_on, today))
        return Clock(f"{late} working {'day' if late == 1 else 'days'} late", "red")
    if due_on == today:
        return Clock("Due today", "orange")
    return Clock(f"By {due_on.day} {due_on:%b}", "grey")


def is_late(due_on: dt.date | None) -> bool:
    """Whether a limit has been missed."""
    return due_on is not None and due_on < clock.today()
