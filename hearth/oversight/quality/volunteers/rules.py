"""What may be done about volunteers, and the sentence when it may not."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.oversight.quality.volunteers.models import (
    CheckOutcome,
    Volunteer,
    VolunteerCheck,
    VolunteerInterview,
    VolunteerReference,
    VolunteerTraining,
)
from hearth.oversight.quality.volunteers.reach import APPROVES, COORDINATES

ENDED = Refusal(
    "volunteers.ended", "They volunteer no longer. If they come back, recruit them anew: everything is checked again."
)
OTHER_CODE = Refusal(
    "volunteers.other_code", "Choose from what is offered on the page. Open it again if it has changed."
)
MOST_REFERENCES = 4


def sees_volunteers(user: Any) -> bool:
    """Whether the user coordinates or approves volunteers anywhere."""
    return bool(user.may(COORDINATES) or user.may(APPROVES))


def why_not_see_volunteers(user: Any) -> Refusal | None:
    """Seeing volunteers at all."""
    if sees_volunteers(user):
        return None
    return Refusal(
        "volunteers.may_not_see", "Volunteers are seen by their coordinators. To ask for one, open the family’s case."
    )


def why_not_see_hours(user: Any) -> Refusal | None:
    """Seeing hours, which name nobody."""
    if sees_volunteers(user) or user.may("see_counts"):
        return None
    return Refusal(
        "volunteers.may_not_see_hours",
        "Hours of volunteers are seen by their coordinators, and by roles that see figures.",
    )


def why_not_recruit(user: Any, area: Any = None) -> Refusal | None:
    """Recruiting somebody: a coordinator of the district."""
    if user.may(COORDINATES, area) if area is not None else user.may(COORDINATES):
        return None
    return Refusal(
        "volunteers.may_not_coordinate",
        "Volunteers are recruited and looked after by the coordinator of the district. Ask them.",
    )


def why_not_work_on(user: Any, volunteer: Volunteer) -> Refusal | None:
    """Changing or adding to somebody's record: a coordinator of the district, while they volunteer."""
    if refusal := why_not_recruit(user, volunteer.area):
        return refusal
    return ENDED if volunteer.ended_on is not None else None


def why_not_this_person(
    *,
    full_name: str,
    born_on: dt.date | None,
    address: str,
    postcode: str,
    known_to_us: bool,
    known_words: str,
    came_by: str,
) -> Refusal | None:
    """Who somebody is: enough to never match them with their own family."""
    if not full_name.strip() or born_on is None or not address.strip() or not postcode:
        return Refusal(
            "volunteers.who",
            "Write their name, their date of birth and where they live: without them nobody can be kept from their own family.",
        )
    if born_on >= clock.today() or clock.today().year - born_on.year > 120:
        return Refusal("volunteers.born_on", "Check the date of birth.")
    if known_to_us and not known_words.strip():
        return Refusal("volunteers.known_words", "Write what they said of the early help, without a family’s name.")
    return None if came_by else OTHER_CODE


def why_not_these_codes(
    districts: Collection[str],
    languages: Collection[str],
    helps_with: Collection[str],
    days: Collection[str],
    times: Collection[str],
) -> Refusal | None:
    """Where, in what and when somebody helps: at least one of each but languages, and of what there is."""
    practice = pack()
    known = (
        (districts, {each.code for each in practice.areas.districts}),
        (languages, {each.code for each in practice.directory.languages}),
        (helps_with, {each.code for each in practice.unmet.needs}),
    )
    if any(set(given) - there for given, there in known):
        return OTHER_CODE
    if not (districts and helps_with and days and times):
        return Refusal(
            "volunteers.nowhere", "Say where they go, with what they can help, on which days and at what times."
        )
    return None


def why_not_ask_reference(user: Any, volunteer: Volunteer, referee: str, relation: str, there: int) -> Refusal | None:
    """Asking somebody for a reference."""
    if refusal := why_not_work_on(user, volunteer):
        return refusal
    if not (referee.strip() and relation.strip()):
        return Refusal("volunteers.no_referee", "Say who is asked, and how they know the volunteer.")
    if there >= MOST_REFERENCES:
        return Refusal(
            "volunteers.many_references", f"{MOST_REFERENCES} people were asked already. Decide on what they wrote."
        )
    return None


