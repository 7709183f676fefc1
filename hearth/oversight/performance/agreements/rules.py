"""Who sets a district's targets, in what, from when, and until when one may be changed."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.packs.measures import Measure
from hearth.foundation.core.refusals import Refusal
from hearth.oversight.performance.models import LocalTarget
from hearth.oversight.performance.quarters import Quarter, quarter_of
from hearth.oversight.performance.reach import AIMS
from hearth.oversight.performance.rules import MOST, why_not_see_performance

AHEAD = 4  # quarters after this one for which a target may be set


def quarters_ahead() -> list[Quarter]:
    """Quarters from which a target may hold: this one, whose figures are not out, and those after it."""
    now = quarter_of(clock.today())
    return [now.later(more) for more in range(AHEAD + 1)]


def why_not_set_targets(user: Any, area: Any) -> Refusal | None:
    """A district's own targets: its development officer, the locality's, or a strategic lead."""
    refusal = why_not_see_performance(user)
    if refusal is None and not user.may(AIMS, area):
        return Refusal(
            "performance.may_not_aim",
            f"Only a development officer of {area.name}, or a strategic lead, sets its targets. Ask them.",
        )
    return refusal


def may_be_aimed_for(measure: Measure) -> bool:
    """Whether a district may have a target of its own in it."""
    return not measure.retired and measure.direction != "neither" and "district" in measure.levels


def why_not_aim_for(measure: Measure | None, from_on: dt.date) -> Refusal | None:
    """Of a measure for which some way is better, from the first day of a quarter whose figures are not out."""
    if measure is None or not may_be_aimed_for(measure):
        return Refusal("performance.no_measure", "Choose a measure of which more or less is better.")
    if from_on not in [each.first_on for each in quarters_ahead()]:
        return Refusal("performance.from_on", "Choose the quarter from which it holds: this one or one of the next.")
    return None


def why_not_this_figure(measure: Measure, figure: int, why: str) -> Refusal | None:
    """A percentage, a number or days; and why."""
    most = 100 if measure.is_share else MOST
    if not 0 < figure <= most:
        what = "a percentage" if measure.is_share else "a number of days" if measure.is_wait else "a number"
        return Refusal("performance.target", f"Enter {what} from 1 to {most:,}.")
    return None if why.strip() else Refusal("performance.why", "Write which local need it answers, and who agreed it.")


def why_not_change(user: Any, target: LocalTarget) -> Refusal | None:
    """Until the figures of its first quarter are out: after that it is what was aimed for, and another one follows it."""
    refusal = why_not_set_targets(user, target.area)
    if refusal is None and quarter_of(target.from_on).last_on < clock.today():
        return Refusal(
            "performance.target_holds",
            "Its first quarter is over, so that it stays what was aimed for. Set another from this quarter on.",
        )
    return refusal


def why_not_twice(there: Sequence[LocalTarget]) -> Refusal | None:
    """One of a measure from one quarter."""
    if there:
        return Refusal(
            "performance.target_there", "There is one from that quarter already. Change it, or choose another quarter."
        )
    return None
