"""What is still open when somebody is about to close a case."""

from dataclasses import dataclass
from typing import Any

from hearth.casework.assessments.models import CATEGORY
from hearth.casework.assessments.queries import latest_of
from hearth.casework.cases.models import Case, ReachingPlan
from hearth.casework.cases.steps.queries import steps_of
from hearth.casework.plans.closing.rules import why_not_close_yet
from hearth.casework.plans.models import Meeting
from hearth.casework.plans.queries import WholePlan
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import count
from hearth.records.people.reach import may_open_family


@dataclass(frozen=True)
class StillOpen:
    """What closing ends, each as a sentence; and what it waits for, with the step that is waited for."""

    sentences: list[str]
    refusal: Refusal | None
    step: Any


def still_open(reader: Any, case: Case, whole: WholePlan | None) -> StillOpen:
    """Everything that is not finished, so that nobody closes over it unawares."""
    waiting = next((step for step in steps_of(reader, case) if step.is_waiting), None)
    found = [
        _actions(whole.actions_left if whole else 0),
        _assessment(reader, case),
        _meetings(reader, case),
        _reaching(reader, case),
    ]
    return StillOpen([sentence for sentence in found if sentence], why_not_close_yet(case), waiting)


def _actions(left: int) -> str:
    return (
        f"{count(left, 'action')} of the plan {'is' if left == 1 else 'are'} still to be done. Closing ends the plan."
        if left
        else ""
    )


def _assessment(reader: Any, case: Case) -> str:
    if not Case.objects.filter(may_open_family(reader, "family__", CATEGORY), pk=case.pk).exists():
        return ""  # not theirs to see: nothing found would read as nothing there
    latest = latest_of(reader, case)
    if latest is None:
        return "No assessment was made."
    if latest.is_signed_off or latest.is_stopped:
        return ""
    return f"The assessment is not signed off ({latest.get_status_display().lower()}). Closing stops it: what is written is kept."


def _meetings(reader: Any, case: Case) -> str:
    planned = Meeting.objects.visible_to(reader).filter(case=case, state=Meeting.State.PLANNED).count()
    return (
        f"{count(planned, 'meeting')} {'is' if planned == 1 else 'are'} planned. Closing cancels {'it' if planned == 1 else 'them'}."
        if planned
        else ""
    )


def _reaching(reader: Any, case: Case) -> str:
    trying = ReachingPlan.objects.visible_to(reader).filter(case=case, status=ReachingPlan.Status.TRYING).exists()
    return "A plan for reaching the family is still being tried." if trying else ""
