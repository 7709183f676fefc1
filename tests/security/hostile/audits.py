"""Audits in every state: named, begun, graded in full, differing, settled, sent; each of an assessment that the worker signs for."""

import datetime as dt
from typing import Any
from unittest import mock

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.oversight.quality import actions, queries, rules
from hearth.oversight.quality.models import Audit
from hearth.oversight.quality.samples.actions import draw_audit_sample, share_out_sample
from hearth.oversight.quality.samples.queries import sample_of
from hearth.oversight.quality.setup import tool_of
from hearth.oversight.quality.training.actions import raise_training_need

LONG, YESTERDAY = dt.timedelta(days=500), dt.timedelta(days=1)
PART, ITEM = "voice", "father_included"


def sample(cast: Any, seed: str, size: int = 1) -> Any:
    """The quality lead draws from whatever was signed off until yesterday."""
    lead, today = cast.quality_lead, clock.today()
    # Of so few planted families fewer than five are left once some are restricted: here a sample may be drawn of fewer.
    few = pack().model_copy(update={"audits": pack().audits.model_copy(update={"fewest_to_draw": 2})})
    with mock.patch.object(rules, "pack", return_value=few), acting_as(lead):
        tool = next(each for each in queries.tools_in_use() if each.code == "short-look")
        made = draw_audit_sample(
            by=lead, tool=tool, from_on=today - LONG, until_on=today - YESTERDAY, size=size, seed=seed
        )
        return sample_of(lead, made.reference)


def given(cast: Any, seed: str, *, twice: int = 0) -> Audit:
    """One that is given to an auditor, or to both."""
    lead, made = cast.quality_lead, sample(cast, seed)
    auditors = [cast.quality_auditor, *([cast.second_auditor] if twice else [])]
    with acting_as(lead):
        share_out_sample(by=lead, sample=made, auditors=auditors, twice=twice)
        return Audit.objects.select_related("sample__tool").get(sample=made)


def grade(auditor: Any, audit: Audit, *, fathers: str = "met", hands_in: bool = True) -> None:
    """Everything of it is met, but for what is said of fathers."""
    begin(auditor, audit)
    with acting_as(auditor):
        found = queries.audit_of(auditor, audit.reference)
        mine = queries.own_grade(auditor, found)
        for part in tool_of(found.sample.tool_id).parts:
            said = {item.code: (fathers if item.code == ITEM else "met", "Seen") for item in part.items}
            actions.grade_part(by=auditor, audit=found, grade=mine, part=part.code, answers=said)
        if hands_in:
            actions.finish_audit(by=auditor, audit=found, grade=mine)


def begin(auditor: Any, audit: Audit) -> None:
    """The auditor opens the record."""
    with acting_as(auditor):
        found = queries.audit_of(auditor, audit.reference)
        actions.begin_audit(by=auditor, audit=found, grade=queries.own_grade(auditor, found))


def plant(world: Any) -> None:
    """One audit in each state."""
    cast, more = world.cast, world.more
    first, second, lead, worker = cast.quality_auditor, cast.second_auditor, cast.quality_lead, cast.family_worker
    more.audit_part = PART
    more.audit_sample_new = sample(cast, "new", 3)
    more.audit_named, more.audit_begun, more.audit_full = (given(cast, each) for each in ("named", "begun", "full"))
    begin(first, more.audit_begun)
    grade(first, more.audit_full, hands_in=False)
    more.audit_differs = given(cast, "differs", twice=1)
    grade(first, more.audit_differs, fathers="not_met")
    grade(second, more.audit_differs)
    more.audit_settled, more.audit_sent = (given(cast, each) for each in ("settled", "sent"))
    for audit in (more.audit_settled, more.audit_sent):
        grade(first, audit)
    more.audit_sample = more.audit_settled.sample
    with acting_as(lead):
        found = queries.audit_of(lead, more.audit_sent.reference)
        actions.send_findings(by=lead, audit=found, done_well="Planned words", to_change="Planned change")
        more.training_need = raise_training_need(
            by=lead,
            title="Fathers",
            why="They are left out",
            area=world.area,
            audit=queries.audit_of(lead, more.audit_settled.reference),
        )
    with acting_as(worker):
        found = queries.audit_of(worker, more.audit_sent.reference)
        actions.add_audit_action(by=worker, audit=found, what="Planned", due_on=clock.today() + LONG)
