"""Stop an assessment, and take it up again."""

from typing import Any

from hearth.casework.assessments import queries, rules
from hearth.casework.assessments.actions import add_step, due_to_author, move, set_due_of
from hearth.casework.assessments.models import Assessment, Status, StepKind
from hearth.casework.cases.models import Case
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.text import clean


@action
def stop_assessment(*, by: Any, assessment: Assessment, because: str) -> Assessment:
    """Stop an assessment that will not be finished, and say why. What is written stays, and can be read."""
    assessment = queries.locked(by, assessment)
    refuse(rules.why_not_stop(by, assessment))
    because = clean(because).strip()
    if not because:
        refuse(Refusal("assessments.no_reason", "Say why the assessment is stopped."))
    _stop(by, assessment, because)
    return assessment


def _stop(by: Any, assessment: Assessment, because: str) -> None:
    move(assessment, Status.STOPPED)
    add_step(assessment, by, StepKind.STOPPED, words=because)
    set_due_of(assessment, "assessment", done=True)
    set_due_of(assessment, "sign_off", done=True)
    record("assessments.assessment_stopped", family=assessment.family_id, subject=assessment)


def stop_with_case(by: Any, case: Case, because: str) -> Assessment | None:
    """What is not signed off stops with its case: called by the action that closes the case."""
    unfinished = Assessment.objects.filter(case=case).unfinished().first()
    if unfinished is not None:
        _stop(by, unfinished, because)
    return unfinished


def take_up_with_case(by: Any, case: Case, key: str, status: str) -> None:
    """What stopped with its case goes on where it was: called by the action that takes the case up again."""
    assessment = Assessment.objects.filter(pk=key, case=case, status=Status.STOPPED).first()
    if assessment is not None:
        move(assessment, Status(status))
        add_step(assessment, by, StepKind.TAKEN_UP)
        record("assessments.assessment_taken_up", family=assessment.family_id, subject=assessment)


@action
def take_up_assessment(*, by: Any, assessment: Assessment) -> Assessment:
    """Take up again what was stopped: everything is there, and it is due as if it had been started today."""
    assessment = queries.locked(by, assessment)
    refuse(rules.why_not_take_up(by, assessment))
    move(assessment, Status.DRAFT, due_on=clock.add_working_days(clock.today(), pack().limits.assessment))
    add_step(assessment, by, StepKind.TAKEN_UP)
    due_to_author(assessment, "Finish the assessment")
    record("assessments.assessment_taken_up", family=assessment.family_id, subject=assessment)
    return assessment
