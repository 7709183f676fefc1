"""Writes: begin, grade, hand in, moderate, send, answer, and what is done then. An audit is held first, then its grade.

What is done before the findings are sent stands in the trail by the audit's reference and not by the family: whoever may open a family
reads what was done for it, and the worker is told nothing before. That the record was opened, and each look, stand there by the family.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from hearth.foundation.accounts.models import User
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Conflict, refuse
from hearth.foundation.core.seen import seen_of
from hearth.foundation.core.text import clean
from hearth.oversight.quality import queries, rules
from hearth.oversight.quality.models import Answer, Audit, AuditAction, AuditGrade, AuditResult, ItemGrade
from hearth.oversight.quality.samples.actions import name
from hearth.oversight.quality.samples.queries import teams_of
from hearth.oversight.quality.setup import tool_of
from hearth.oversight.quality.telling import tell
from hearth.records.people.access.actions import end_access, give_access
from hearth.records.people.models import Family

WHY = "audit"


@action
def begin_audit(*, by: Any, audit: Audit, grade: AuditGrade) -> AuditGrade:
    """Open the assessment's record to its auditor, for the audit alone and until its last day. Doing it again opens it again."""
    _hold(audit, grade)
    refuse(rules.why_not_begin(by, grade))
    until = clock.in_london(dt.datetime.combine(grade.due_on + dt.timedelta(days=1), dt.time()))
    give_access(
        by=by,
        family=Family(pk=grade.family_id),
        user=by,
        why=WHY,
        basis=grade.id,
        categories=["assessment"],
        until_at=until,
    )
    refuse(None if queries.can_open(by, audit) else rules.GONE)
    if grade.begun_at is None:
        grade.begun_at = clock.now()
        grade.save(update_fields=["begun_at"])
    record("quality.audit_begun", subject=audit, place=grade.place, until=until)
    return grade


@action
def grade_part(
    *,
    by: Any,
    audit: Audit,
    grade: AuditGrade,
    part: str,
    answers: Mapping[str, tuple[str, str]],
    seen: str | None = None,
) -> None:
    """Write what an auditor says of the items of one part. Another tab's words are not written over unseen."""
    _hold(audit, grade)
    refuse(rules.why_not_grade(by, grade))
    tool = tool_of(audit.sample.tool_id)
    refuse(rules.why_not_answer(tool, answers))
    place = tool.part(part)
    codes = [item.code for item in place.items] if place else []
    refuse(rules.OTHER_ITEM if set(answers) - set(codes) else None)
    held = {each.item: each for each in ItemGrade.objects.visible_to(by).filter(grade=grade, item__in=codes)}
    tidy = {item: (answer, clean(comment).strip()) for item, (answer, comment) in answers.items()}
    now = {item: (each.answer, each.comment) for item, each in held.items()}
    if seen is not None and seen != seen_of(now) and any(now.get(item, each) != each for item, each in tidy.items()):
        raise Conflict(_both(now, tidy), by.full_name)
    for item, (answer, comment) in tidy.items():
        row = held.get(item) or ItemGrade(grade=grade, family_id=grade.family_id, item=item)
        row.answer, row.comment = answer, comment
        row.save(**({"update_fields": ["answer", "comment"]} if item in held else {"force_insert": True}))
    record("quality.part_graded", subject=audit, part=part, items=len(tidy))


