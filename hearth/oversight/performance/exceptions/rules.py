"""Who says what is done about a measure that is behind, of what, and what must be said."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refusal
from hearth.oversight.performance.models import ExceptionReport
from hearth.oversight.performance.reach import AIMS
from hearth.oversight.performance.rules import why_not_see_performance
from hearth.records.money.reach import holds_whole

MOST_DAYS = 366  # until it is looked at again


def why_not_report(user: Any, area: Any) -> Refusal | None:
    """Of a district: whoever sets its targets. Of the whole authority (no area) and of projects: who does so for all of it."""
    refusal = why_not_see_performance(user)
    if refusal is not None:
        return refusal
    if area is None and not holds_whole(user, AIMS):
        return Refusal(
            "performance.may_not_report", "Only a strategic lead says what is done for the whole authority. Ask them."
        )
    if area is not None and not user.may(AIMS, area):
        return Refusal(
            "performance.may_not_report",
            f"Only a development officer of {area.name}, or a strategic lead, says what is done there. Ask them.",
        )
    return None


def why_not_of(measure: str, area: Any) -> Refusal | None:
    """Of a measure of which more or less is better, in a place where it is counted; or of a row of a project, which has no place."""
    project, _, row = measure.partition(".")
    if row:
        found = pack().measures.project(project)
        there = found is not None and found.row(row) is not None and area is None
    else:
        one = pack().measures.measure(measure)
        level = "district" if area is not None else "authority"
        there = one is not None and not one.retired and one.direction != "neither" and level in one.levels
    return None if there else Refusal("performance.no_measure", "Choose a measure of which more or less is better.")


def why_not_said(why: str, doing: str, review_on: dt.date) -> Refusal | None:
    """Both things are said, and the day on which it is looked at again is ahead and not far off."""
    if not why.strip() or not doing.strip():
        return Refusal("performance.nothing_said", "Write why it is so, and what is done about it.")
    if not 0 < (review_on - clock.today()).days <= MOST_DAYS:
        return Refusal("performance.review_on", "Choose a day ahead, within a year, on which it is looked at again.")
    return None


def why_not_twice(there: ExceptionReport | None) -> Refusal | None:
    """One a day of the same thing, so that two people do not speak past one another."""
    if there is None:
        return None
    return Refusal(
        "performance.reported_today",
        f"{there.written_by.full_name} has said today what is done about it. Read it; to add to it, speak to them or write tomorrow.",
    )