def why_not_note_reference(
    user: Any, volunteer: Volunteer, reference: VolunteerReference, words: str
) -> Refusal | None:
    """Noting what somebody answered, once."""
    if refusal := why_not_work_on(user, volunteer):
        return refusal
    if reference.received_on is not None:
        return Refusal("volunteers.reference_noted", "This reference is noted already. Look at it again.")
    return None if words.strip() else Refusal("volunteers.no_words", "Write what they said of the volunteer.")


def why_not_note_check(
    user: Any, volunteer: Volunteer, level: str, outcome: str, number_ends: str, seen_on: dt.date, words: str
) -> Refusal | None:
    """Noting a DBS certificate that was seen."""
    if refusal := why_not_work_on(user, volunteer):
        return refusal
    if find(pack().volunteers.checks, level) is None:
        return OTHER_CODE
    if seen_on > clock.today():
        return Refusal("volunteers.seen_on", "The day on which you saw the certificate must be today or earlier.")
    if number_ends and not (len(number_ends) == 4 and number_ends.isascii() and number_ends.isdigit()):
        return Refusal("volunteers.number_ends", "Write the last four figures of the number alone, or leave it empty.")
    if outcome != CheckOutcome.CLEAR and not words.strip():
        return Refusal("volunteers.check_words", "Write why they may help all the same, or why they may not.")
    return None


def why_not_note_training(user: Any, volunteer: Volunteer, course: str, done_on: dt.date) -> Refusal | None:
    """Noting that training was done."""
    if refusal := why_not_work_on(user, volunteer):
        return refusal
    if find(pack().volunteers.courses, course) is None:
        return OTHER_CODE
    return None if done_on <= clock.today() else Refusal("volunteers.done_on", "The day must be today or earlier.")


def why_not_note_interview(user: Any, volunteer: Volunteer, held_on: dt.date, words: str) -> Refusal | None:
    """Noting an interview."""
    if refusal := why_not_work_on(user, volunteer):
        return refusal
    if held_on > clock.today():
        return Refusal("volunteers.held_on", "The day must be today or earlier.")
    return None if words.strip() else Refusal("volunteers.no_words", "Write what you talked about, and what you think.")


def what_is_missing(
    references: Iterable[VolunteerReference],
    check: VolunteerCheck | None,
    training: Iterable[VolunteerTraining],
    interviews: Iterable[VolunteerInterview],
) -> list[str]:
    """What must be seen before somebody is approved, in words; nothing where all is there."""
    said, talked, practice = list(references), list(interviews), pack().volunteers
    good, done = sum(each.recommends is True for each in said), {each.course for each in training}
    missing = []
    if good < practice.references:
        missing.append(f"{practice.references} references that recommend them: there are {good}")
    if any(each.recommends is False for each in said) and good < practice.references + 1:
        missing.append("one more reference that recommends them, since somebody does not")
    if check is None:
        missing.append("a DBS certificate that somebody saw")
    elif not check.stands:
        missing.append("a DBS certificate by which they may help: this one has run out, or says that they may not")
    missing += [f"training: {course.label}" for course in practice.needed if course.code not in done]
    if not talked:
        missing.append("an interview")
    elif not max(talked, key=lambda each: (each.held_on, each.created_at)).recommends:
        missing.append("an interview after which somebody recommends them")
    return missing


def why_not_approve(user: Any, volunteer: Volunteer, missing: Sequence[str]) -> Refusal | None:
    """Approving somebody: whoever approves there and did not recruit them, once everything was seen."""
    if not user.may(APPROVES, volunteer.area):
        return Refusal(
            "volunteers.may_not_approve", "Your role does not approve volunteers here. Ask somebody whose role does."
        )
    if volunteer.recruited_by_id == user.id:
        return Refusal("volunteers.own", "You recruited them. Somebody else must approve them.")
    if volunteer.ended_on is not None:
        return ENDED
    if volunteer.approved_on is not None:
        return Refusal("volunteers.approved", "They are approved already. Look at the page again.")
    return Refusal("volunteers.missing", f"Still missing: {'; '.join(missing)}.") if missing else None


def why_not_end(user: Any, volunteer: Volunteer, reason: str, live: int) -> Refusal | None:
    """Ending somebody's volunteering: once they help nobody any more."""
    if refusal := why_not_recruit(user, volunteer.area):
        return refusal
    if volunteer.ended_on is not None:
        return Refusal("volunteers.ended_already", "They ended already. Look at the page again.")
    if live:
        return Refusal(
            "volunteers.still_helps", "End their help of each family first: each family is told, and says how it was."
        )
    return None if find(pack().volunteers.ends, reason) is not None else OTHER_CODE
