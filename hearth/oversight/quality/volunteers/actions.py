"""Writes about volunteers: recruited, changed, references, checks, training, interviews, approved, ended."""

import calendar
import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.postcodes import postcode_of
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Conflict, Refusal, refuse
from hearth.foundation.core.text import clean, one_line
from hearth.oversight.quality.volunteers import queries, rules
from hearth.oversight.quality.volunteers.models import (
    Volunteer,
    VolunteerCheck,
    VolunteerInterview,
    VolunteerMatch,
    VolunteerReference,
    VolunteerTraining,
)

TEXTS = ("full_name", "address", "postcode", "email", "phone", "known_words")
OTHERS = (
    "born_on",
    "known_to_us",
    "districts",
    "travels_miles",
    "languages",
    "helps_with",
    "days",
    "times",
    "most_families",
)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _said(came_by: str, said: dict[str, Any]) -> dict[str, Any]:
    """What was typed of somebody, as it is stored; refused where something is missing."""
    said = said | {name: one_line(said.get(name, ""), 120) for name in ("full_name", "address", "email", "phone")}
    said |= {
        "postcode": postcode_of(said.get("postcode", "")),
        "known_words": clean(said.get("known_words", "")).strip(),
    }
    who = ("full_name", "born_on", "address", "postcode", "known_to_us", "known_words")
    refuse(rules.why_not_this_person(came_by=came_by, **{name: said[name] for name in who}))
    refuse(
        rules.why_not_these_codes(*(said[name] for name in ("districts", "languages", "helps_with", "days", "times")))
    )
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}


@action
def recruit_volunteer(*, by: Any, area: Any, came_by: str, **said: Any) -> Volunteer:
    """Take somebody on to be checked: who they are, what they offer, and whether they know early help from their own family."""
    refuse(rules.why_not_recruit(by, area))
    volunteer = Volunteer(
        reference=drawn_reference("VO"),
        area=area,
        came_by=came_by,
        recruited_by=by,
        recruited_on=clock.today(),
        **_said(came_by, said),
    )
    volunteer.save(force_insert=True)
    record("volunteers.recruited", subject=volunteer, came_by=came_by, known=bool(volunteer.known_to_us))
    return volunteer


@action
def change_volunteer(*, by: Any, volunteer: Volunteer, version: int, **said: Any) -> Volunteer:
    """Change who somebody is, and what they offer."""
    volunteer.hold()
    refuse(rules.why_not_work_on(by, volunteer))
    typed = _said(volunteer.came_by, said)
    if version != volunteer.version:
        raise Conflict(
            {
                name: (str(getattr(volunteer, name)), str(typed[name]))
                for name in TEXTS
                if getattr(volunteer, name) != typed[name]
            }
        )
    for name in (*TEXTS, *OTHERS):
        setattr(volunteer, name, typed[name])
    volunteer.version += 1
    volunteer.save(update_fields=[*TEXTS, *OTHERS, "folded_name", "version"])
    record("volunteers.changed", subject=volunteer)
    return volunteer


@action
def ask_for_reference(*, by: Any, volunteer: Volunteer, referee: str, relation: str) -> VolunteerReference:
    """Note that somebody is asked what they think of a volunteer."""
    volunteer.hold()
    there = VolunteerReference.objects.filter(volunteer=volunteer).count()
    refuse(rules.why_not_ask_reference(by, volunteer, referee, relation, there))
    asked = VolunteerReference(
        volunteer=volunteer, number=there + 1, referee=one_line(referee, 120), relation=one_line(relation, 200), asked_by=by,
        asked_on=clock.today(),
    )  # fmt: skip
    asked.save(force_insert=True)
    record("volunteers.reference_asked", subject=volunteer, number=asked.number)
    return asked


