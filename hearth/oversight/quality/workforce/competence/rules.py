"""Who may see a team's training and write down what somebody was trained in elsewhere; and the sentence when they may not."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refusal
from hearth.oversight.quality.workforce.models import TrainingRecord
from hearth.oversight.quality.workforce.reach import LEADS, TEAM

NOT_YOURS = Refusal(
    "workforce.not_yours_to_record",
    "Training elsewhere is written down by a person’s manager or the workforce lead, and never by themselves. Show them the certificate.",
)


def why_not_see_team(user: Any) -> Refusal | None:
    """What a team holds and needs."""
    if user.may(TEAM) or user.may(LEADS):
        return None
    return Refusal("workforce.no_team", "Your role looks after nobody’s training. Your own is on “My training”.")


def why_not_record(user: Any, person: Any, theirs: bool, competence: str, trained_on: dt.date) -> Refusal | None:
    """What somebody was trained in elsewhere: whoever looks after them, of a day that has been."""
    if person.id == user.id or not theirs:
        return NOT_YOURS
    if pack().workforce.competence(competence) is None:
        return Refusal("workforce.no_such_competence", "Choose what they were trained in from the list.")
    if trained_on > clock.today():
        return Refusal("workforce.not_trained_yet", "The day of the training must be today or in the past.")
    return None


def why_not_withdraw(user: Any, record: TrainingRecord, theirs: bool, why: str) -> Refusal | None:
    """Taking back what was written by mistake: never one's own, nor what a course here gave, which its organiser corrects."""
    if record.person_id == user.id or not theirs:
        return NOT_YOURS
    if record.booking_id is not None:
        return Refusal(
            "workforce.of_a_course", "A course here gave this. Ask whoever organised it to correct who was there."
        )
    if record.withdrawn_at is not None:
        return Refusal("workforce.taken_back", "This was taken back already.")
    if not why.strip():
        return Refusal("workforce.no_reason", "Say why it is taken back.")
    return None
