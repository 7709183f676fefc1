"""Who may see performance and type what a project achieved, and what may be typed; and the sentence when they may not."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.packs.measures import Project, Row
from hearth.foundation.core.refusals import Refusal
from hearth.oversight.performance.reach import SEES, TYPES
from hearth.records.money.reach import holds_whole

MOST = 10_000_000


def why_not_see_performance(user: Any) -> Refusal | None:
    """Measures, the scorecard and projects: whoever sees counts, for the whole authority."""
    if user.may(SEES):
        return None
    return Refusal("performance.may_not_see", "Your role does not include the figures. Ask a manager if it should.")


def why_not_type(user: Any) -> Refusal | None:
    """Typing what a project achieved: analysts and strategic leads of the whole authority."""
    refusal = why_not_see_performance(user)
    if refusal is None and not holds_whole(user, TYPES):
        return Refusal(
            "performance.may_not_type",
            "Only an analyst or a strategic lead types these figures. Send them what you have.",
        )
    return refusal


def why_not_of(project: Project | None, row: Row | None, as_at: dt.date) -> Refusal | None:
    """A figure is of a row of a project, as at a day for which something was planned, which is over."""
    if project is None or row is None or row.profile(as_at) is None:
        return Refusal(
            "performance.no_row", "Nothing was planned in that row by that day. Choose one of those that there are."
        )
    if as_at > clock.today():
        return Refusal("performance.not_yet", "That day is not over. Type what was achieved when it is.")
    return None


def why_not_these(row: Row, figure: int | None, words: str, said: str) -> Refusal | None:
    """A number where the row is one; otherwise words, and what is said of them."""
    if row.is_number:
        if figure is None or not 0 <= figure <= MOST:
            return Refusal("performance.figure", f"Enter how many, from 0 to {MOST:,}.")
        return None
    if not words.strip() and not said.strip():
        return Refusal("performance.words", "Write what was achieved, or choose what is said of it.")
    if said and said not in row.says:
        return Refusal("performance.said", "Choose one of the words that there are.")
    return None


def why_not_without_source(source: str) -> Refusal | None:
    """What is typed says where it is from."""
    return None if source.strip() else Refusal("performance.source", "Say where you have the figure from.")


def why_not_without_reason(why: str) -> Refusal | None:
    """What is changed says why."""
    return None if why.strip() else Refusal("performance.why", "Write why it is changed: it stands in the history.")