@action
def note_reference(
    *, by: Any, volunteer: Volunteer, reference: VolunteerReference, recommends: bool, words: str
) -> VolunteerReference:
    """Note what somebody answered."""
    volunteer.hold()
    reference.hold()
    refuse(rules.why_not_note_reference(by, volunteer, reference, words))
    reference.received_on, reference.received_by = clock.today(), by
    reference.recommends, reference.words = recommends, clean(words).strip()
    reference.save(update_fields=["received_on", "received_by", "recommends", "words"])
    record("volunteers.reference_received", subject=volunteer, number=reference.number, recommends=recommends)
    return reference


@action
def note_check(
    *, by: Any, volunteer: Volunteer, level: str, outcome: str, seen_on: dt.date, number_ends: str = "", words: str = ""
) -> VolunteerCheck:
    """Note a DBS certificate that was seen: never its number, but its last four figures."""
    volunteer.hold()
    number_ends = number_ends.strip()
    refuse(rules.why_not_note_check(by, volunteer, level, outcome, number_ends, seen_on, words))
    check = VolunteerCheck(
        volunteer=volunteer, level=level, outcome=outcome, number_ends=number_ends, seen_on=seen_on, seen_by=by,
        renew_by=months_later(seen_on, pack().volunteers.check_months), words=clean(words).strip(),
    )  # fmt: skip
    check.save(force_insert=True)
    record("volunteers.check_seen", subject=volunteer, level=level, outcome=outcome, renew_by=check.renew_by)
    return check


@action
def note_volunteer_training(*, by: Any, volunteer: Volunteer, course: str, done_on: dt.date) -> VolunteerTraining:
    """Note that somebody did a course."""
    volunteer.hold()
    refuse(rules.why_not_note_training(by, volunteer, course, done_on))
    if VolunteerTraining.objects.filter(volunteer=volunteer, course=course, done_on=done_on).exists():
        refuse(Refusal("volunteers.trained", "This training of this day is noted already."))
    done = VolunteerTraining(volunteer=volunteer, course=course, done_on=done_on, noted_by=by)
    done.save(force_insert=True)
    record("volunteers.trained", subject=volunteer, course=course)
    return done


@action
def note_interview(
    *, by: Any, volunteer: Volunteer, held_on: dt.date, recommends: bool, words: str
) -> VolunteerInterview:
    """Note an interview that the actor held."""
    volunteer.hold()
    refuse(rules.why_not_note_interview(by, volunteer, held_on, words))
    talk = VolunteerInterview(
        volunteer=volunteer, held_on=held_on, held_by=by, recommends=recommends, words=clean(words).strip()
    )
    talk.save(force_insert=True)
    record("volunteers.interviewed", subject=volunteer, recommends=recommends)
    return talk


@action
def approve_volunteer(*, by: Any, volunteer: Volunteer) -> Volunteer:
    """Approve somebody whom another recruited, once everything was seen."""
    volunteer.hold()
    refuse(rules.why_not_approve(by, volunteer, missing_of(by, volunteer)))
    volunteer.approved_by, volunteer.approved_on = by, clock.today()
    volunteer.version += 1
    volunteer.save(update_fields=["approved_by", "approved_on", "version"])
    record("volunteers.approved", subject=volunteer)
    return volunteer


def missing_of(reader: Any, volunteer: Volunteer) -> Sequence[str]:
    """What must be seen before somebody is approved."""
    return queries.missing_of_each(reader, [volunteer])[volunteer.pk]


@action
def end_volunteer(*, by: Any, volunteer: Volunteer, end_reason: str, end_words: str = "") -> Volunteer:
    """Somebody volunteers no longer, from today."""
    volunteer.hold()
    live = VolunteerMatch.objects.filter(volunteer=volunteer, state__in=queries.LIVE).count()
    refuse(rules.why_not_end(by, volunteer, end_reason, live))
    volunteer.ended_on, volunteer.ended_by = clock.today(), by
    volunteer.end_reason, volunteer.end_words = end_reason, clean(end_words).strip()
    volunteer.version += 1
    volunteer.save(update_fields=["ended_on", "ended_by", "end_reason", "end_words", "version"])
    record("volunteers.ended", subject=volunteer, reason=end_reason)
    return volunteer
