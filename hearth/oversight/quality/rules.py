"""Who may draw, grade, moderate, send and answer; and the sentence when they may not."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.audits import AuditTool
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import day
from hearth.oversight.quality.models import Answer, Audit, AuditAction, AuditGrade, AuditSample, TrainingNeed
from hearth.oversight.quality.reach import AUDITS, LEADS

MOST_DRAWN = 200
BEING_GRADED = (Audit.State.DRAWN, Audit.State.GRADING)
OTHER_ITEM = Refusal(
    "quality.other_item", "Something was graded that this tool does not ask here. Open the page again."
)
GONE = Refusal(
    "quality.cannot_open",
    "This assessment cannot be opened for an audit any more. Nothing else is said of why. Ask the quality lead to leave it out.",
)


def why_not_see_audits(user: Any) -> Refusal | None:
    """Whoever leads audits, grades, or works with families and may be told of findings."""
    if any(user.may(each) for each in (LEADS, AUDITS, "work_case", "sign_off_assessment")):
        return None
    return Refusal("quality.may_not_see", "Your role does not include audits. Ask a quality lead.")


def why_not_see_findings(user: Any) -> Refusal | None:
    """What audits find most often, in figures that name nobody: whoever sees counts, or leads audits."""
    if user.may("see_counts") or user.may(LEADS):
        return None
    return Refusal("quality.may_not_see_findings", "Your role does not include what audits found. Ask a quality lead.")


def why_not_lead(user: Any) -> Refusal | None:
    """Drawing, naming auditors, moderating and sending findings: quality leads."""
    if user.may(LEADS):
        return None
    return Refusal("quality.may_not_lead", "Your role does not lead audits. Ask a quality lead.")


def why_not_draw(user: Any, sample: AuditSample, among: int) -> Refusal | None:
    """Drawing from a period that is over, of no fewer than tell of nobody."""
    fewest = pack().audits.fewest_to_draw
    if refusal := why_not_lead(user):
        return refusal
    if sample.from_on > sample.until_on:
        return Refusal("quality.period", "The first day must not be after the last.")
    if sample.until_on >= clock.today():
        return Refusal(
            "quality.period", "The last day must be before today: what is signed off today may still change."
        )
    if not 1 <= sample.size <= MOST_DRAWN:
        return Refusal("quality.size", f"Draw between 1 and {MOST_DRAWN} assessments.")
    if sample.follows_id and not among:
        return Refusal(
            "quality.none_to_draw", "No other assessment of these was signed off in that time. Choose other days."
        )
    if not sample.follows_id and among < fewest:
        return Refusal(
            "quality.too_few",
            f"There are fewer than {fewest} such assessments, so none is drawn. Choose more days, or less narrowly.",
        )
    return None


def why_not_draw_again(user: Any, earlier: AuditSample, settled: int) -> Refusal | None:
    """A re-audit follows a sample of which something is settled: else there is no before."""
    if refusal := why_not_lead(user):
        return refusal
    if not settled:
        return Refusal(
            "quality.nothing_settled",
            f"Nothing of sample {earlier.reference} is settled yet, so there is nothing to compare with.",
        )
    return None


def independent(audit: Audit, auditor: Any, teams: Mapping[Any, Collection[Any]]) -> bool:
    """Whether somebody may grade it: not who wrote it or signed it off, and from as far away as the pack asks."""
    if auditor.id in (audit.worker_id, audit.signed_off_by_id):
        return False
    asked = pack().audits.auditors_from
    if asked == "another_organisation":
        return bool(auditor.organisation_id != audit.organisation_id)
    theirs = set(teams.get(audit.worker_id, ()))
    return asked == "anywhere" or not theirs & set(teams.get(auditor.id, ()))


def why_not_share_out(user: Any, auditors: Collection[Any], waiting: int) -> Refusal | None:
    """Giving what was drawn to auditors."""
    if refusal := why_not_lead(user):
        return refusal
    if not auditors:
        return Refusal("quality.nobody", "Choose at least one auditor.")
    if not waiting:
        return Refusal("quality.all_given", "Everything of this sample is given to auditors already.")
    return None


def why_not_change_auditor(user: Any, audit: Audit, grade: AuditGrade, fits: bool) -> Refusal | None:
    """Giving a grade to somebody else, or to the same again for more days, before it is in."""
    if refusal := why_not_lead(user):
        return refusal
    if audit.state not in BEING_GRADED or not grade.is_to_do:
        return Refusal("quality.graded", "This was graded or given to somebody else meanwhile. Look at it again.")
    if not fits:
        return Refusal(
            "quality.not_independent", "They wrote it, signed it off, or work beside whoever did. Choose somebody else."
        )
    return None


def why_not_leave_out(user: Any, audit: Audit, why: str) -> Refusal | None:
    """Leaving an assessment out before there is a result."""
    if refusal := why_not_lead(user):
        return refusal
    if audit.state not in (*BEING_GRADED, Audit.State.MODERATING):
        return Refusal("quality.settled", "This audit is settled or left out already. Look at it again.")
    if not why.strip():
        return Refusal("quality.no_reason", "Say why it is left out.")
    return None


def why_not_begin(user: Any, grade: AuditGrade) -> Refusal | None:
    """Opening the record: the auditor who was named, until the grade is in or its days have passed."""
    if not user.may(AUDITS) or grade.auditor_id != user.id:
        return Refusal("quality.not_yours", "This audit was given to somebody else.")
    if not grade.is_to_do:
        return Refusal("quality.graded", "Your grade is in, so the record is closed to you again.")
    if grade.has_lapsed:
        return Refusal(
            "quality.lapsed",
            f"The days for this audit ended on {day(grade.due_on)}. Ask the quality lead for more of them.",
        )
    return None


def why_not_grade(user: Any, grade: AuditGrade) -> Refusal | None:
    """Writing grades: once it is begun."""
    if refusal := why_not_begin(user, grade):
        return refusal
    if grade.begun_at is None:
        return Refusal("quality.not_begun", "Open the assessment first: a grade is given by whoever has read it.")
    return None


def why_not_answer(tool: AuditTool, answers: Mapping[str, tuple[str, str]]) -> Refusal | None:
    """Answers to items of the tool, not applicable only where the item allows it, and not met only with why."""
    items = {item.code: item for item in tool.items}
    for code, (answer, comment) in answers.items():
        if code not in items or answer not in Answer.values:
            return OTHER_ITEM
        if answer == Answer.NOT_APPLICABLE and items[code].always_applies:
            return Refusal("quality.always_applies", f"This always applies: {items[code].label}")
        if answer == Answer.NOT_MET and not comment.strip():
            return Refusal("quality.no_comment", f"Say what is missing: {items[code].label}")
    return None


def why_not_finish(user: Any, grade: AuditGrade, missing: int) -> Refusal | None:
    """Handing a grade in: every item is answered."""
    if refusal := why_not_grade(user, grade):
        return refusal
    if missing:
        return Refusal("quality.missing", f"{missing} of the items are not graded yet.")
    return None


def why_not_moderate(
    user: Any, audit: Audit, auditors: Iterable[Any], decided: Collection[str], differ: Collection[str]
) -> Refusal | None:
    """Deciding where two auditors differ: a lead who is neither of them, on every item that differs."""
    if refusal := why_not_lead(user):
        return refusal
    if user.id in auditors:
        return Refusal("quality.own_grade", "You graded this. Somebody else must moderate it.")
    if audit.state != Audit.State.MODERATING:
        return Refusal(
            "quality.not_moderating", "This audit is not waiting to be moderated any more. Look at it again."
        )
    if set(decided) != set(differ):
        return Refusal("quality.other_item", "The items that differ are others by now. Open the page again.")
    return None


def why_not_send(user: Any, audit: Audit, done_well: str) -> Refusal | None:
    """Sending the findings: settled, and saying what was done well too."""
    if refusal := why_not_lead(user):
        return refusal
    if audit.state != Audit.State.SETTLED:
        return Refusal(
            "quality.not_settled", "The findings of this audit are not waiting to be sent. Look at it again."
        )
    if audit.worker_id is None:
        return Refusal(
            "quality.nobody_wrote", "Nobody who signs in wrote this assessment, so that there is nobody to send it to."
        )
    if not done_well.strip():
        return Refusal("quality.no_words", "Say what was done well.")
    return None


def why_not_reply(user: Any, audit: Audit, reply: str) -> Refusal | None:
    """Answering findings: whoever wrote the assessment, once."""
    if audit.worker_id != user.id:
        return Refusal("quality.not_the_worker", "Whoever wrote the assessment answers the findings.")
    if audit.state != Audit.State.SENT:
        return Refusal("quality.answered", "These findings were answered already.")
    if not reply.strip():
        return Refusal("quality.no_words", "Write what you think of the findings.")
    return None


def why_not_add_action(user: Any, audit: Audit, due_on: dt.date) -> Refusal | None:
    """Writing down what comes of it: the worker or a lead, once the findings are sent, by a day to come."""
    if audit.worker_id != user.id and (refusal := why_not_lead(user)):
        return refusal
    if audit.sent_at is None:
        return Refusal("quality.not_sent", "The findings are not sent yet.")
    if due_on < clock.today():
        return Refusal("quality.due_on", "The day must be today or later.")
    return None


def why_not_finish_action(user: Any, audit: Audit, action: AuditAction, words: str) -> Refusal | None:
    """Saying that it is done: the worker, once."""
    if audit.worker_id != user.id:
        return Refusal("quality.not_the_worker", "Whoever wrote the assessment says what they did.")
    if action.done_on is not None:
        return Refusal("quality.done", "This is done already.")
    if not words.strip():
        return Refusal("quality.no_words", "Say what you did.")
    return None


def why_not_raise_need(user: Any, title: str, why: str) -> Refusal | None:
    """Saying what people need to learn: quality leads."""
    if refusal := why_not_lead(user):
        return refusal
    if not (title.strip() and why.strip()):
        return Refusal("quality.no_words", "Say what people need to learn, and why.")
    return None


def why_not_meet_need(user: Any, need: TrainingNeed, words: str) -> Refusal | None:
    """Saying how it was met, once."""
    if refusal := why_not_lead(user):
        return refusal
    if need.met_on is not None:
        return Refusal("quality.need_met", "This was met already. Look at it again.")
    if not words.strip():
        return Refusal("quality.no_words", "Say how it was met.")
    return None
