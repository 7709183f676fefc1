"""Audits in each of their states, made by the product's own actions: some settled and answered, and a re-audit on its way."""

import datetime as dt
import random
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.quality import actions, queries
from hearth.oversight.quality.models import Answer, Audit, AuditGrade, AuditSample
from hearth.oversight.quality.samples.actions import draw_audit_sample, draw_re_audit, share_out_sample
from hearth.oversight.quality.samples.queries import pool
from hearth.oversight.quality.setup import tool_of

TOOL, SEED = "quality-review", "2026"
LONG_AGO, BETWEEN = 540, 90  # days ago: assessments before and after are laid beside each other
DRAWN, GRADED, MODERATED, SENT, ANSWERED, AGAIN, TODAY = 24, 20, 17, 15, 9, 6, 1  # days ago
FIRST, SECOND = 4, 3  # of the sample and of its re-audit
# Items that are often missed, with what an auditor writes of each; the second time less often.
MISSED = {
    "father_included": "Nobody says who he is, or that he was asked.",
    "child_day": "I cannot tell what a day is like for this child.",
    "analysis": "It is a list. What it means for the children is not said.",
    "measurable": "Nobody could say when this is reached.",
    "history_used": "The help of two years ago is not spoken of.",
}
REPLY = "I agree about the father: I rang twice and wrote it in a note, and not here. I would say the day is there, under learning."


def audit_assessments(cast: dict[str, Any]) -> None:
    """One sample that was graded, in part twice, moderated, sent and answered; and one that follows it, half done."""
    lead = cast["quality_lead"]
    first = _draw(lead)
    if first is None:
        return
    _share(cast, first, twice=2)
    audits = _audits(lead, first)
    for number, audit in enumerate(audits):
        for grade in _grades(lead, audit):
            _grade(_auditor(cast, grade), audit, random.Random(f"{SEED} {number} {grade.place}"), 0.6, GRADED)
    for audit in _audits(lead, first):
        _settle_and_send(cast, audit)
    _answer(cast, _audits(lead, first))
    _again(cast, first)


def _ago(days: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days)


def _at(days: int) -> Any:
    return clock.frozen(clock.now() - dt.timedelta(days=days))


def _draw(lead: Any) -> AuditSample | None:
    with acting_as(lead):
        tool = next(each for each in queries.tools_in_use() if each.code == TOOL)
        period: dict[str, Any] = {"tool": tool, "from_on": _ago(LONG_AGO), "until_on": _ago(BETWEEN)}
        if len(pool(AuditSample(**period))) < FIRST + 1:
            return None
        with _at(DRAWN):
            return draw_audit_sample(by=lead, size=FIRST, seed=SEED, weighting="themes_first", **period)


def _share(cast: dict[str, Any], sample: AuditSample, twice: int, days: int = DRAWN) -> None:
    lead = cast["quality_lead"]
    with _at(days), acting_as(lead):
        share_out_sample(
            by=lead, sample=sample, auditors=[cast["quality_auditor"], cast["second_auditor"]], twice=twice
        )


def _audits(lead: Any, sample: AuditSample) -> list[Audit]:
    with acting_as(lead):
        return list(
            Audit.objects.visible_to(lead).filter(sample=sample).select_related("sample__tool").order_by("number")
        )


def _grades(lead: Any, audit: Audit) -> list[AuditGrade]:
    with acting_as(lead):
        return queries.grades_of(lead, audit)


def _auditor(cast: dict[str, Any], grade: AuditGrade) -> Any:
    return next(cast[key] for key in ("quality_auditor", "second_auditor") if cast[key].id == grade.auditor_id)


def _grade(by: Any, audit: Audit, dice: random.Random, often: float, days: int, *, hands_in: bool = True) -> None:
    """Most is met; what is often missed is missed as often as is said."""
    with _at(days), acting_as(by):
        found = queries.audit_of(by, audit.reference)
        mine = queries.own_grade(by, found)
        actions.begin_audit(by=by, audit=found, grade=mine)
        tool = tool_of(found.sample.tool_id)
        for part in tool.parts if hands_in else tool.parts[:2]:
            said = {item.code: _said(item, dice, often) for item in part.items}
            actions.grade_part(by=by, audit=found, grade=mine, part=part.code, answers=said)
        if hands_in:
            actions.finish_audit(by=by, audit=found, grade=mine)


def _said(item: Any, dice: random.Random, often: float) -> tuple[str, str]:
    if item.code in MISSED and dice.random() < often:
        return Answer.NOT_MET.value, MISSED[item.code]
    if not item.always_applies and dice.random() < 0.3:
        return Answer.NOT_APPLICABLE.value, ""
    return Answer.MET.value, ""


def _settle_and_send(cast: dict[str, Any], audit: Audit) -> None:
    """The last of those that differ is left for somebody to moderate, and so is one that is to be sent."""
    lead = cast["quality_lead"]
    with _at(MODERATED), acting_as(lead):
        found = queries.audit_of(lead, audit.reference)
        if found.state == Audit.State.MODERATING and audit.number == 1:
            decided = {
                each.item.code: (each.said[0].answer, each.said[0].comment or "As the first auditor read it.")
                for each in queries.to_moderate(lead, found)
            }
            found = actions.moderate_audit(by=lead, audit=found, decided=decided)
    if found.state == Audit.State.SETTLED and audit.number != FIRST and found.worker_id:
        with _at(SENT), acting_as(lead):
            actions.send_findings(
                by=lead, audit=queries.audit_of(lead, audit.reference), done_well="The family’s own words are on every page.",
                to_change="Say who each child’s father is, and ask him. Say how anybody will know that an outcome is reached.",
            )  # fmt: skip


def _answer(cast: dict[str, Any], audits: list[Audit]) -> None:
    """One of those that were sent is answered, with something to do."""
    sent = next((each for each in audits if each.state == Audit.State.SENT), None)
    worker = next((each for each in cast.values() if sent is not None and each.id == sent.worker_id), None)
    if sent is None or worker is None:
        return
    with _at(ANSWERED), acting_as(worker):
        found = queries.audit_of(worker, sent.reference)
        actions.reply_to_findings(by=worker, audit=found, agrees=True, reply=REPLY)
        due_on = clock.today() + dt.timedelta(days=30)
        actions.add_audit_action(by=worker, audit=found, what="Ask each father, or write down why not.", due_on=due_on)


def _again(cast: dict[str, Any], first: AuditSample) -> None:
    """What the same agencies wrote since: one graded better, one begun, the rest to begin."""
    lead = cast["quality_lead"]
    period: dict[str, Any] = {
        "from_on": _ago(BETWEEN - 1),
        "until_on": _ago(AGAIN + 1),
        "like": AuditSample.Like.AGENCY.value,
    }
    with acting_as(lead):
        if not pool(AuditSample(tool=first.tool, follows=first, **period)):
            return
        with _at(AGAIN):
            sample = draw_re_audit(by=lead, follows=first, size=SECOND, seed=SEED, **period)
    _share(cast, sample, twice=0, days=AGAIN)
    for number, audit in enumerate(_audits(lead, sample)[:2]):
        grade = _grades(lead, audit)[0]
        _grade(
            _auditor(cast, grade), audit, random.Random(f"{SEED} again {number}"), 0.25, TODAY + 1, hands_in=number == 0
        )
