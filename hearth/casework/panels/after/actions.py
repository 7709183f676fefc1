"""Read the answer, say when help began, and chase what is late."""

import datetime as dt
from typing import Any

from hearth.casework.cases.due import set_due
from hearth.casework.cases.models import Case
from hearth.casework.panels.after import rules
from hearth.casework.panels.models import PanelAction, PanelItem, PanelMeeting, Status
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.jobs import defer_until
from hearth.foundation.core.refusals import refuse
from hearth.foundation.messages.actions import send

ANSWER, HELP = "panel_answer", "panel_help"  # kinds of due item
DAYS_TO_READ, DAYS_TO_HELP = 5, 10  # working days
CHASED_AT = dt.time(8)


def follow_up(meeting: PanelMeeting, heard: list[PanelItem]) -> None:
    """Once the minutes are approved: each answer is due to be read, and each action is chased when it is late."""
    for item in heard:
        if item.status == Status.HEARD and item.case_id is not None:
            set_due(
                case=Case.objects.get(pk=item.case_id), kind=ANSWER, source_id=item.id, owner=item.proposed_by,
                what="Read what the panel decided", due_on=clock.add_working_days(clock.today(), DAYS_TO_READ),
            )  # fmt: skip
    for act in PanelAction.objects.filter(meeting=meeting, done_at=None):
        chase_later(act, act.due_on + dt.timedelta(days=1))


def chase_later(act: PanelAction, on: dt.date) -> None:
    """Look at an action again on a day, in its owner's name."""
    moment = dt.datetime.combine(on, CHASED_AT, clock.LONDON)
    defer_until("panels.chase_action", moment, action=act.id, owner=act.owner_id)


@action
def read_panel_answer(*, by: Any, item: PanelItem) -> PanelItem:
    """Say that the answer was read. Where help was decided, saying when it began is due next."""
    refuse(rules.why_not_read_answer(by, item))
    item.hold()
    refuse(rules.why_not_read_answer(by, item))
    item.answer_read_at = clock.now()
    item.save(update_fields=["answer_read_at"])
    record("panels.answer_read", family=item.family_id, subject=item)
    if item.case_id is not None:
        case = Case.objects.get(pk=item.case_id)
        set_due(case=case, kind=ANSWER, source_id=item.id, done=True)
        if rules.promises_help(item) and item.first_help_on is None:
            set_due(
                case=case, kind=HELP, source_id=item.id, owner=by, what="Say when the help the panel decided began",
                due_on=clock.add_working_days(clock.today(), DAYS_TO_HELP),
            )  # fmt: skip
    return item


@action
def record_first_help(*, by: Any, item: PanelItem, first_help_on: dt.date) -> PanelItem:
    """Say when the first help that was decided began. Said again, it is as said last."""
    refuse(rules.why_not_record_first_help(by, item) or rules.why_not_on(item, first_help_on))
    item.hold()
    item.first_help_on, item.first_help_by = first_help_on, by
    item.save(update_fields=["first_help_on", "first_help_by"])
    record("panels.first_help_recorded", family=item.family_id, subject=item, on=first_help_on)
    if item.case_id is not None:
        set_due(case=Case.objects.get(pk=item.case_id), kind=HELP, source_id=item.id, done=True)
    return item


@action
def chase_panel_action(*, by: Any, act: PanelAction) -> None:
    """Remind whoever is to do it, and again a week later, until it is done."""
    refuse(rules.why_not_chase(act))
    week = act.due_on.isocalendar().week, clock.today().isocalendar().week
    send(by=by, to=by, template="something_due", link="/panel-actions/", key=f"panel_late {act.id} {week}")
    record("panels.action_chased", family=act.family_id, subject=act)
    chase_later(act, clock.today() + clock.WEEK)
