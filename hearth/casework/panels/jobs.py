"""Work of panels in the background."""

import uuid

from django.db import close_old_connections, connection
from procrastinate.contrib.django import app

from hearth.casework.panels.after.actions import chase_panel_action
from hearth.casework.panels.meetings.actions import send_panel_list
from hearth.casework.panels.models import PanelAction, PanelMeeting
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused


@app.task(name="panels.send_list")
def send_list(meeting: str) -> None:
    """Send a list on its day, in the name of the panel's coordinator. Safe to run twice: what was sent is not sent again."""
    close_old_connections()
    send_due_list(uuid.UUID(meeting))


@app.task(name="panels.chase_action")
def chase_action(action: str, owner: str) -> None:
    """Remind whoever is to do something that a panel decided, in their own name. Safe to run twice: a week is reminded of once."""
    close_old_connections()
    chase(uuid.UUID(action), uuid.UUID(owner))


def chase(action: uuid.UUID, owner: uuid.UUID) -> bool:
    """Whether there was something to remind of."""
    by = User.objects.select_related("organisation").get(pk=owner)
    with acting_as(by):
        found = PanelAction.objects.visible_to(by).filter(pk=action, owner=by).first()
        try:
            if found is not None and by.is_active:
                chase_panel_action(by=by, act=found)
                return True
        except Refused:
            return False
    return False


def send_due_list(meeting: uuid.UUID) -> bool:
    """Whether it went. A meeting that was moved has a later job; of one with nothing on its list there is nothing to send."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth_panel_runner(%s)", [meeting])
        (runner,) = cursor.fetchone()
    if runner is None:
        return False
    by = User.objects.select_related("organisation").get(pk=runner)
    with acting_as(by):
        rows = PanelMeeting.objects.select_related("panel__area")
        found = rows.filter(pk=meeting, list_on__lte=clock.today(), cancelled_at=None).first()
        try:
            return found is not None and send_panel_list(by=by, meeting=found) > 0
        except Refused:
            return False
