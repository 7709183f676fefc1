"""Who may start, write, change, agree, end and open a supervision; and the sentence when they may not."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.oversight.quality.workforce.models import Supervision, SupervisionNote
from hearth.oversight.quality.workforce.reach import TEAM

FEWEST, MOST = 1, 26  # weeks
OPEN_DAYS = 14  # for which the supervisor's manager reads what they opened


def why_not_start(user: Any, worker: Any, theirs: bool, running: bool, every_weeks: int) -> Refusal | None:
    """Supervising somebody whom one looks after, once at a time."""
    if not user.may(TEAM) or not theirs or worker.id == user.id:
        return Refusal(
            "workforce.not_yours_to_supervise",
            "You supervise people whom you look after. Ask their own manager to start it.",
        )
    if running:
        return Refusal("workforce.supervised", "You supervise them already.")
    if not FEWEST <= every_weeks <= MOST:
        return Refusal("workforce.weeks", f"Choose between {FEWEST} and {MOST} weeks.")
    return None


def _why_not_of_the_two(user: Any, supervision: Supervision) -> Refusal | None:
    if user.id not in (supervision.worker_id, supervision.supervisor_id):
        return Refusal("workforce.not_the_two", "Only the two of a supervision write in it.")
    if supervision.ended_on is not None:
        return Refusal(
            "workforce.supervision_ended", "This supervision has ended, and nothing is written in it any more."
        )
    return None


def why_not_write(
    user: Any, supervision: Supervision, met_on: dt.date, next_on: dt.date | None, case_reference: str, may_open: bool
) -> Refusal | None:
    """Writing a note: of a day that has been, with a case only where the writer can open it."""
    if refusal := _why_not_of_the_two(user, supervision):
        return refusal
    if met_on > clock.today():
        return Refusal("workforce.not_met_yet", "The day on which you met must be today or in the past.")
    if next_on is not None and next_on <= met_on:
        return Refusal("workforce.next_before", "The next day must be after the one on which you met.")
    if case_reference and not may_open:
        return Refusal(
            "workforce.no_such_case",
            "There is no case of that reference that you can open. Check it, or leave it empty.",
        )
    return None


def why_not_change(
    user: Any, supervision: Supervision, note: SupervisionNote, met_on: dt.date, case_reference: str, may_open: bool
) -> Refusal | None:
    """Changing a note: until both have agreed."""
    if note.is_agreed:
        return Refusal("workforce.agreed", "Both of you agreed to this, and it stands. Write a new note.")
    return why_not_write(user, supervision, met_on, None, case_reference, may_open)


def why_not_agree(user: Any, supervision: Supervision, note: SupervisionNote) -> Refusal | None:
    """Agreeing: each of the two, once, to the words as they are."""
    if refusal := _why_not_of_the_two(user, supervision):
        return refusal
    mine = note.worker_agreed_at if user.id == supervision.worker_id else note.supervisor_agreed_at
    if mine is not None:
        return Refusal("workforce.agreed_already", "You agreed to this already.")
    return None


def why_not_end(user: Any, supervision: Supervision) -> Refusal | None:
    """Ending it: either of the two."""
    return _why_not_of_the_two(user, supervision)


def why_not_open(user: Any, supervision: Supervision, manages: bool, why: str) -> Refusal | None:
    """Opening what the two wrote: the supervisor's manager, with why. Both are told."""
    if not manages or user.id in (supervision.worker_id, supervision.supervisor_id):
        return Refusal("workforce.not_their_manager", "Only the supervisor’s manager opens this, and for a reason.")
    if not why.strip():
        return Refusal("workforce.no_reason", "Say why you open it. Both of them read your reason.")
    return None
