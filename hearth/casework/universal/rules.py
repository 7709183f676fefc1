"""What may be recorded as universal activity, and the sentence when it may not."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.casework.cases.rules import is_open
from hearth.casework.universal.models import UniversalActivity
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal

MOST_PEOPLE = 5000  # in one band of one activity: more is a slip of the finger
LONGEST_AGO = 730  # days


def why_not_see_universal(user: Any) -> Refusal | None:
    """Opening the list: whoever records it, sees an area's work, or sees counts."""
    if any(user.may(permission) for permission in ("record_universal_activity", "see_team_work", "see_counts")):
        return None
    return Refusal(
        "universal.may_not_see", "Your role does not include universal activity. Ask a manager if it should."
    )


def why_not_record_universal_activity(user: Any) -> Refusal | None:
    """Recording: whoever works with families or offers something to them."""
    if user.may("record_universal_activity"):
        return None
    return Refusal("universal.may_not_record", "Your role cannot record universal activity. Ask a practitioner to.")


def why_not_this_activity(
    *,
    area: Any,
    kind: str,
    setting: str,
    what: str,
    happened_on: dt.date,
    people: Sequence[int],
    achievements: Sequence[str],
) -> Refusal | None:
    """What it must say: where, what kind, when, with how many, and what it achieved, or that it is too early."""
    universal = pack().universal
    if not is_open(area.code):
        return Refusal("universal.area", "Choose a district where early help has begun.")
    if not (_offered(universal.kinds, kind) and _offered(universal.settings, setting)):
        return Refusal("universal.kind", "Choose what kind of activity it was, and where.")
    if not what.strip():
        return Refusal("universal.what", "Say in a line what was done.")
    if not achievements or not all(_offered(universal.achievements, code) for code in achievements):
        return Refusal("universal.achievements", "Choose what it achieved, or that it is too early to say.")
    return _why_not_then(happened_on) or _why_not_so_many(people)


def _why_not_then(happened_on: dt.date) -> Refusal | None:
    if happened_on > clock.today():
        return Refusal("universal.in_the_future", "Record what has happened. Enter today or a day in the past.")
    if happened_on < clock.today() - dt.timedelta(days=LONGEST_AGO):
        return Refusal("universal.too_long_ago", "That is more than two years ago. Check the year.")
    return None


def _why_not_so_many(people: Sequence[int]) -> Refusal | None:
    if any(not 0 <= number <= MOST_PEOPLE for number in people):
        return Refusal("universal.too_many", f"Enter a number from 0 to {MOST_PEOPLE:,} for each age.")
    if not sum(people):
        return Refusal("universal.nobody", "Say how many people took part. One conversation is one person.")
    return None


def why_not_withdraw(user: Any, activity: UniversalActivity) -> Refusal | None:
    """Taking back what was recorded by mistake: its recorder, or a manager of their organisation."""
    if activity.withdrawn_at is not None:
        return Refusal("universal.withdrawn", "This was taken back already.")
    return why_not_correct(user, activity)


def why_not_correct(user: Any, activity: UniversalActivity) -> Refusal | None:
    """Putting right what was recorded: its recorder, or a manager of their organisation."""
    manages = user.may("invite_people") and user.organisation_id == activity.organisation_id
    if activity.recorded_by_id == user.id or manages:
        return None
    return Refusal("universal.not_yours", "Only whoever recorded it or their manager can correct it or take it back.")


def _offered(things: Sequence[Any], code: str) -> bool:
    found = find(things, code)
    return found is not None and not found.retired
