"""Writes: draw a sample, draw one again like an earlier one, and give what was drawn to auditors."""

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.models import hold_each
from hearth.foundation.core.pack import pack
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.oversight.quality import rules
from hearth.oversight.quality.models import Audit, AuditGrade, AuditSample, AuditToolVersion
from hearth.oversight.quality.samples import queries
from hearth.oversight.quality.telling import tell


@action
def draw_audit_sample(
    *,
    by: Any,
    tool: AuditToolVersion,
    from_on: dt.date,
    until_on: dt.date,
    size: int,
    area: Any = None,
    organisation: Any = None,
    route: str = "",
    theme: str = "",
    weighting: str = "",
    seed: str = "",
) -> AuditSample:
    """Draw signed-off assessments of a period that is over, by a seed that is kept: one of chance, unless it is given."""
    sample = AuditSample(
        reference=drawn_reference("QS"), tool=tool, area=area, from_on=from_on, until_on=until_on, size=size, organisation=organisation,
        route=route, theme=theme, weighting=weighting, seed=_seed(seed), among=0, drawn_by=by,
    )  # fmt: skip
    return _drawn(by, sample)


@action
def draw_re_audit(
    *, by: Any, follows: AuditSample, like: str, from_on: dt.date, until_on: dt.date, size: int, seed: str = ""
) -> AuditSample:
    """Draw again what has the family, the worker or the agency in common with a sample, graded by the newest version of its tool."""
    refuse(rules.why_not_draw_again(by, follows, queries.settled_of(by, follows)))
    newest = AuditToolVersion.objects.filter(code=follows.tool.code).order_by("-version").first() or follows.tool
    sample = AuditSample(
        reference=drawn_reference("QS"), tool=newest, area=follows.area, from_on=from_on, until_on=until_on, size=size,
        seed=_seed(seed), among=0, follows=follows, like=like, drawn_by=by,
    )  # fmt: skip
    return _drawn(by, sample)


def _seed(given: str) -> str:
    return clean(given).strip() or secrets.token_hex(8)


def _drawn(by: Any, sample: AuditSample) -> AuditSample:
    refuse(rules.why_not_lead(by))
    there = queries.pool(sample)
    refuse(rules.why_not_draw(by, sample, len(there)))
    sample.among = len(there)
    sample.save(force_insert=True)
    for number, reference in enumerate(queries.drawn_from(sample, there), 1):
        one = there[reference]
        Audit(
            reference=drawn_reference("QA"), sample=sample, number=number, assessment_id=one.assessment_id, assessment_reference=reference,
            case_id=one.case_id, family_id=one.family_id, area_id=one.area_id, worker_id=one.worker_id,
            signed_off_by_id=one.signed_off_by_id, organisation_id=one.organisation_id, themes=one.themes,
        ).save(force_insert=True)  # fmt: skip
    record(
        "quality.sample_drawn",
        subject=sample,
        among=sample.among,
        size=sample.size,
        seed=sample.seed,
        follows=sample.follows_id,
    )
    return sample


@dataclass(frozen=True)
class Shared:
    """How many audits were given, how many to a second auditor too, and for how many nobody stands far enough from whoever wrote them."""

    given: int
    twice: int
    left: int


@action
def share_out_sample(*, by: Any, sample: AuditSample, auditors: Sequence[Any], twice: int = 0) -> Shared:
    """Give each assessment to the auditor who has fewest and stands far enough from whoever wrote it; the first so many to two of them."""
    audits = list(Audit.objects.visible_to(by).filter(sample=sample, state=Audit.State.DRAWN))
    hold_each(audits)
    waiting = sorted((each for each in audits if each.state == Audit.State.DRAWN), key=lambda each: each.number)
    refuse(rules.why_not_share_out(by, auditors, len(waiting)))
    teams = queries.teams_of([*(each.worker_id for each in waiting), *(each.id for each in auditors)])
    has: Counter[Any] = Counter()
    given = second = 0
    for audit in waiting:
        fit = [each for each in auditors if rules.independent(audit, each, teams)]
        chosen = sorted(fit, key=lambda each: (has[each.id], each.full_name, str(each.id)))[
            : 2 if second < twice else 1
        ]
        for place, auditor in enumerate(chosen, 1):
            has[auditor.id] += 1
            name(by, audit, auditor, place)
        given += bool(chosen)
        second += len(chosen) == 2
    shared = Shared(given, second, len(waiting) - given)
    record("quality.sample_shared_out", subject=sample, given=given, twice=second, left=shared.left)
    return shared


def name(by: Any, audit: Audit, auditor: Any, place: int) -> AuditGrade:
    """Name somebody to grade an audit that is held: they have the pack's working days from today, and are told."""
    due_on = clock.add_working_days(clock.today(), pack().audits.open_days)
    grade = AuditGrade(audit=audit, family_id=audit.family_id, auditor=auditor, place=place, named_by=by, due_on=due_on)
    grade.save(force_insert=True)
    if audit.state == Audit.State.DRAWN:
        audit.state, audit.version = Audit.State.GRADING, audit.version + 1
        audit.save(update_fields=["state", "version"])
    record(
        "quality.auditor_named",
        subject=audit,
        auditor=str(auditor.id),
        place=place,
        until=due_on,
    )
    tell(by, auditor, "audit_to_grade", audit, grade.id)
    return grade
