"""Start an assessment, write in it, send it, return it or sign it off, and start a version after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from hearth.casework.assessments import answers, queries, rules
from hearth.casework.assessments.boxes import Box, boxes_of, boxes_of_form, tidy
from hearth.casework.assessments.merging import Merge, merge
from hearth.casework.assessments.models import (
    Answer,
    Assessment,
    AssessmentStep,
    FormVersion,
    SectionComment,
    Status,
    StepKind,
)
from hearth.casework.assessments.telling import tell
from hearth.casework.cases import actions as cases
from hearth.casework.cases.due import set_due
from hearth.casework.cases.models import Case, Stage, TeamMember
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.packs.assessment_form import Section
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.text import clean
from hearth.records.people.models import Person


@action
def start_assessment(*, by: Any, case: Case, known: Mapping[str, str] | None = None) -> Assessment:
    """Start the first assessment of a case, on the form in use today.

    `known` is what is already known, by the form's prefill codes (request_reason, request_going_well): boxes are
    filled in with it, and whoever writes puts it right.
    """
    case = _held(by, case)
    latest = Assessment.objects.visible_to(by).filter(case=case).order_by("-number").first()
    refuse(rules.why_not_start(by, case, latest))
    assessment = _new(by, case, known={code: clean(text) for code, text in (known or {}).items() if text})
    record("assessments.assessment_started", family=case.family_id, subject=assessment, form=str(assessment.form))
    return assessment


def _held(by: Any, case: Case) -> Case:
    """The case, held until the transaction ends, so that two people cannot start two assessments."""
    held = Case.objects.visible_to(by).select_for_update(no_key=True, of=("self",)).filter(pk=case.pk).first()
    if held is None:
        raise Http404
    return held


def _new(by: Any, case: Case, number: int = 1, **more: Any) -> Assessment:
    today = clock.today()
    form = pack().assessment_form_on(today)
    assessment = Assessment(
        reference=drawn_reference("AS"),
        case=case,
        family_id=case.family_id,
        number=number,
        started_on=today,
        form=FormVersion.objects.get(code=form.code, version=form.version),
        author=_author(by, case),
        due_on=clock.add_working_days(today, pack().limits.assessment),
        **more,
    )
    assessment.save(force_insert=True)
    add_step(assessment, by, StepKind.STARTED, words=assessment.changed_because)
    set_due(case=case, kind="assessment", done=True)  # of a case that was opened again: it is started now
    due_to_author(assessment, "Finish the assessment")
    return assessment


def _author(by: Any, case: Case) -> Any:
    """Whose assessment it is: whoever starts it, if they are in the team; else the lead practitioner, once there is."""
    if case.lead_id == by.id or TeamMember.objects.filter(case=case, user=by, left_on=None).exists():
        return by
    return case.lead


def add_step(assessment: Assessment, by: Any, kind: StepKind, *, to: Any = None, words: str = "") -> AssessmentStep:
    """Write down that it took a step."""
    step = AssessmentStep(
        assessment=assessment, family_id=assessment.family_id, kind=kind, by=by, to=to, words=words, at=clock.now()
    )
    step.save(force_insert=True)
    return step


def due_to_author(assessment: Assessment, what: str) -> None:
    """Put it on its author's list of work; on the lead practitioner's, while nobody has written."""
    owner = assessment.author or assessment.case.lead
    set_due(
        case=assessment.case,
        kind="assessment",
        what=what,
        due_on=assessment.due_on,
        owner=owner,
        source_id=assessment.id,
    )


def set_due_of(assessment: Assessment, kind: str, **more: Any) -> None:
    """Write or finish what is due because of it."""
    set_due(case=assessment.case, kind=kind, source_id=assessment.id, **more)


@dataclass(frozen=True)
class Written:
    """What a save did: boxes it wrote, and boxes that somebody else had changed, as they are now."""

    saved: tuple[str, ...]
    disputed: Mapping[str, Answer]


@action
def write_section(
    *,
    by: Any,
    assessment: Assessment,
    section: Section,
    child: Person | None,
    typed: Mapping[str, Any],
    seen: Mapping[str, int],
) -> Written:
    """Save what was typed on one page. `typed` and `seen` go by box: the answer, and the version its writer had open.

    A box that somebody else changed meanwhile is not written but given back; all others are.
    """
    assessment = queries.locked(by, assessment)
    refuse(rules.why_not_write(by, assessment))
    _check_place(by, assessment, section, child)
    boxes = [box for box in boxes_of(section) if box.name in typed]
    held = answers.answers_on(by, assessment, section, child)
    bases = answers.values_seen(boxes, held, seen)
    results = {
        box.name: merge(bases[box.name], tidy(typed[box.name]), held[box.name].value if box.name in held else None)
        for box in boxes
    }
    written = [box for box in boxes if results[box.name] is Merge.WRITE or _left_empty(box, typed, held)]
    _save(by, assessment, child, written, typed, held)
    record(
        "assessments.section_written",
        family=assessment.family_id,
        subject=assessment,
        section=section.code,
        child=child.reference if child else "",
        boxes=[box.name for box in written],
    )
    disputed = {name: held[name] for name, result in results.items() if result is Merge.ASK and name in held}
    return Written(tuple(box.name for box in written), disputed)


def _left_empty(box: Box, typed: Mapping[str, Any], held: Mapping[str, Answer]) -> bool:
    """A box that the page filled in and its writer emptied: that is an answer too, or it would be filled in again."""
    return bool(box.question.prefill) and box.name not in held and tidy(typed[box.name]) is None


def _check_place(by: Any, assessment: Assessment, section: Section, child: Person | None) -> None:
    """The section is of this assessment's form, and is asked of whom it is written about: a child, or the family."""
    if queries.form_of(assessment).section(section.code) != section or (section.scope == "each_child") != (
        child is not None
    ):
        raise Http404
    if child is not None and child not in queries.children_of(by, assessment, set())[0]:
        refuse(Refusal("assessments.not_in_family", "This child is no longer in the family. What was written is kept."))


