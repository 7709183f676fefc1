"""What the invented stories leave out, so that every kind of row and every address has something planted."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from hearth.casework.cases.actions import add_other_member
from hearth.casework.cases.notes.actions import add_note, correct_note
from hearth.casework.cases.reaching.actions import plan_try, record_try, start_reaching
from hearth.casework.plans.meetings.actions import plan_meeting, record_meeting
from hearth.casework.plans.reviews.actions import record_review
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.people.facts.actions import add_identifier, add_name, move_home
from hearth.records.people.links.actions import link_people
from hearth.records.sharing.actions import record_consent, record_exception
from hearth.records.sharing.queries import partners
from tests.security.hostile import papers


def live_more(cast: Any, planted: SimpleNamespace, stem: str) -> None:
    """A family that is worked with, as its lead practitioner lives on with it."""
    by = cast.family_worker
    with acting_as(by):
        _people(by, planted, stem)
        _team(cast, planted, stem)
        _notes(by, planted, stem)
        papers.plan_document(by, planted, stem)
        _review(by, planted, stem)
        _sharing(by, planted, stem)
    with acting_as(cast.manager):
        link_people(by=cast.manager, person=planted.father, other=planted.mother, why=f"{stem}basic reasons")


def _people(by: Any, planted: SimpleNamespace, stem: str) -> None:
    move_home(by=by, people=[planted.mother, planted.son], address=f"9 {stem}street", postcode="BB11 4ZY")
    planted.name = add_name(by=by, person=planted.mother, kind="birth", given_name=f"{stem}una", family_name=f"{stem}b")
    planted.number = add_identifier(
        by=by, person=planted.mother, kind="other", value=f"{stem}77", system=f"{stem} register"
    )


def _team(cast: Any, planted: SimpleNamespace, stem: str) -> None:
    by, case = cast.family_worker, planted.case
    planted.grandmother = add_other_member(by=by, case=case, role="grandparent", name=f"{stem}name the elder")
    planted.reaching = start_reaching(
        by=by, case=case, noticed=f"{stem}planned silence", in_the_way=f"{stem}planned", approach=f"{stem}planned"
    )
    planted.tried = plan_try(
        by=by, plan=planted.reaching, way="call", what=f"{stem}planned call", planned_on=clock.today(), by_user=by
    )
    record_try(by=by, attempt=planted.tried, tried_on=clock.today(), reached=False, note=f"{stem}noted no answer")
    planted.attempt = plan_try(
        by=by, plan=planted.reaching, way="visit", what=f"{stem}planned visit", planned_on=clock.today(), by_user=by
    )
    asked: dict[str, Any] = {"invited": [by, planted.mother], "purpose": f"{stem}planned", "place": f"{stem}street"}
    ahead = clock.now() + dt.timedelta(days=9)
    planted.meeting = plan_meeting(by=by, case=case, kind="review", planned_for=ahead, **asked)
    held = plan_meeting(by=by, case=case, kind="first", planned_for=clock.now() - dt.timedelta(days=2), **asked)
    planted.held_meeting = record_meeting(
        by=by, meeting=held, held_on=clock.today(), minutes=f"{stem}planned minutes", seen_version=held.version,
        attendance=dict.fromkeys(held.attendances.all(), "came"), decisions=f"{stem}planned", chair="Joanne Pickup",
    )  # fmt: skip


def _notes(by: Any, planted: SimpleNamespace, stem: str) -> None:
    said: dict[str, Any] = {"kind": "call", "happened_on": clock.today()}
    planted.note = add_note(by=by, case=planted.case, words=f"{stem}noted first", **said)
    correct_note(
        by=by, note=planted.note, seen_version=1, why=f"{stem}noted wrongly",
        words=f"{stem}noted again", **said,
    )  # fmt: skip


def _review(by: Any, planted: SimpleNamespace, stem: str) -> None:
    plan, outcome = planted.plan, planted.plan.outcomes.first()
    planted.review = record_review(
        by=by, plan=plan, reviewed_on=clock.today(), took_part=[by, planted.mother], scores={outcome: (5, "")},
        changed=f"{stem}planned change", decision="carry_on", seen_version=plan.reviews.count(),
        next_review_on=clock.add_working_days(clock.today(), 30), child_words=f"{stem}noted child",
        family_words=f"{stem}noted family",
    )  # fmt: skip


def _sharing(by: Any, planted: SimpleNamespace, stem: str) -> None:
    """Two parents disagree about the housing association; the police are told by an exception."""
    by_sector = {one.sector: one for _, group in partners() for one in group}
    planted.partner = by_sector["housing"]
    said: dict[str, Any] = {
        "by": by, "family": planted.family, "organisations": [planted.partner], "who_decided": "parent",
        "recorded_how": "spoken", "people": [planted.son], "words": f"{stem}basic words",
    }  # fmt: skip
    planted.consent = record_consent(**said, decider=planted.mother, categories=["basic"])[0]
    planted.refusal = record_consent(**said, decider=planted.father, decision="refused")[0]
    planted.exception = record_exception(
        by=by, family=planted.family, organisation=by_sector["police_and_justice"], ground="significant_harm",
        reason=f"{stem}assessed harm", categories=["basic"], until_on=clock.today() + dt.timedelta(days=1),
        family_told=True,
    )  # fmt: skip
