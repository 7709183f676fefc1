"""The Ashworths' people by name, a note of a visit, and a partner who joined the team."""

import datetime as dt
from typing import Any

import pytest

from hearth.casework.cases.actions import join_team
from hearth.casework.cases.notes.actions import add_note
from hearth.casework.cases.notes.models import Note
from hearth.casework.cases.notes.rules import Seen
from hearth.foundation.core import clock
from hearth.records.people.models import Person
from hearth.records.sharing.agreements.actions import write_agreement


@pytest.fixture
def people(family: Any, cast: Any, as_: Any) -> dict[str, Person]:
    """Kelly, Jake and Mia by given name."""
    with as_(cast.family_worker):
        return {person.given_name: person for person in Person.objects.filter(memberships__family=family)}


@pytest.fixture
def write(case: Any, cast: Any, as_: Any) -> Any:
    """`write(kind="call")` adds a note as the lead practitioner, with ordinary words."""

    def make(by: Any = None, **told: Any) -> Note:
        by = by or cast.family_worker
        with as_(by):
            plain: dict[str, Any] = {"kind": "other", "happened_on": clock.today(), "words": "Something worth knowing."}
            return add_note(by=by, case=case, **(plain | told))

    return make


@pytest.fixture
def visit(write: Any, people: Any) -> Note:
    """A home visit of yesterday: Kelly seen, Jake seen alone."""
    return write(
        kind="visit",
        happened_on=clock.today() - dt.timedelta(days=1),
        place="home",
        words="Kelly showed me the kitchen.",
        seen=[Seen(people["Kelly"]), Seen(people["Jake"], True, "He likes football.")],
    )


@pytest.fixture
def partner(case: Any, cast: Any, as_: Any) -> Any:
    """`partner(["basic", "notes"])` lets the health visitor's trust see those categories, and adds her to the team."""

    def make(categories: list[str]) -> Any:
        officer, visitor = cast.information_governance, cast.health_visitor
        with as_(officer):
            write_agreement(
                by=officer,
                organisation=visitor.organisation,
                purposes=["early_help"],
                categories=categories,
                document="ISA-2026-7",
                from_on=clock.today(),
                until_on=clock.today() + dt.timedelta(days=90),
            )
        with as_(cast.family_worker):
            join_team(by=cast.family_worker, case=case, user=visitor, role="health")
        return visitor

    return make
