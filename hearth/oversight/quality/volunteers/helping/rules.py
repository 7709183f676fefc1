"""What may be done about a volunteer request, a match, visits and reviews, and the sentence when it may not."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from hearth.casework.cases.models import Case
from hearth.casework.cases.rules import is_lead, why_not_write
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.oversight.quality.volunteers.models import (
    MatchState,
    RequestState,
    Volunteer,
    VolunteerMatch,
    VolunteerRequest,
    VolunteerVisit,
)
from hearth.oversight.quality.volunteers.reach import COORDINATES
from hearth.oversight.quality.volunteers.rules import OTHER_CODE
from hearth.records.people.models import Family

# It says no more than that: whoever is chosen may be of the family, and that is theirs to tell.
NOT_THIS_ONE = Refusal(
    "volunteers.not_this_one",
    "This volunteer cannot be matched with this family. Choose another. Only somebody who is approved, and whose DBS check stands "
    "today, may be matched.",
)
CASE_CLOSED = Refusal("volunteers.case_closed", "The case is closed. Its help by a volunteer is to end too.")


def may_open(user: Any, family_id: Any) -> bool:
    """Whether the user may open the family."""
    return Family.objects.visible_to(user).filter(pk=family_id).exists()


def coordinates(user: Any, area: Any) -> bool:
    """Whether the user coordinates volunteers there."""
    return bool(user.may(COORDINATES, area))


def works_on(user: Any, match: VolunteerMatch) -> bool:
    """Whether the user works with the family of a match, or coordinates there."""
    return _works_on(user, match.family_id, match.area) is None


def why_not_ask(user: Any, case: Case, there: bool) -> Refusal | None:
    """Asking for a volunteer: the lead practitioner, while the case is open, one at a time."""
    if refusal := why_not_write(user, case):
        return refusal
    if not is_lead(user, case):
        return Refusal(
            "volunteers.not_lead",
            "The lead practitioner asks for a volunteer: they know what the family agreed to. Tell them.",
        )
    if case.family.restricted:
        return Refusal(
            "volunteers.restricted",
            "This family is restricted: nobody may be told of it who is not on its list. Ask the coordinator by telephone.",
        )
    if there:
        return Refusal("volunteers.asked", "A volunteer was asked for already. Look at the case.")
    return None


def why_not_what_is_asked(
    *,
    needs: Collection[str],
    languages: Collection[str],
    first_names: str,
    must_know: str,
    agreed_by: str,
    agreed_on: dt.date,
) -> Refusal | None:
    """What is asked for, and that the family agreed to it."""
    practice = pack()
    if not needs or set(needs) - {each.code for each in practice.unmet.needs}:
        return Refusal("volunteers.no_needs", "Choose what the family would like help with.")
    if set(languages) - {each.code for each in practice.directory.languages}:
        return OTHER_CODE
    if not (first_names.strip() and must_know.strip()):
        return Refusal(
            "volunteers.no_words", "Write first names, and what the volunteer must know: it is all that they are told."
        )
    if not agreed_by.strip() or agreed_on > clock.today():
        return Refusal("volunteers.not_agreed", "Ask the family first. Say who of them agreed, and when.")
    return None


def why_not_close_request(user: Any, asked: VolunteerRequest, why: str) -> Refusal | None:
    """Taking a request back: whoever opens the family, or the coordinator."""
    if refusal := _works_on(user, asked.family_id, asked.area):
        return refusal
    if asked.state != RequestState.OPEN:
        return Refusal("volunteers.not_open", "This request waits for a volunteer no longer. Look at it again.")
    return None if why.strip() else Refusal("volunteers.no_words", "Say why it is taken back.")


def why_not_choose(user: Any, asked: VolunteerRequest, may_help: bool, why: str) -> Refusal | None:
    """Choosing a volunteer: a coordinator, somebody who may be matched with this family, with a reason."""
    if not coordinates(user, asked.area):
        return Refusal(
            "volunteers.may_not_coordinate", "The coordinator of the district chooses a volunteer. Ask them."
        )
    if asked.state != RequestState.OPEN:
        return Refusal(
            "volunteers.not_open", "A volunteer was chosen already, or the request was taken back. Look at it again."
        )
    if not may_help:
        return NOT_THIS_ONE
    return None if why.strip() else Refusal("volunteers.no_words", "Say why you chose this volunteer.")


def why_not_answer(
    user: Any,
    match: VolunteerMatch,
    case: Case | None,
    agrees: bool,
    answered_by: str,
    may_help: bool,
    starts_on: dt.date | None,
) -> Refusal | None:
    """Noting what the family said to a volunteer: whoever works with the family."""
    if case is None or not may_open(user, match.family_id):
        return Refusal(
            "volunteers.not_with_family",
            "Whoever works with the family asks it, and notes what it said. Ask the lead practitioner.",
        )
    if match.state != MatchState.PROPOSED:
        return Refusal("volunteers.answered", "What the family said is noted already. Look at it again.")
    if refusal := why_not_write(user, case):
        return refusal
    if not answered_by.strip():
        return Refusal("volunteers.not_agreed", "Say who of the family said so.")
    if not agrees:
        return None
    if starts_on is None or starts_on < match.chosen_on:
        return Refusal(
            "volunteers.starts_on", "Enter the day on which the help begins, not before the volunteer was chosen."
        )
    return None if may_help else NOT_THIS_ONE


def why_not_log(
    user: Any, match: VolunteerMatch, visited_on: dt.date, minutes: int, on_that_day: int
) -> Refusal | None:
    """Noting a visit: on a day on which the volunteer helped, no longer than a visit is."""
    if refusal := _works_on(user, match.family_id, match.area):
        return refusal
    if match.started_on is None:
        return Refusal("volunteers.not_helping", "The family has not agreed yet. Visits are noted once the help began.")
    if not match.started_on <= visited_on <= (match.ended_on or clock.today()):
        return Refusal(
            "volunteers.visited_on", "The day must lie in the time in which the volunteer helped this family."
        )
    longest = pack().volunteers.longest_visit_minutes
    if not 0 < minutes <= longest or on_that_day + minutes > longest:
        return Refusal(
            "volunteers.minutes",
            f"A day’s visits are {longest // 60} hours at most. Look at what is noted for that day.",
        )
    return None


def why_not_take_back(user: Any, match: VolunteerMatch, visit: VolunteerVisit) -> Refusal | None:
    """Taking back a visit that was noted by mistake, once."""
    if refusal := _works_on(user, match.family_id, match.area):
        return refusal
    if visit.taken_back_on is not None:
        return Refusal("volunteers.taken_back", "This visit was taken back already.")
    return None


def why_not_review(
    user: Any, match: VolunteerMatch, reviewed_on: dt.date, family_words: str, next_on: dt.date
) -> Refusal | None:
    """Reviewing how the help goes, and saying when it is looked at next."""
    if refusal := _works_on(user, match.family_id, match.area):
        return refusal
    if match.state != MatchState.HELPING or match.started_on is None:
        return Refusal("volunteers.not_helping", "This help is not going on. Look at it again.")
    if not match.started_on <= reviewed_on <= clock.today():
        return Refusal(
            "volunteers.reviewed_on", "The day of the review must lie between the beginning of the help and today."
        )
    if not family_words.strip():
        return Refusal("volunteers.no_words", "Write what the family says of the help.")
    if not clock.today() < next_on <= reviewed_on + dt.timedelta(days=pack().volunteers.review_days):
        days = pack().volunteers.review_days
        return Refusal("volunteers.next_on", f"Look at it again within {days} days of this review, on a day to come.")
    return None


def why_not_end_match(user: Any, match: VolunteerMatch, reason: str, ended_on: dt.date) -> Refusal | None:
    """Ending a volunteer's help of a family."""
    if refusal := _works_on(user, match.family_id, match.area):
        return refusal
    if not match.is_live:
        return Refusal("volunteers.help_ended", "This help has ended already. Look at it again.")
    if find(pack().volunteers.help_ends, reason) is None:
        return OTHER_CODE
    if not (match.started_on or match.chosen_on) <= ended_on <= clock.today():
        return Refusal("volunteers.ended_on", "The last day must lie between the beginning of the help and today.")
    return None


def why_not_print(user: Any, volunteer: Volunteer | None, match: VolunteerMatch) -> Refusal | None:
    """Printing the sheet for a volunteer: a coordinator, while the family agrees and the volunteer may help."""
    if volunteer is None or not coordinates(user, match.area):
        return Refusal(
            "volunteers.may_not_coordinate",
            "The coordinator of the district hands the volunteer their sheet. Ask them.",
        )
    if match.state != MatchState.HELPING:
        return Refusal(
            "volunteers.no_sheet", "There is a sheet once the family has agreed to this volunteer, and while they help."
        )
    return None


def _works_on(user: Any, family_id: Any, area: Any) -> Refusal | None:
    """Whoever works with the family, or coordinates in its district."""
    if coordinates(user, area) or (user.may("work_case") and may_open(user, family_id)):
        return None
    return Refusal(
        "volunteers.neither", "This is noted by whoever works with the family, or by the coordinator of the district."
    )