def _save(
    by: Any,
    assessment: Assessment,
    child: Person | None,
    boxes: list[Box],
    typed: Mapping[str, Any],
    held: Mapping[str, Answer],
) -> None:
    moment = clock.now()
    new = []
    for box in boxes:
        value = tidy(typed[box.name])
        answer = held.get(box.name)
        if answer is None:
            new.append(
                Answer(
                    assessment=assessment,
                    family_id=assessment.family_id,
                    person=child,
                    question=box.question.code,
                    part=box.part,
                    value=value,
                    by=by,
                    at=moment,
                )
            )
        else:
            answer.value, answer.version, answer.by, answer.at = value, answer.version + 1, by, moment
            # One at a time: bulk_update would write an emptied box as JSON's null, which is not nothing.
            answer.save(update_fields=["value", "version", "by", "at"])
    Answer.objects.bulk_create(new)
    if boxes and assessment.author_id is None:
        Assessment.objects.filter(pk=assessment.pk).update(author=by)
        assessment.author = by
        due_to_author(assessment, "Finish the assessment")


@action
def send_assessment(
    *, by: Any, assessment: Assessment, to: Any, level: str, words: str = "", seen_version: int
) -> Assessment:
    """Send a finished assessment to a manager, with the level of need it comes to."""
    assessment = queries.locked(by, assessment)
    refuse(rules.why_not_send(by, assessment, queries.sheet_of(by, assessment).progress.missing))
    refuse(_stale(assessment, seen_version) or _why_not_to(by, assessment, to))
    if find(pack().levels.levels, level) is None:
        refuse(Refusal("assessments.no_such_level", "Choose a level of need from the list."))
    move(assessment, Status.WITH_MANAGER, level=level, sent_at=clock.now(), sent_by=by, sent_to=to)
    add_step(assessment, by, StepKind.SENT, to=to, words=clean(words))
    set_due_of(assessment, "assessment", done=True)
    set_due_of(assessment, "sign_off", what="Read the assessment and sign it off", due_on=assessment.due_on, owner=to)
    record("assessments.assessment_sent", family=assessment.family_id, subject=assessment, to=to.id, level=level)
    tell(by, to, "assessment_to_sign_off", assessment)
    return assessment


def _stale(assessment: Assessment, seen_version: int) -> Refusal | None:
    if assessment.version == seen_version:
        return None
    return Refusal(
        "assessments.moved_on", "Somebody has sent, returned or changed this since you opened it. Read it again."
    )


def _why_not_to(by: Any, assessment: Assessment, to: Any) -> Refusal | None:
    if to in queries.managers_for(by, assessment):
        return None
    return Refusal(
        "assessments.cannot_sign_off", "That person cannot sign off this assessment. Choose another manager."
    )


def move(assessment: Assessment, status: Status, **more: Any) -> None:
    """Give it another status; whoever has the page of before open sees that it moved on."""
    for name, value in more.items():
        setattr(assessment, name, value)
    assessment.status, assessment.version = status, assessment.version + 1
    assessment.save(update_fields=["status", "version", *more])


