"""Who may record that a touchpoint happened and take it back, what it must say, and the sentence when it may not."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.intelligence.insight.touchpoints.models import RecordedTouchpoint
from hearth.records.pathways.placing import Placed
from hearth.records.people.models import Membership

EARLY = dt.timedelta(days=60)  # before a touchpoint's time: earlier than that is a slip of the finger


def why_not_record_touchpoint(user: Any) -> Refusal | None:
    """Recording, and taking back: whoever may open the family and works with families."""
    if user.may("work_case"):
        return None
    return Refusal(
        "touchpoints.may_not_record",
        "Your role reads the pathway and records nothing on it. Ask the family’s practitioner.",
    )


def why_not_of_family(family: Any, person: Any) -> Refusal | None:
    """A touchpoint is of somebody who is in the family now."""
    if Membership.objects.filter(family=family, person=person, until_on=None).exists():
        return None
    return Refusal("touchpoints.not_of_family", "That child is not in this family. Open the family they live in.")


def why_not_this_touchpoint(person: Any, placed: Placed | None, met_on: dt.date, met_by: str) -> Refusal | None:
    """What it must say: a touchpoint of a pathway, a day that has come and that can be right, and who met the family; each day once."""
    if placed is None or placed.opens_on is None:
        return Refusal("touchpoints.unknown", "There is no such touchpoint. Open the pathway again, and choose one.")
    if met_on > clock.today():
        return Refusal("touchpoints.in_the_future", "Record it once it has happened. Enter today or a day in the past.")
    if met_on < placed.opens_on - EARLY:
        return Refusal(
            "touchpoints.too_early", "That is more than two months before its time. Check the date, above all its year."
        )
    if not met_by.strip():
        return Refusal("touchpoints.met_by", "Say who met the family: a name, or what they do.")
    rows = RecordedTouchpoint.objects.standing().filter(person__cluster_id=person.cluster_id)
    if rows.filter(touchpoint=placed.touchpoint.code, met_on=met_on).exists():
        return Refusal("touchpoints.recorded", "It is recorded for that day already. Look at the pathway as it is now.")
    return None


def why_not_withdraw_touchpoint(user: Any, recorded: RecordedTouchpoint) -> Refusal | None:
    """Taking back what was recorded by mistake: whoever may record, once. It stays with who did and why."""
    if recorded.withdrawn_at is not None:
        return Refusal("touchpoints.withdrawn", "This was taken back already.")
    return why_not_record_touchpoint(user)
