"""Signed-off assessments of several families, and audits of them brought to each of their states by the actions of those who would."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from hearth.casework.assessments.actions import start_assessment
from hearth.casework.assessments.models import Assessment
from hearth.casework.assessments.tests.conftest import fill_in, send, sign_off, write
from hearth.casework.cases.actions import open_case
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.oversight.quality import actions, queries
from hearth.oversight.quality.models import Audit, AuditSample
from hearth.oversight.quality.samples.actions import draw_audit_sample, draw_re_audit, share_out_sample
from hearth.oversight.quality.setup import tool_of
from hearth.records.people.actions import add_person, open_family

NAMES = ("Ashworth", "Birtwistle", "Catterall", "Duxbury", "Entwistle", "Fairclough")
SIGNED_OFF = 20  # days ago


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
def assess(cast: Any, area: Any) -> Callable[..., Assessment]:
    """A family of that name with an assessment that was signed off so many days ago, and what is written of its parents as strengths and needs."""

    def do(
        name: str, *, days: int = SIGNED_OFF, by: Any = None, manager: Any = None, where: Any = None, **written: str
    ) -> Assessment:
        worker, signs = by or cast.family_worker, manager or cast.manager
        with clock.frozen(ago(days + 10)), acting_as(worker):
            family = open_family(by=worker, name=name, area=where or area)
            said: dict[str, Any] = {"family_name": name, "birth_precision": "full"}
            add_person(
                by=worker,
                family=family,
                role="parent",
                given_name="Kelly",
                sex="F",
                born_on=dt.date(1990, 5, 2),
                **said,
            )
            add_person(by=worker, family=family, role="child", given_name="Jake", sex="M", born_on=ago(3000), **said)
            case = open_case(by=worker, family=family, because="assessment", lead=worker)
            assessment = start_assessment(by=worker, case=case)
        with clock.frozen(ago(days)):
            fill_in(worker, assessment)
            for part, words in written.items():
                write(worker, assessment, "parents", {f"basic_care__{part}": words}, seen={f"basic_care__{part}": 1})
            send(worker, assessment, signs)
            sign_off(signs, assessment)
        return assessment

    return do


@pytest.fixture
def assessed(assess: Any) -> list[Assessment]:
    """Six families of the first district, assessed by one worker and signed off by one manager."""
    return [assess(name) for name in NAMES]


def tool(code: str = "short-look") -> Any:
    """The version of a tool that is in use."""
    return next(each for each in queries.tools_in_use() if each.code == code)


@pytest.fixture
def drawn(cast: Any, assessed: Any) -> Callable[..., AuditSample]:
    """The quality lead draws a sample of the last thirty days."""

    def do(size: int = 2, by: Any = None, **more: Any) -> AuditSample:
        lead = by or cast.quality_lead
        with acting_as(lead):
            said = {"tool": tool(), "from_on": ago(30), "until_on": ago(1), "seed": "One"} | more
            return draw_audit_sample(by=lead, size=size, **said)

    return do


@pytest.fixture
def shared(cast: Any, drawn: Any) -> Callable[..., list[Audit]]:
    """A sample that is given to both auditors, so many of it twice; its audits in order."""

    def do(size: int = 2, twice: int = 0, **more: Any) -> list[Audit]:
        sample = drawn(size, **more)
        lead = cast.quality_lead
        with acting_as(lead):
            share_out_sample(by=lead, sample=sample, auditors=[cast.quality_auditor, cast.second_auditor], twice=twice)
            return list(
                Audit.objects.visible_to(lead).filter(sample=sample).select_related("sample__tool").order_by("number")
            )

    return do


def as_read(reader: Any, audit: Audit) -> Audit:
    """An audit as its reader reads it now."""
    return queries.audit_of(reader, audit.reference)


def auditor_of(cast: Any, audit: Audit, place: int = 1) -> Any:
    """Who was named to grade it."""
    with acting_as(cast.quality_lead):
        held = queries.grade_at(cast.quality_lead, audit, place).auditor_id
    return next(each for each in (cast.quality_auditor, cast.second_auditor) if each.id == held)


def begin(auditor: Any, audit: Audit) -> None:
    """The auditor opens the record."""
    with acting_as(auditor):
        found = as_read(auditor, audit)
        actions.begin_audit(by=auditor, audit=found, grade=queries.own_grade(auditor, found))


def grade(auditor: Any, audit: Audit, **answers: str) -> None:
    """The auditor opens the record, grades everything (met, but for what is said) and hands it in."""
    begin(auditor, audit)
    with acting_as(auditor):
        found = as_read(auditor, audit)
        mine = queries.own_grade(auditor, found)
        for part in tool_of(found.sample.tool_id).parts:
            said = {item.code: (answers.get(item.code, "met"), "Seen") for item in part.items}
            actions.grade_part(by=auditor, audit=found, grade=mine, part=part.code, answers=said)
        actions.finish_audit(by=auditor, audit=found, grade=mine)


def send_all(lead: Any, audit: Audit) -> None:
    """The lead sends the findings."""
    with acting_as(lead):
        actions.send_findings(
            by=lead, audit=as_read(lead, audit), done_well="The children’s words", to_change="Ask fathers"
        )


def again(lead: Any, sample: AuditSample, like: str, size: int = 2, days: int = 30, until: int = 1) -> AuditSample:
    """The lead draws a re-audit."""
    with acting_as(lead):
        return draw_re_audit(
            by=lead, follows=sample, like=like, from_on=ago(days), until_on=ago(until), size=size, seed="Two"
        )