def _both(now: Mapping[str, tuple[str, str]], tidy: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    texts: dict[str, tuple[str, str]] = {}
    for item in (item for item, each in tidy.items() if item in now and now[item] != each):
        texts |= {f"answer_{item}": (now[item][0], tidy[item][0]), f"comment_{item}": (now[item][1], tidy[item][1])}
    return texts


@action
def finish_audit(*, by: Any, audit: Audit, grade: AuditGrade) -> Audit:
    """Hand a grade in: the record closes to its auditor. When it is the last, what both said becomes the result, or is to be moderated."""
    _hold(audit, grade)
    items = list(ItemGrade.objects.visible_to(by).filter(grade=grade))
    refuse(rules.why_not_finish(by, grade, len(tool_of(audit.sample.tool_id).items) - len(items)))
    grade.finished_at = clock.now()
    grade.save(update_fields=["finished_at"])
    end_access(by=by, family=Family(pk=grade.family_id), basis=grade.id)
    met, not_applicable = (sum(each.answer == kind for each in items) for kind in (Answer.MET, Answer.NOT_APPLICABLE))
    record(
        "quality.audit_graded",
        subject=audit,
        place=grade.place,
        met=met,
        not_applicable=not_applicable,
    )
    if not AuditGrade.objects.visible_to(by).live().filter(audit=audit, finished_at=None).exists():
        _come_together(by, audit)
    return audit


def _come_together(by: Any, audit: Audit) -> None:
    """Every grade is in: settle what is the same, and leave the rest to moderation."""
    first, *others = queries.graded(by, audit).values()
    if others and any(first[item].answer != each.answer for item, each in others[0].items()):
        _move(audit, Audit.State.MODERATING)
        record("quality.audit_differs", subject=audit)
        return
    words = {item: [each.comment, *(other[item].comment for other in others)] for item, each in first.items()}
    _settle(audit, {item: (each.answer, _joined(words[item]), False) for item, each in first.items()})


def _joined(comments: Iterable[str]) -> str:
    return "\n\n".join(dict.fromkeys(each for each in comments if each))


def _settle(audit: Audit, results: Mapping[str, tuple[str, str, bool]]) -> None:
    for item, (answer, words, moderated) in results.items():
        AuditResult(
            audit=audit, family_id=audit.family_id, item=item, answer=answer, words=words, moderated=moderated
        ).save(force_insert=True)
    audit.settled_at = clock.now()
    _move(audit, Audit.State.SETTLED, "settled_at")
    record("quality.audit_settled", subject=audit)


def _move(audit: Audit, state: str, *more: str) -> None:
    audit.state, audit.version = state, audit.version + 1
    audit.save(update_fields=["state", "version", *more])


def _hold(audit: Audit, grade: AuditGrade) -> None:
    audit.hold()
    grade.hold()


@action
def change_auditor(*, by: Any, audit: Audit, grade: AuditGrade, auditor: User) -> AuditGrade:
    """Give a grade that is not in to somebody else, or to the same person for more days. What was written of it stays with the old one."""
    _hold(audit, grade)
    teams = teams_of([audit.worker_id, auditor.id])
    others = (
        AuditGrade.objects.visible_to(by)
        .live()
        .filter(audit=audit)
        .exclude(pk=grade.pk)
        .values_list("auditor_id", flat=True)
    )
    fits = rules.independent(audit, auditor, teams) and auditor.id not in list(others)
    refuse(rules.why_not_change_auditor(by, audit, grade, fits))
    if auditor.id == grade.auditor_id:
        grade.due_on = clock.add_working_days(clock.today(), pack().audits.open_days)
        grade.save(update_fields=["due_on"])
        record("quality.days_added", subject=audit, place=grade.place, until=grade.due_on)
        return grade
    _end(grade)
    record("quality.auditor_replaced", subject=audit, place=grade.place)
    return name(by, audit, auditor, grade.place)


def _end(grade: AuditGrade) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select hearth_end_audit_access(%s, %s)", [grade.pk, clock.now()])
    grade.ended_at = clock.now()
    grade.save(update_fields=["ended_at"])


@action
def leave_out_audit(*, by: Any, audit: Audit, why: str) -> Audit:
    """Leave an assessment out of its sample before there is a result. It stays in the list, with why."""
    audit.hold()
    refuse(rules.why_not_leave_out(by, audit, why))
    for grade in AuditGrade.objects.visible_to(by).live().filter(audit=audit):
        _end(grade)
    audit.left_out_why = clean(why).strip()
    _move(audit, Audit.State.LEFT_OUT, "left_out_why")
    record("quality.audit_left_out", subject=audit)
    return audit


@action
def moderate_audit(*, by: Any, audit: Audit, decided: Mapping[str, tuple[str, str]]) -> Audit:
    """Decide each item on which two auditors differ, with why; the others stand as both said."""
    audit.hold()
    both = queries.graded(by, audit)
    differ = queries.differing(both)
    refuse(rules.why_not_moderate(by, audit, both, decided, differ))
    tidy = {item: (answer, clean(words).strip()) for item, (answer, words) in decided.items()}
    refuse(rules.why_not_answer(tool_of(audit.sample.tool_id), tidy))
    first, second = both.values()
    results = {
        item: (*tidy[item], True)
        if item in tidy
        else (each.answer, _joined([each.comment, second[item].comment]), False)
        for item, each in first.items()
    }
    audit.moderated_by = by
    audit.save(update_fields=["moderated_by"])
    record("quality.audit_moderated", subject=audit, items=len(tidy))
    _settle(audit, results)
    return audit


@action
def send_findings(*, by: Any, audit: Audit, done_well: str, to_change: str = "") -> Audit:
    """Send what an audit came to to whoever wrote the assessment, with a day by which they answer."""
    audit.hold()
    refuse(rules.why_not_send(by, audit, done_well))
    audit.done_well, audit.to_change = clean(done_well).strip(), clean(to_change).strip()
    audit.sent_by, audit.sent_at = by, clock.now()
    audit.reply_by = clock.add_working_days(clock.today(), pack().audits.reply_days)
    _move(audit, Audit.State.SENT, "done_well", "to_change", "sent_by", "sent_at", "reply_by")
    record("quality.findings_sent", family=audit.family_id, subject=audit, reply_by=audit.reply_by)
    tell(by, audit.worker, "audit_findings", audit, audit.id)
    return audit


@action
def reply_to_findings(*, by: Any, audit: Audit, agrees: bool, reply: str) -> Audit:
    """Whoever wrote the assessment says what they think of the findings."""
    audit.hold()
    refuse(rules.why_not_reply(by, audit, reply))
    audit.agrees, audit.reply, audit.replied_at = agrees, clean(reply).strip(), clock.now()
    _move(audit, Audit.State.ANSWERED, "agrees", "reply", "replied_at")
    record("quality.findings_answered", family=audit.family_id, subject=audit, agrees=agrees)
    tell(by, audit.sent_by, "audit_answered", audit, audit.id)
    return audit


@action
def add_audit_action(*, by: Any, audit: Audit, what: str, due_on: dt.date) -> AuditAction:
    """Write down something that the worker is to do, by a day."""
    audit.hold()
    refuse(rules.why_not_add_action(by, audit, due_on))
    numbers: Sequence[int] = list(
        AuditAction.objects.visible_to(by).filter(audit=audit).values_list("number", flat=True)
    )
    row = AuditAction(
        audit=audit,
        family_id=audit.family_id,
        number=max(numbers, default=0) + 1,
        what=clean(what).strip(),
        due_on=due_on,
        added_by=by,
    )
    row.save(force_insert=True)
    record("quality.action_added", family=audit.family_id, subject=audit, number=row.number, due_on=due_on)
    return row


@action
def finish_audit_action(*, by: Any, audit: Audit, to_do: AuditAction, done_words: str) -> AuditAction:
    """The worker says what they did, today."""
    audit.hold()
    to_do.hold()
    refuse(rules.why_not_finish_action(by, audit, to_do, done_words))
    to_do.done_on, to_do.done_words = clock.today(), clean(done_words).strip()
    to_do.save(update_fields=["done_on", "done_words"])
    record("quality.action_done", family=audit.family_id, subject=audit, number=to_do.number)
    return to_do
