"""An export asked for and made, and what it says; families in the states that lists are about."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from hearth.casework.assessments.actions import start_assessment
from hearth.casework.assessments.models import Assessment
from hearth.casework.assessments.tests.conftest import fill_in, send, sign_off
from hearth.casework.cases.actions import open_case
from hearth.casework.cases.models import Case
from hearth.casework.cases.steps.actions import request_step_up
from hearth.casework.cases.steps.rules import StepBasis
from hearth.casework.cases.steps.tests.conftest import ASKED
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.performance.exports.actions import ask_for_export
from hearth.oversight.performance.exports.making import make
from hearth.oversight.performance.exports.models import Export
from hearth.oversight.performance.exports.queries import content_of
from hearth.oversight.performance.exports.tests import standard
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.models import Family, Person

ASKS = {"purpose": "An inspection under section 136", "goes_to": "Ofsted"}


def ago(days: int) -> dt.date:
    """So many days before today."""
    return clock.today() - dt.timedelta(days=days)


@dataclass
class Made:
    """An export, and its file."""

    export: Export
    content: bytes

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of a list, by the heads of its columns."""
        head, *rows = standard.opened(self.content)[name]
        return [dict(zip(map(str, head), row, strict=True)) for row in rows]

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a table."""
        return standard.tables(self.content)[name]

    def of(self, name: str, child: Person) -> list[dict[str, Any]]:
        """The rows of a list that are one child's."""
        return [row for row in self.rows(name) if row["Child Unique ID"] == child.reference]


@pytest.fixture
def export_of(cast: Any) -> Callable[..., Made]:
    """Ask for an export of the last six months and make it, as information governance unless told otherwise."""

    def do(
        kind: str = "annex_a",
        *,
        by: Any = None,
        from_on: dt.date | None = None,
        to_on: dt.date | None = None,
        **more: Any,
    ) -> Made:
        by = by or cast.information_governance
        with acting_as(by):
            export = ask_for_export(
                by=by,
                kind=kind,
                from_on=from_on or ago(182),
                to_on=to_on or clock.today(),
                **(ASKS | more),
                queue=False,
            )
            export = make(export, by)
            assert export.state == "ready", export.fault
            return Made(export, content_of(by, export))

    return do


@pytest.fixture
def told(cast: Any, area: Any) -> Callable[..., "Told"]:
    """A family with a child, whose case was opened so many days ago."""

    def tell(name: str = "Marsden", *, opened: int = 60, where: Any = None, by: Any = None, **child: Any) -> Told:
        by = by or cast.family_worker
        with clock.frozen(ago(opened)), acting_as(by):
            family = open_family(by=by, name=name, area=where or area)
            said: dict[str, Any] = {
                "given_name": "Leo", "family_name": name, "sex": "M", "ethnicity": "APKN", "birth_precision": "full",
                "born_on": dt.date(2018, 6, 9),
            } | child  # fmt: skip
            person = add_person(by=by, family=family, role="child", **said)
            case = open_case(by=by, family=family, because="assessment", lead=by)
        return Told(cast, by, family, person, case)

    return tell


@dataclass
class Told:
    """A family's story, told on."""

    cast: Any
    by: Any
    family: Family
    child: Person
    case: Case

    def begins_assessment(self, days: int) -> Assessment:
        """Begun so many days ago."""
        with clock.frozen(ago(days)), acting_as(self.by):
            self.case.refresh_from_db()
            return start_assessment(by=self.by, case=self.case)

    def signs_off(self, assessment: Assessment, days: int, by: Any = None) -> None:
        """Filled in, sent and signed off so many days ago."""
        by = by or self.cast.manager
        with clock.frozen(ago(days)):
            fill_in(self.by, assessment)
            send(self.by, assessment, by)
            sign_off(by, assessment)

    def another_child(self, **child: Any) -> Person:
        """A brother or sister."""
        said: dict[str, Any] = {
            "given_name": "Ada", "family_name": self.family.name, "sex": "F", "ethnicity": "APKN", "birth_precision": "full",
            "born_on": dt.date(2020, 2, 3),
        } | child  # fmt: skip
        with acting_as(self.by):
            return add_person(by=self.by, family=self.family, role="child", **said)

    def steps_up(self, days: int, **said: Any) -> Any:
        """Asks social care to take the case, so many days ago."""
        with clock.frozen(ago(days)), acting_as(self.by):
            self.case.refresh_from_db()
            agreed = StepBasis("consent", "They said yes on the telephone.", agreed_on=ago(days))
            return request_step_up(by=self.by, case=self.case, **(ASKED | {"basis": agreed} | said))
