"""What may be done to an assessment, and the sentence when it may not."""

from typing import Any

from hearth.casework.assessments.models import Assessment, Status
from hearth.casework.cases import rules as case_rules
from hearth.casework.cases.models import Case
from hearth.foundation.core.refusals import Refusal

NOT_COVERED = Refusal(
    "assessments.not_covered",
    "What lets your organisation open this family leaves out its assessments. Whoever leads the case asks the family "
    "whether they would share them, and records the answer under Sharing, on the family’s page.",
)


def why_not_start(user: Any, case: Case, latest: Assessment | None) -> Refusal | None:
    """Starting the first assessment of a case."""
    if latest is not None and latest.is_signed_off:
        return Refusal("assessments.signed_off", "This case has a signed-off assessment. Start a new version of it.")
    if latest is not None and latest.is_stopped:
        return Refusal("assessments.stopped", "An assessment was stopped here. Take it up again.")
    if latest is not None:
        return Refusal("assessments.started", "An assessment has been started already. Open it and carry on.")
    return case_rules.why_not_write(user, case)


def why_not_write(user: Any, assessment: Assessment) -> Refusal | None:
    """Writing answers: whoever may write in the case, until it is with a manager."""
    if assessment.status == Status.WITH_MANAGER:
        return Refusal(
            "assessments.with_manager", "A manager is reading this assessment. Take it back before you change it."
        )
    if assessment.is_stopped:
        return Refusal("assessments.stopped", "This assessment was stopped. Take it up again to write in it.")
    if assessment.is_signed_off:
        return Refusal(
            "assessments.frozen", "This assessment is signed off and can no longer change. Start a new version."
        )
    return case_rules.why_not_write(user, assessment.case)


def why_not_send(user: Any, assessment: Assessment, missing: int) -> Refusal | None:
    """Sending to a manager: whoever may write, once everything that the form needs is there."""
    if missing:
        words = "1 answer is" if missing == 1 else f"{missing} answers are"
        return why_not_write(user, assessment) or Refusal(
            "assessments.not_complete", f"{words} still needed before this can be sent. The list says which."
        )
    return why_not_write(user, assessment)


def why_not_take_back(user: Any, assessment: Assessment) -> Refusal | None:
    """Taking back what is with a manager: its author, whoever sent it, or the lead practitioner."""
    if assessment.status != Status.WITH_MANAGER:
        return Refusal("assessments.not_with_manager", "This assessment is not with a manager.")
    if user.id not in (assessment.author_id, assessment.sent_by_id, assessment.case.lead_id):
        return Refusal(
            "assessments.not_yours", "Only whoever wrote or sent it, or the lead practitioner, can take it back."
        )
    return case_rules.why_not_write(user, assessment.case)


def why_not_stop(user: Any, assessment: Assessment) -> Refusal | None:
    """Stopping one that will not be finished: its author, the lead practitioner, or a manager of the area."""
    if assessment.is_signed_off:
        return Refusal("assessments.frozen", "This assessment is signed off. There is nothing left to stop.")
    if assessment.is_stopped:
        return Refusal("assessments.stopped", "This assessment was stopped already.")
    refusal = case_rules.why_not_write(user, assessment.case)
    if refusal is not None or user.id == assessment.author_id:
        return refusal
    if case_rules.why_not_manage(user, assessment.case) is None:
        return None
    return Refusal(
        "assessments.not_yours_to_stop",
        "Only its author, the lead practitioner or a manager of the area can stop it. Ask one of them.",
    )


def why_not_take_up(user: Any, assessment: Assessment) -> Refusal | None:
    """Taking up again what was stopped: whoever may write in the case, while it is open."""
    if not assessment.is_stopped:
        return Refusal("assessments.not_stopped", "This assessment was not stopped. Open it and carry on.")
    return case_rules.why_not_write(user, assessment.case)


def may_sign_off_in(user: Any, assessment: Assessment) -> bool:
    """Whether signing off assessments in this case's area is part of the user's role."""
    return bool(user.may("sign_off_assessment", assessment.case.area))


def why_not_see_waiting(user: Any) -> Refusal | None:
    """The list of what waits for a signature: whoever signs anything off."""
    if user.may("sign_off_assessment"):
        return None
    return Refusal("assessments.signs_nothing", "Your role does not sign assessments off, so none wait for you.")


def why_not_judge(user: Any, assessment: Assessment) -> Refusal | None:
    """Signing off or returning: a manager of the area, never of their own work."""
    if assessment.status != Status.WITH_MANAGER:
        return Refusal("assessments.not_waiting", "This assessment is not waiting for a manager. Look at its history.")
    if not may_sign_off_in(user, assessment):
        return Refusal("assessments.not_manager", "Only a manager of the area can do this.")
    if user.id in (assessment.author_id, assessment.sent_by_id):
        return Refusal("assessments.own_work", "You wrote or sent this assessment, so another manager has to read it.")
    return case_rules.why_not_write(user, assessment.case)


def why_not_return(user: Any, assessment: Assessment) -> Refusal | None:
    """Returning it with comments."""
    return why_not_judge(user, assessment)


def why_not_sign_off(user: Any, assessment: Assessment, wrote_in_it: bool) -> Refusal | None:
    """Signing it off: nobody who wrote any of this version."""
    refusal = why_not_judge(user, assessment)
    if refusal is None and wrote_in_it:
        return Refusal(
            "assessments.own_work", "You wrote part of this assessment, so another manager has to sign it off."
        )
    return refusal


def why_not_start_new_version(user: Any, assessment: Assessment, is_latest: bool) -> Refusal | None:
    """Changing a signed-off assessment: by a new version of the latest one."""
    if assessment.is_stopped:
        return Refusal("assessments.stopped", "This assessment was stopped. Take it up again instead.")
    if not assessment.is_signed_off:
        return Refusal("assessments.not_signed_off", "This assessment can still be changed. No new version is needed.")
    if not is_latest:
        return Refusal("assessments.not_latest", "There is a newer version of this assessment. Open that one.")
    return case_rules.why_not_write(user, assessment.case)
