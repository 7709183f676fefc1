"""Volunteers in every state: recruited, checked, approved; asked for, chosen, helping, visited."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.oversight.quality.volunteers import actions
from hearth.oversight.quality.volunteers.helping import actions as helping
from hearth.oversight.quality.volunteers.helping import queries
from hearth.oversight.quality.volunteers.models import VolunteerConflict
from hearth.oversight.quality.volunteers.queries import volunteer_of

WHO: dict[str, Any] = {
    "born_on": dt.date(1961, 4, 3), "address": "4 Mill Row", "postcode": "BB11 2ZZ", "email": "", "phone": "", "known_to_us": False,
    "known_words": "", "travels_miles": 5, "languages": [], "helps_with": ["practical_help"], "days": ["mon"], "times": ["morning"],
    "most_families": 5, "came_by": "applied",
}  # fmt: skip
WEEK = dt.timedelta(days=7)


def recruited(by: Any, area: Any, name: str) -> Any:
    """Somebody who would like to volunteer."""
    with acting_as(by):
        return actions.recruit_volunteer(by=by, area=area, full_name=name, districts=[area.code], **WHO)


def checked(by: Any, area: Any, name: str) -> Any:
    """Somebody of whom everything was seen."""
    made, today = recruited(by, area, name), clock.today()
    with acting_as(by):
        for _ in range(pack().volunteers.references):
            one = actions.ask_for_reference(by=by, volunteer=made, referee="Planned Referee", relation="Manager")
            actions.note_reference(by=by, volunteer=made, reference=one, recommends=True, words="Planned")
        actions.note_check(by=by, volunteer=made, level="enhanced", outcome="clear", seen_on=today - WEEK)
        for course in pack().volunteers.needed:
            actions.note_volunteer_training(by=by, volunteer=made, course=course.code, done_on=today - WEEK)
        actions.note_interview(by=by, volunteer=made, held_on=today - WEEK, recommends=True, words="Planned")
    return made


def approved(cast: Any, area: Any, name: str) -> Any:
    """Somebody who was approved."""
    made, officer = checked(cast.volunteer_coordinator, area, name), cast.senior_development_officer
    with acting_as(officer):
        return actions.approve_volunteer(by=officer, volunteer=volunteer_of(officer, made.reference))


def asked(worker: Any, case: Any) -> Any:
    """The lead practitioner asks, in the words that the walk looks for nowhere: a coordinator reads them rightly."""
    with acting_as(worker):
        return helping.ask_for_volunteer(
            by=worker, case=case, needs=["practical_help"], first_names="Planned", must_know="Planned", agreed_by="Planned",
            agreed_on=clock.today() - WEEK,
        )  # fmt: skip


def chosen(by: Any, request: Any, volunteer: Any) -> Any:
    """The coordinator chooses."""
    with acting_as(by):
        found = queries.request_of(by, request.reference)
        candidate = queries.candidate_of(by, found, volunteer.reference)
        return helping.choose_volunteer(by=by, asked=found, candidate=candidate, why="Planned")


def plant(world: Any) -> None:
    """One in each state. Of the family that most of the walk is about, one helps."""
    cast, more, area, today = world.cast, world.more, world.area, clock.today()
    by, worker, families = cast.volunteer_coordinator, cast.family_worker, world.families
    more.volunteer = approved(cast, area, "Rosa Planned")
    more.volunteer_new = recruited(by, area, "Una Planned")
    more.volunteer_checked = checked(by, area, "Ravi Planned")
    with acting_as(by):
        one = actions.ask_for_reference(by=by, volunteer=more.volunteer_new, referee="Planned", relation="Planned")
        more.volunteer_reference = one.number
    more.volunteer_match = chosen(by, asked(worker, families["working"].case), more.volunteer)
    with acting_as(worker):
        found = queries.match_of(worker, more.volunteer_match.reference)
        helping.note_family_answer(by=worker, match=found, agrees=True, answered_by="Planned", starts_on=today)
    with acting_as(by):
        found = queries.match_of(by, more.volunteer_match.reference)
        helping.log_visit(by=by, match=found, visited_on=today, minutes=5, words="Planned")
        helping.review_help(by=by, match=found, reviewed_on=today, family_words="Planned", next_on=today + WEEK)
    more.volunteer_proposed = chosen(by, asked(worker, families["handed_back"].case), more.volunteer)
    more.volunteer_request = asked(worker, families["asked_up"].case)
    more.volunteer_request_other = asked(worker, families["with_manager"].case)
    with acting_as(worker):
        VolunteerConflict(
            volunteer=more.volunteer_new, family_id=families["working"].case.family_id, said_by=worker
        ).save(force_insert=True)
