"""More in each planted family: people, homes, notes, meetings, outcomes, actions, reviews, documents, consents, messages."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from hearth.casework.assessments.documents.actions import add_assessment_document
from hearth.casework.cases.actions import add_other_member
from hearth.casework.cases.notes.actions import add_note, correct_note
from hearth.casework.cases.notes.rules import Seen
from hearth.casework.cases.reaching.actions import plan_try, record_try
from hearth.casework.front_door.actions import answer_front_door
from hearth.casework.front_door.documents.actions import add_request_document
from hearth.casework.front_door.triage.actions import ask_referrer, write_note
from hearth.casework.plans.documents.actions import add_plan_document
from hearth.casework.plans.meetings.actions import plan_meeting, record_meeting
from hearth.casework.plans.outcomes.actions import add_outcome
from hearth.casework.plans.reviews.actions import record_review
from hearth.casework.plans.who_does_what.actions import add_action
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.people.actions import add_person
from hearth.records.people.facts.actions import add_identifier, add_name, move_home, record_relationship
from hearth.records.sharing.actions import record_consent, record_exception
from hearth.records.sharing.queries import partners
from tests.security.hostile.papers import a_letter

MORE = 3


def more_in_families(world: Any) -> None:
    """In the families that addresses point to, as far as the state of each allows it."""
    worker = world.cast.family_worker
    with acting_as(worker):
        for key in ("working", "handed_back", "asked_up", "with_manager", "bare"):
            planted = world.families[key]
            children = _people(worker, planted)
            for child in children:
                add_note(
                    by=worker, case=planted.case, kind="visit", happened_on=clock.today(), place="home",
                    words=f"Saw {child.given_name}.", seen=[Seen(child, alone=True, words="I like Fridays.")],
                )  # fmt: skip
        _living(worker, world.families["working"])
        _outcomes(worker, world.families["handed_back"])
        for number in range(MORE):
            add_assessment_document(
                by=worker, assessment=world.families["asked_up"].assessment, file=a_letter(f"more{number}", f"a{number}"),
                kind="letter", caption=f"Letter {number}",
            )  # fmt: skip
    for key in ("waiting", "decided"):
        _of_request(world.cast, world.families[key].request, is_waiting=key == "waiting")


def _people(by: Any, planted: Any) -> list[Any]:
    mother = getattr(planted, "mother", None)
    children = []
    for number in range(MORE):
        child = add_person(
            by=by, family=planted.family, role="child", given_name=f"Child{number}", family_name="More", sex="F",
            born_on=dt.date(2014 + number, 5, 1), birth_precision="full",
        )  # fmt: skip
        children.append(child)
        if mother is not None:
            record_relationship(by=by, person=mother, other=child, kind="mother", parental_responsibility=True)
            move_home(by=by, people=[mother, child], address=f"{number} Mill Lane", postcode="BB11 4ZY")
            add_name(by=by, person=mother, kind="birth", given_name="Una", family_name=f"More{number}")
            add_identifier(by=by, person=mother, kind="other", value=f"{number}", system="Housing")
        add_other_member(by=by, case=planted.case, role="grandparent", name=f"Grandparent {number}")
    return children


def _living(by: Any, planted: SimpleNamespace) -> None:
    _outcomes(by, planted)
    asked: dict[str, Any] = {"invited": [by, planted.mother, planted.father], "purpose": "More", "place": "School"}
    for number in range(MORE):
        correct_note(
            by=by, note=planted.note, seen_version=2 + number, why="More was said", words=f"Again {number}", kind="call",
            happened_on=clock.today(),
        )  # fmt: skip
        attempt = plan_try(
            by=by, plan=planted.reaching, way="call", what=f"Ring {number}", planned_on=clock.today(), by_user=by
        )
        if number:
            record_try(by=by, attempt=attempt, tried_on=clock.today(), reached=False, note="No answer")
        ahead, back = dt.timedelta(days=10 + number), dt.timedelta(days=3 + number)
        plan_meeting(by=by, case=planted.case, kind="review", planned_for=clock.now() + ahead, **asked)
        held = plan_meeting(by=by, case=planted.case, kind="review", planned_for=clock.now() - back, **asked)
        record_meeting(
            by=by, meeting=held, held_on=clock.today(), minutes=f"Minutes {number}", seen_version=held.version,
            attendance=dict.fromkeys(held.attendances.all(), "came"), decisions="Carry on", chair="Joanne Pickup",
        )  # fmt: skip
        add_plan_document(
            by=by, plan=planted.plan, file=a_letter(f"plan{number}", f"p{number}"), kind="letter", caption=f"L {number}"
        )
        record_review(
            by=by, plan=planted.plan, reviewed_on=clock.today(), took_part=[by, planted.mother, planted.father],
            scores=dict.fromkeys(planted.plan.outcomes.all(), (5, "")), changed=f"Change {number}",
            decision="carry_on", seen_version=planted.plan.reviews.count(), child_words="Better", family_words="Better",
            next_review_on=clock.add_working_days(clock.today(), 30),
        )  # fmt: skip
    _sharing(by, planted)


def _outcomes(by: Any, planted: SimpleNamespace) -> None:
    for number in range(MORE):
        outcome = add_outcome(
            by=by, plan=planted.plan, want=f"Want {number}", area=planted.plan.outcomes.first().area, measure="As they say", starting_score=2,
            target_score=8, person=planted.daughter if number else None,
        )  # fmt: skip
        for who in (by, planted.mother, planted.father):
            add_action(
                by=by, plan=planted.plan, what=f"Do {number}", who=who, due_on=clock.today(), outcome=outcome,
            )  # fmt: skip


def _sharing(by: Any, planted: SimpleNamespace) -> None:
    organisations = [one for _, group in partners() for one in group if one.pk != planted.partner.pk][:MORE]
    said: dict[str, Any] = {
        "by": by, "family": planted.family, "organisations": organisations, "who_decided": "parent",
        "recorded_how": "spoken", "people": [planted.son, planted.daughter], "words": "Said at home",
    }  # fmt: skip
    record_consent(**said, decider=planted.mother, categories=["basic"])
    record_consent(**said, decider=planted.father, decision="refused")
    for one in organisations:
        record_exception(
            by=by, family=planted.family, organisation=one, ground="significant_harm", reason="Harm", family_told=True,
            categories=["basic"], until_on=clock.today() + dt.timedelta(days=1),
        )  # fmt: skip


def _of_request(cast: Any, request: Any, *, is_waiting: bool) -> None:
    officer, asker = cast.front_door_officer, cast.practitioner
    for number in range(MORE):
        with acting_as(officer):
            write_note(by=officer, request=request, words=f"Note {number}")
            if is_waiting:
                add_request_document(
                    by=officer, request=request, file=a_letter(f"r{number}", f"r{number}"), kind="letter",
                    caption=f"Letter {number}",
                )  # fmt: skip
                request.refresh_from_db()
                ask_referrer(by=officer, request=request, words=f"And {number}?")
        if is_waiting:
            with acting_as(asker):
                request.refresh_from_db()
                answer_front_door(by=asker, request=request, words=f"Yes {number}")
