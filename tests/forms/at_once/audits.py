"""Audits: given out, begun, graded, handed in, moderated, sent, answered."""

from collections.abc import Callable
from typing import Any

from hearth.foundation.accounts.models import User
from hearth.foundation.core.seen import seen_of
from hearth.oversight.quality import actions
from hearth.oversight.quality.models import Audit, AuditAction, AuditGrade, AuditSample
from hearth.oversight.quality.samples.actions import share_out_sample
from hearth.oversight.quality.training.actions import meet_training_need
from tests.forms.at_once import Two, row
from tests.security.hostile.audits import ITEM, PART

LEADS, AUDITOR = ("quality_lead", "quality_lead"), ("quality_auditor", "quality_auditor")


def _auditor() -> Any:
    return User.objects.get(full_name="Farah Iqbal")


def _audit(which: str) -> Callable[[Any], Audit]:
    return lambda town: Audit.objects.select_related("sample__tool").get(pk=town.find(which).pk)


def _graded(which: str) -> Callable[[Any], tuple[Audit, AuditGrade]]:
    return lambda town: (_audit(which)(town), AuditGrade.objects.get(audit=town.find(which).pk))


def _sample(town: Any) -> AuditSample:
    return AuditSample.objects.select_related("tool").get(pk=town.find("audit_sample_new").pk)


def _write(by: Any, opened: Any, words: str) -> Any:
    audit, grade = opened
    return actions.grade_part(
        by=by, audit=audit, grade=grade, part=PART, answers={ITEM: ("met", words)}, seen=seen_of({})
    )


def _moderate(by: Any, audit: Audit) -> Any:
    return actions.moderate_audit(by=by, audit=audit, decided={ITEM: ("met", "Seen by both")})


def _change(by: Any, opened: Any) -> Any:
    audit, grade = opened
    other = User.objects.get(full_name="Joseph Adeleke")
    return actions.change_auditor(by=by, audit=audit, grade=grade, auditor=other)


def _action(town: Any) -> tuple[Audit, AuditAction]:
    return _audit("audit_sent")(town), AuditAction.objects.get(audit=town.find("audit_sent").pk)


TABLE = [
    Two("quality.share_out_sample", _sample, lambda by, s: share_out_sample(by=by, sample=s, auditors=[_auditor()]),
        comes="quality.all_given", who=LEADS),
    Two("quality.begin_audit", _graded("audit_begun"), lambda by, o: actions.begin_audit(by=by, audit=o[0], grade=o[1]), comes="done",
        who=AUDITOR),
    Two("quality.grade_part", _graded("audit_begun"), lambda by, o: _write(by, o, "One"), lambda by, o: _write(by, o, "Two"), "conflict",
        who=AUDITOR),
    Two("quality.finish_audit", _graded("audit_full"), lambda by, o: actions.finish_audit(by=by, audit=o[0], grade=o[1]),
        comes="quality.graded", who=AUDITOR),
    Two("quality.change_auditor", _graded("audit_named"), _change, comes="quality.graded", who=LEADS),
    Two("quality.moderate_audit", _audit("audit_differs"), _moderate, comes="quality.not_moderating", who=LEADS),
    Two("quality.leave_out_audit", _audit("audit_begun"), lambda by, a: actions.leave_out_audit(by=by, audit=a, why="Twice"),
        comes="quality.settled", who=LEADS),
    Two("quality.send_findings", _audit("audit_settled"), lambda by, a: actions.send_findings(by=by, audit=a, done_well="Seen"),
        comes="quality.not_settled", who=LEADS),
    Two("quality.reply_to_findings", _audit("audit_sent"),
        lambda by, a: actions.reply_to_findings(by=by, audit=a, agrees=True, reply="Thank you"), comes="quality.answered"),
    Two("quality.finish_audit_action", _action,
        lambda by, o: actions.finish_audit_action(by=by, audit=o[0], to_do=o[1], done_words="Done"), comes="quality.done"),
    Two("quality.meet_training_need", row("training_need"),
        lambda by, n: meet_training_need(by=by, need=n, met_words="A morning for all"), comes="quality.need_met", who=LEADS),
]  # fmt: skip
