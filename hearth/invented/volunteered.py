"""Volunteers in each of their states, made by the product's own actions: one helps a family, one is asked of another, a check runs out soon."""

import datetime as dt
from typing import Any

from hearth.casework.cases.models import Case
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.invented.story import Place
from hearth.oversight.quality.volunteers import actions
from hearth.oversight.quality.volunteers.helping import actions as helping
from hearth.oversight.quality.volunteers.helping import queries
from hearth.oversight.quality.volunteers.models import Volunteer, VolunteerRequest
from hearth.oversight.quality.volunteers.queries import volunteer_of

SEEN = ("Kind, on time, and never promises what she cannot keep.", "I would have them in my own house.")
REFEREES = (("Gwen Parr", "Their manager for six years"), ("Tariq Aslam", "Runs the food bank with them"))
# Name, born, days, times, languages, helps with, how many days ago they were recruited, how many days of their check are left (none: checked then).
PEOPLE = (
    ("Rosa Delgado", 1961, ("mon", "wed"), ("morning",), ("ar",), ("practical_help", "parenting"), 200, None),
    (
        "Idris Vaughan",
        1988,
        ("tue", "thu", "sat"),
        ("afternoon", "evening"),
        (),
        ("mentoring", "positive_activities", "transport"),
        180,
        None,
    ),
    (
        "Maureen Eccles",
        1954,
        ("mon", "tue", "fri"),
        ("morning", "afternoon"),
        (),
        ("practical_help", "transport"),
        900,
        9,
    ),
    (
        "Harpreet Gill",
        1979,
        ("sat", "sun"),
        ("morning", "afternoon"),
        ("pa",),
        ("interpreting", "parenting"),
        150,
        None,
    ),
)
APPLIED = ("Callum Reid", 1999, ("wed", "thu"), ("evening",), (), ("mentoring",), 12, None)
READY = ("Philippa Thorne", 1968, ("mon", "thu"), ("morning",), (), ("parenting", "young_carers"), 30, None)


def tell_volunteers(cast: dict[str, Any], place: Place, outward: tuple[str, ...]) -> None:
    """Four who may help in the first district, one who applied, one to be approved; one helps, one is chosen, one family waits."""
    people = [_checked(cast, place, each, outward, approves=True) for each in PEOPLE]
    _checked(cast, place, READY, outward, approves=False)
    with _at(APPLIED[6]), acting_as(cast["volunteer_coordinator"]):
        new = _recruit(cast, place, APPLIED, outward)
        actions.ask_for_reference(
            by=cast["volunteer_coordinator"], volunteer=new, referee="Anita Rowe", relation="Teaches beside him"
        )
    cases = _cases(place)
    if len(cases) < 3:
        return
    first, second, third = cases[:3]
    _helping(cast, place, first, people[0], outward)
    asked = _ask(place, second, ("transport",), ("afternoon",), outward, days=9)
    _choose(
        cast, asked, people[1], days=4, why="Drives, and is free in the afternoon. His other family asks for weekends."
    )
    _ask(place, third, ("interpreting", "parenting"), (), outward, days=6)


def _at(days: int) -> Any:
    return clock.frozen(clock.now() - dt.timedelta(days=days))


def _recruit(cast: dict[str, Any], place: Place, said: tuple[Any, ...], outward: tuple[str, ...]) -> Volunteer:
    name, born, days, times, languages, helps_with, number, _ = said
    return actions.recruit_volunteer(
        by=cast["volunteer_coordinator"], area=place.area, came_by="applied" if number % 2 == 0 else "recruited", full_name=name,
        born_on=dt.date(born, 3, 7), address=f"{number} Sandpit Lane", postcode=f"{outward[0]} 9ZZ", email="", phone="01632 960 411",
        known_to_us=born == 1979, known_words="Her sister had a plan some years ago, in another district." if born == 1979 else "",
        districts=[place.area.code], travels_miles=6, languages=_known(languages), helps_with=list(helps_with), days=list(days),
        times=list(times), most_families=2 if born == 1988 else 1,
    )  # fmt: skip


def _known(languages: tuple[str, ...]) -> list[str]:
    there = {each.code for each in pack().directory.languages}
    return [code for code in languages if code in there]