@action
def take_back_assessment(*, by: Any, assessment: Assessment) -> Assessment:
    """Take an assessment back from a manager to change it."""
    assessment = queries.locked(by, assessment)
    refuse(rules.why_not_take_back(by, assessment))
    move(assessment, Status.DRAFT)
    add_step(assessment, by, StepKind.TAKEN_BACK)
    set_due_of(assessment, "sign_off", done=True)
    due_to_author(assessment, "Finish the assessment")
    record("assessments.assessment_taken_back", family=assessment.family_id, subject=assessment)
    return assessment


@action
def return_assessment(
    *, by: Any, assessment: Assessment, words: str, comments: Mapping[str, str], seen_version: int
) -> Assessment:
    """Return an assessment to its author, with what to put right, as a whole and by page: `comments` go by its anchor."""
    assessment = queries.locked(by, assessment)
    refuse(rules.why_not_return(by, assessment) or _stale(assessment, seen_version))
    move(assessment, Status.RETURNED)
    step = add_step(assessment, by, StepKind.RETURNED, to=assessment.author, words=clean(words))
    SectionComment.objects.bulk_create(
        [
            SectionComment(
                step=step, family_id=assessment.family_id, section=page.section.code, person=page.child, text=text
            )
            for page in queries.sheet_of(by, assessment).progress.pages
            if (text := clean(comments.get(page.anchor, "")).strip())
        ]
    )
    set_due_of(assessment, "sign_off", done=True)
    due_to_author(assessment, "Answer the manager's comments on the assessment")
    record("assessments.assessment_returned", family=assessment.family_id, subject=assessment)
    tell(by, assessment.author or assessment.sent_by, "assessment_returned", assessment)
    return assessment


@action
def sign_off_assessment(*, by: Any, assessment: Assessment, words: str = "", seen_version: int) -> Assessment:
    """Sign an assessment off: it is frozen, and the family's case moves on to its plan."""
    assessment = queries.locked(by, assessment)
    refuse(rules.why_not_sign_off(by, assessment, answers.wrote_in(by, assessment)) or _stale(assessment, seen_version))
    move(assessment, Status.SIGNED_OFF, signed_off_at=clock.now(), signed_off_by=by)
    add_step(assessment, by, StepKind.SIGNED_OFF, words=clean(words))
    set_due_of(assessment, "sign_off", done=True)
    record("assessments.assessment_signed_off", family=assessment.family_id, subject=assessment, level=assessment.level)
    _move_case_on(by, assessment)
    tell(by, assessment.author or assessment.sent_by, "assessment_signed_off", assessment)
    return assessment


def _move_case_on(by: Any, assessment: Assessment) -> None:
    """The case takes the level of need; one that was being assessed gets its plan next, others stay where they are."""
    case = assessment.case
    if case.level != assessment.level:
        cases.set_level(by=by, case=case, level=assessment.level)
    if case.stage != Stage.ASSESSING:
        return
    cases.set_stage(by=by, case=case, stage=Stage.PLANNING)
    due_on = clock.add_working_days(clock.today(), pack().limits.plan)
    set_due(case=case, kind="plan", what="Make a plan with the family", due_on=due_on, owner=case.lead)


@action
def start_new_version(*, by: Any, assessment: Assessment, because: str) -> Assessment:
    """Start a version after a signed-off one, with its answers copied. The signed-off one stays as it is."""
    case = _held(by, assessment.case)
    signed_off = queries.locked(by, assessment)
    latest = queries.newest_of(by, case)
    refuse(rules.why_not_start_new_version(by, signed_off, latest.pk == signed_off.pk))
    following = _new(
        by,
        case,
        signed_off.number + 1,
        previous=signed_off,
        changed_because=clean(because),
        level=signed_off.level,
        known=signed_off.known,
    )
    copied = _copy_answers(by, signed_off, following)
    record(
        "assessments.version_started",
        family=case.family_id,
        subject=following,
        follows=signed_off.reference,
        copied=copied,
    )
    return following


def _copy_answers(by: Any, old: Assessment, new: Assessment) -> int:
    """Copy what the new form asks in the same way, with who wrote it and when; how many boxes that was."""
    asked = {box.key: box.question.kind for _, box in boxes_of_form(queries.form_of(new))}
    kinds = {box.key: box.question.kind for _, box in boxes_of_form(queries.form_of(old))}
    copies = [
        Answer(
            assessment=new,
            family_id=new.family_id,
            person_id=held.person_id,
            question=held.question,
            part=held.part,
            value=held.value,
            by_id=held.by_id,
            at=held.at,
        )
        for held in answers.all_answers(by, old).values()
        if asked.get((held.question, held.part)) == kinds.get((held.question, held.part))
    ]
    Answer.objects.bulk_create(copies)
    return len(copies)
