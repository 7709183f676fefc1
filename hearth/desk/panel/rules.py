"""Who may say what the panel did with a family."""

from typing import Any

from hearth.casework.cases.models import Case, DueItem
from hearth.casework.cases.rules import why_not_write
from hearth.foundation.core.refusals import Refusal

SEATS = ("panel_chair", "panel_coordinator")
PANEL = "panel"  # the kind of due item that a decision for the panel makes


def why_not_see_panel_list(user: Any) -> Refusal | None:
    """The list: whoever works with cases; it shows the families that they may open."""
    if user.may("work_case") or user.may("see_team_work"):
        return None
    return Refusal("desk.no_panel_list", "Your role opens no cases, so it has no list of families for the panel.")


def why_not_record_panel(user: Any, case: Case) -> Refusal | None:
    """Saying what the panel did: whoever may write in the case, while it waits for the panel."""
    refusal = why_not_write(user, case)
    if refusal is None and not DueItem.objects.filter(case=case, kind=PANEL, done_at=None).exists():
        return Refusal("desk.not_waiting_for_panel", "This family is not waiting for the panel.")
    return refusal


def sits_on_panel(user: Any) -> bool:
    """Whether somebody holds a role of the panel: their first page says where its lists are."""
    return any(one.role in SEATS for one in user.appointments_now())