def _checked(
    cast: dict[str, Any], place: Place, said: tuple[Any, ...], outward: tuple[str, ...], *, approves: bool
) -> Volunteer:
    by, number, left, practice = cast["volunteer_coordinator"], said[6], said[7], pack().volunteers
    with _at(number), acting_as(by):
        made = _recruit(cast, place, said, outward)
        asked = [
            actions.ask_for_reference(by=by, volunteer=made, referee=referee, relation=relation)
            for referee, relation in (
                ("Gwen Parr", "Her manager for six years"),
                ("Tariq Aslam", "Runs the food bank with them"),
            )[: practice.references]
        ]
    seen_on = clock.today() - dt.timedelta(days=number - 10)
    if left is not None:  # a certificate that was seen so long ago that it runs out in these days
        seen_on = actions.months_later(clock.today() + dt.timedelta(days=left), -practice.check_months)
    with _at(number - 14), acting_as(by):
        for one, words in zip(asked, SEEN, strict=False):
            actions.note_reference(by=by, volunteer=made, reference=one, recommends=True, words=words)
        actions.note_check(
            by=by,
            volunteer=made,
            level="enhanced_barred",
            outcome="clear",
            number_ends="0417",
            seen_on=min(seen_on, clock.today()),
        )
        for course in practice.needed:
            actions.note_volunteer_training(by=by, volunteer=made, course=course.code, done_on=clock.today())
        actions.note_interview(
            by=by,
            volunteer=made,
            held_on=clock.today(),
            recommends=True,
            words="Warm, steady, and clear about what they cannot do.",
        )
    if approves:
        officer = cast["senior_development_officer"]
        with _at(number - 16), acting_as(officer):
            return actions.approve_volunteer(by=officer, volunteer=volunteer_of(officer, made.reference))
    return made


def _cases(place: Place) -> list[Case]:
    """Open cases of the district's family worker that are old enough, the oldest first."""
    with acting_as(place.worker):
        rows = Case.objects.visible_to(place.worker).open().filter(lead=place.worker, family__restricted=False)
        rows = rows.exclude(stage="stepped_up").filter(opened_on__lte=clock.today() - dt.timedelta(days=30))
        return list(rows.order_by("opened_on", "reference"))


def _ask(
    place: Place, case: Case, needs: tuple[str, ...], times: tuple[str, ...], outward: tuple[str, ...], days: int
) -> VolunteerRequest:
    with _at(days), acting_as(place.worker):
        found = queries.case_of(place.worker, case.reference)
        suggested = queries.suggested(place.worker, found)
        return helping.ask_for_volunteer(
            by=place.worker, case=found, needs=list(needs), times=list(times), outward=suggested["outward"] or outward[0],
            first_names=suggested["first_names"] or "The family", agreed_by="Their mother", agreed_on=clock.today(),
            must_know="There is a dog, who is loud and kind. Please ring the bell twice. The youngest has a nut allergy.",
        )  # fmt: skip


def _choose(cast: dict[str, Any], asked: VolunteerRequest, volunteer: Volunteer, days: int, why: str) -> Any:
    by = cast["volunteer_coordinator"]
    with _at(days), acting_as(by):
        found = queries.request_of(by, asked.reference)
        candidate = queries.candidate_of(by, found, volunteer.reference)
        return helping.choose_volunteer(by=by, asked=found, candidate=candidate, why=why)


def _helping(cast: dict[str, Any], place: Place, case: Case, volunteer: Volunteer, outward: tuple[str, ...]) -> None:
    """Three months of help: visits each week, a review that went well, and the next one overdue by some days."""
    by, practice = cast["volunteer_coordinator"], pack().volunteers
    age = (clock.today() - case.opened_on).days
    began = min(practice.first_review_days + practice.review_days + 5, 95, age - 8)
    asked = _ask(place, case, ("practical_help",), ("morning",), outward, days=began + 6)
    match = _choose(
        cast,
        asked,
        volunteer,
        days=began + 4,
        why="She brought up four of her own, lives near, and is free when they are.",
    )
    with _at(began), acting_as(place.worker):
        found = queries.match_of(place.worker, match.reference)
        helping.note_family_answer(
            by=place.worker, match=found, agrees=True, answered_by="Their mother", starts_on=clock.today()
        )
    for number, days in enumerate(range(began - 3, 5, -7)):
        with _at(days), acting_as(by):
            found = queries.match_of(by, match.reference)
            words = ("Walked to school together", "Sorted the kitchen cupboards", "Sat with the youngest")[number % 3]
            helping.log_visit(
                by=by, match=found, visited_on=clock.today(), minutes=(60, 90, 75)[number % 3], words=words
            )
    reviewed = began * 3 // 5
    with _at(reviewed), acting_as(by):
        found = queries.match_of(by, match.reference)
        helping.review_help(
            by=by, match=found, reviewed_on=clock.today(), next_on=clock.today() + dt.timedelta(days=max(reviewed - 3, 1)),
            family_words="She never makes me feel watched. Mornings are quieter.", volunteer_words="They do more themselves each week.",
        )  # fmt: skip
