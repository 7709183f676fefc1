"""Volunteers brought to each of their states by the actions of those who would."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.oversight.quality.volunteers import actions
from hearth.oversight.quality.volunteers.helping import actions as helping
from hearth.oversight.quality.volunteers.helping import queries
from hearth.oversight.quality.volunteers.models import Volunteer, VolunteerMatch, VolunteerRequest
from hearth.oversight.quality.volunteers.queries import volunteer_of

WHO: dict[str, Any] = {
    "full_name": "Rosa Delgado", "born_on": dt.date(1961, 4, 3), "address": "4 Mill Row", "postcode": "BB11 2ZZ", "email": "",
    "phone": "01632 960011",
    "known_to_us": False, "known_words": "", "districts": ["burnley"], "travels_miles": 5, "languages": ["ar"],
    "helps_with": ["practical_help", "parenting"], "days": ["mon", "wed"], "times": ["morning"], "most_families": 1, "came_by": "applied",
}  # fmt: skip
WANTED: dict[str, Any] = {
    "needs": ["practical_help"], "first_names": "Kelly, Jake, Mia", "must_know": "The dog is loud and kind.", "agreed_by": "Kelly",
    "outward": "BB11", "languages": [], "days": ["mon"], "times": ["morning"],
}  # fmt: skip


@contextmanager
def refused(code: str) -> Iterator[None]:
    """It is refused, and by this rule."""
    with pytest.raises(Refused) as told:
        yield
    assert told.value.refusal.code == code


def ago(days: int) -> dt.date:
    """So many days before today."""
    return clock.today() - dt.timedelta(days=days)


@pytest.fixture
def recruit(cast: Any, area: Any) -> Callable[..., Volunteer]:
    """The coordinator takes somebody on: Rosa, but for what is said."""

    def do(by: Any = None, where: Any = None, **more: Any) -> Volunteer:
        coordinator = by or cast.volunteer_coordinator
        with acting_as(coordinator):
            return actions.recruit_volunteer(by=coordinator, area=where or area, **(WHO | more))

    return do


def see_everything(by: Any, volunteer: Volunteer, seen_on: dt.date | None = None, **check: Any) -> None:
    """The coordinator gets two references, sees the certificate, notes training and holds an interview."""
    practice = pack().volunteers
    with acting_as(by):
        for number in range(practice.references):
            one = actions.ask_for_reference(by=by, volunteer=volunteer, referee=f"Referee {number}", relation="Manager")
            actions.note_reference(by=by, volunteer=volunteer, reference=one, recommends=True, words="Kind and on time")
        said = {"level": "enhanced", "outcome": "clear", "number_ends": "0417", "seen_on": seen_on or ago(40)} | check
        actions.note_check(by=by, volunteer=volunteer, **said)
        for course in practice.needed:
            actions.note_volunteer_training(by=by, volunteer=volunteer, course=course.code, done_on=ago(20))
        actions.note_interview(
            by=by, volunteer=volunteer, held_on=ago(10), recommends=True, words="Warm, and knows her limits"
        )


def approve(by: Any, volunteer: Volunteer) -> Volunteer:
    """Somebody else approves."""
    with acting_as(by):
        return actions.approve_volunteer(by=by, volunteer=volunteer_of(by, volunteer.reference))


@pytest.fixture
def approved(cast: Any, recruit: Any) -> Callable[..., Volunteer]:
    """Somebody who was checked and approved."""

    def do(seen_on: dt.date | None = None, **more: Any) -> Volunteer:
        made = recruit(**more)
        see_everything(more.get("by") or cast.volunteer_coordinator, made, seen_on)
        return approve(cast.senior_development_officer, made)

    return do


@pytest.fixture
def ask(cast: Any, case: Any) -> Callable[..., VolunteerRequest]:
    """The lead practitioner of the Ashworths asks for a volunteer."""

    def do(**more: Any) -> VolunteerRequest:
        with acting_as(cast.family_worker):
            return helping.ask_for_volunteer(
                by=cast.family_worker, case=case, **(WANTED | {"agreed_on": ago(1)} | more)
            )

    return do


@pytest.fixture
def choose(cast: Any) -> Callable[..., VolunteerMatch]:
    """The coordinator chooses somebody."""

    def do(asked: VolunteerRequest, volunteer: Volunteer, by: Any = None) -> VolunteerMatch:
        coordinator = by or cast.volunteer_coordinator
        with acting_as(coordinator):
            found = queries.request_of(coordinator, asked.reference)
            candidate = queries.candidate_of(coordinator, found, volunteer.reference)
            return helping.choose_volunteer(
                by=coordinator, asked=found, candidate=candidate, why="Patient with toddlers"
            )

    return do


def answer(by: Any, match: VolunteerMatch, *, agrees: bool = True, **more: Any) -> VolunteerMatch:
    """The family says yes, or no."""
    with acting_as(by):
        found = queries.match_of(by, match.reference)
        said = {"answered_by": "Kelly", "starts_on": clock.today() if agrees else None} | more
        return helping.note_family_answer(by=by, match=found, agrees=agrees, **said)


@pytest.fixture
def helps(cast: Any, ask: Any, approved: Any, choose: Any) -> Callable[..., VolunteerMatch]:
    """Rosa helps the Ashworths, since so many days ago."""

    def do(days: int = 0) -> VolunteerMatch:
        with clock.frozen(ago(days)):
            match = choose(ask(), approved())
            return answer(cast.family_worker, match)

    return do
