"""Who makes exports, of what, and the sentence when not."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.oversight.performance.exports.models import MAKES, Export, HandingOver, Kind

LONGEST = 10  # years: beyond, a period is a slip of the finger
MOST_OPEN = 3

BEING_MADE = Refusal("exports.being_made", "This file is being made at this moment. Look again in a minute.")
GONE = Refusal(
    "exports.gone", "This file was kept until its last day, and is gone. Make it again: it is then as things stand today.",
)  # fmt: skip
NO_DISTRICT = Refusal("exports.area", "Choose a district that is yours to make files of.")
NOT_YOURS_NOW = Refusal(
    "exports.not_yours_now",
    "This file has families of a district that is no longer yours. Make it again: it then has those of your districts.",
)
RESTRICTED_SINCE = Refusal(
    "exports.restricted_since",
    "A record was restricted after this file was made, so that the file may say too much. Make it again, and hand over the new one.",
)


def why_not_make_exports(user: Any) -> Refusal | None:
    """Exports name children: information governance and data officers."""
    if user.may(MAKES):
        return None
    return Refusal(
        "exports.may_not", "Your role does not include exports. Ask information governance or a data officer."
    )


def why_not_ask(
    user: Any, kind: str, from_on: dt.date, to_on: dt.date, purpose: str, goes_to: str, districts: int, going_on: int
) -> Refusal | None:
    """Asking for one: of days that have been, for somebody, for a reason; and not many at once."""
    if refusal := why_not_make_exports(user):
        return refusal
    if kind not in Kind.values:
        return Refusal("exports.kind", "Choose which file.")
    if not purpose.strip() or not goes_to.strip():
        return Refusal("exports.no_purpose", "Say why it is made, and who will have it.")
    if not districts:
        return NO_DISTRICT
    if going_on >= MOST_OPEN:
        return Refusal(
            "exports.too_many", f"{MOST_OPEN} files of yours are waiting or being made. Wait until one of them is done."
        )
    return _why_not_days(from_on, to_on)


def _why_not_days(from_on: dt.date, to_on: dt.date) -> Refusal | None:
    if to_on > clock.today():
        return Refusal("exports.to_come", "The last day has not been yet. The file tells how things stood on it.")
    if from_on > to_on:
        return Refusal("exports.order", "The first day is after the last one. Turn them round.")
    if (to_on - from_on).days > LONGEST * 366:
        return Refusal("exports.too_long", f"A file is of {LONGEST} years at most. Choose a later first day.")
    return None


@dataclass(frozen=True)
class Since:
    """What happened after a file was made: somebody was restricted; a district of it is its asker's no longer."""

    restricted: bool = False
    lost_district: bool = False


def why_not_have_file(user: Any, export: Export, since: Since) -> Refusal | None:
    """Taking the file, or what was missing in it: made, not past its last day, all of it still theirs, and nobody restricted since."""
    if refusal := why_not_make_exports(user):
        return refusal
    if export.is_open:
        return BEING_MADE
    if export.state == Export.State.FAILED:
        return Refusal("exports.failed", "This file could not be made. Make it again.")
    if not export.has_file:
        return GONE
    if since.lost_district:
        return NOT_YOURS_NOW
    return RESTRICTED_SINCE if since.restricted else None


def why_not_hand_over(
    user: Any, export: Export, since: Since, to_whom: str, how: str, handed_on: dt.date
) -> Refusal | None:
    """Recording that somebody was given it: from the day it was made until today."""
    if refusal := why_not_have_file(user, export, since):
        return refusal
    if not to_whom.strip() or how not in HandingOver.How.values:
        return Refusal("exports.to_whom", "Say who was given it, and how.")
    if export.made_at is None or not clock.in_london(export.made_at).date() <= handed_on <= clock.today():
        return Refusal(
            "exports.handed_on", "Give the day on which it was handed over: from the day it was made until today."
        )
    return None


def why_not_make_again(user: Any, export: Export) -> Refusal | None:
    """Making one like it: once this one is over."""
    return why_not_make_exports(user) or (BEING_MADE if export.is_open else None)
