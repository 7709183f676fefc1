"""Volunteers: changed, answered for, approved, ended; chosen, agreed to, visits taken back, help reviewed and ended."""

from collections.abc import Callable
from typing import Any

from hearth.foundation.core import clock
from hearth.oversight.quality.volunteers import actions
from hearth.oversight.quality.volunteers.helping import actions as helping
from hearth.oversight.quality.volunteers.helping import queries
from hearth.oversight.quality.volunteers.models import VolunteerMatch, VolunteerReference, VolunteerVisit
from tests.forms.at_once import Two, fresh, row
from tests.security.hostile.volunteers import WHO

BY = ("volunteer_coordinator", "volunteer_coordinator")
APPROVES = ("senior_development_officer", "senior_development_officer")


def _change(phone: str) -> Callable[[Any, Any], Any]:
    said = {name: value for name, value in WHO.items() if name != "came_by"} | {
        "full_name": "Rosa Planned",
        "districts": ["burnley"],
    }
    return lambda by, one: actions.change_volunteer(
        by=by, volunteer=one, version=one.version, **(said | {"phone": phone})
    )


def _reference(town: Any) -> tuple[Any, VolunteerReference]:
    volunteer = row("volunteer_new", "area")(town)
    return volunteer, VolunteerReference.objects.get(volunteer=volunteer)


def _match(which: str) -> Callable[[Any], VolunteerMatch]:
    return lambda town: fresh(town.find(which), "asked", "area")


def _visit(town: Any) -> tuple[VolunteerMatch, VolunteerVisit]:
    match = _match("volunteer_match")(town)
    return match, VolunteerVisit.objects.filter(match=match).earliest("number")


def _choice(town: Any) -> tuple[Any, Any]:
    asked = row("volunteer_request", "area")(town)
    return asked, queries.candidate_of(town.cast.volunteer_coordinator, asked, town.find("volunteer").reference)


TABLE = [
    Two("volunteers.change_volunteer", row("volunteer", "area"), _change("01632 960001"), _change("01632 960002"), "conflict", who=BY),
    Two("volunteers.note_reference", _reference,
        lambda by, o: actions.note_reference(by=by, volunteer=o[0], reference=o[1], recommends=True, words="Kind"),
        comes="volunteers.reference_noted", who=BY),
    Two("volunteers.approve_volunteer", row("volunteer_checked", "area"), lambda by, v: actions.approve_volunteer(by=by, volunteer=v),
        comes="volunteers.approved", who=APPROVES),
    Two("volunteers.end_volunteer", row("volunteer_new", "area"), lambda by, v: actions.end_volunteer(by=by, volunteer=v, end_reason="moved"),
        comes="volunteers.ended_already", who=BY),
    Two("volunteers.choose_volunteer", _choice,
        lambda by, o: helping.choose_volunteer(by=by, asked=o[0], candidate=o[1], why="Near"), comes="volunteers.not_open", who=BY),
    Two("volunteers.withdraw_volunteer_request", row("volunteer_request_other", "area"),
        lambda by, a: helping.withdraw_volunteer_request(by=by, asked=a, why="No more"), comes="volunteers.not_open", who=BY),
    Two("volunteers.note_family_answer", _match("volunteer_proposed"),
        lambda by, m: helping.note_family_answer(by=by, match=m, agrees=True, answered_by="Kelly", starts_on=clock.today()),
        comes="volunteers.answered"),
    Two("volunteers.take_back_visit", _visit, lambda by, o: helping.take_back_visit(by=by, match=o[0], visit=o[1]),
        comes="volunteers.taken_back", who=BY),
    Two("volunteers.end_help", _match("volunteer_match"),
        lambda by, m: helping.end_help(by=by, match=m, ended_on=clock.today(), end_reason="familys_wish"),
        comes="volunteers.help_ended", who=BY),
]  # fmt: skip
