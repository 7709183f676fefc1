"""Who reads a panel's answer, who says when help began, and when an action is chased; and the sentence when not."""

import datetime as dt
from typing import Any

from hearth.casework.cases import rules as case_rules
from hearth.casework.panels.models import PanelAction, PanelDecision, PanelItem, Status
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal

NO_HELP = ("advice", "could_not_be_offered", "training", "escalate")  # decisions from which no help begins by itself


def why_not_read_answer(user: Any, item: PanelItem) -> Refusal | None:
    """Having read the answer: whoever brought it, or who leads or manages the case, once the minutes are approved."""
    if item.status != Status.HEARD or item.meeting.minutes_approved_at is None:
        return Refusal("panels.no_answer", "There is no answer to read yet. It comes when the minutes are approved.")
    if item.answer_read_at is not None:
        return Refusal("panels.answer_read", "It is on record already that the answer was read.")
    return _why_not_theirs(user, item)


def why_not_record_first_help(user: Any, item: PanelItem) -> Refusal | None:
    """Saying when the first help began: whoever brought it, or leads or manages the case, where help was decided."""
    if item.status != Status.HEARD or item.meeting.minutes_approved_at is None:
        return Refusal("panels.no_answer", "Nothing is decided yet. It is when the minutes are approved.")
    if not promises_help(item):
        return Refusal("panels.no_help_decided", "The panel decided no help that could begin.")
    return _why_not_theirs(user, item)


def promises_help(item: PanelItem) -> bool:
    """Whether something was decided from which help for the family begins."""
    return (
        item.family_id is not None
        and PanelDecision.objects.filter(item=item, withdrawn_at=None).exclude(kind__in=NO_HELP).exists()
    )


def why_not_on(item: PanelItem, on: dt.date) -> Refusal | None:
    """A day from the decision on, up to today."""
    if item.heard_at is not None and clock.in_london(item.heard_at).date() <= on <= clock.today():
        return None
    return Refusal("panels.help_day", "Enter a day between the panel's decision and today.")


def why_not_chase(act: PanelAction) -> Refusal | None:
    """Chasing: while it is not done and its day has passed."""
    if act.done_at is None and act.due_on < clock.today():
        return None
    return Refusal("panels.not_late", "This is done, or its day has not passed.")


def _why_not_theirs(user: Any, item: PanelItem) -> Refusal | None:
    if item.proposed_by_id == user.id:
        return None
    if item.case is not None and case_rules.why_not_manage(user, item.case) is None:
        return None
    return Refusal("panels.not_yours", "The answer is for whoever brought it and for the lead practitioner.")
