"""Work of the front door in the background."""

import datetime as dt
import uuid

from django.db import close_old_connections, connections
from procrastinate.contrib.django import app

from hearth.casework.front_door.models import Request
from hearth.casework.front_door.triage.actions import note_message_sent
from hearth.casework.front_door.triage.news import ANSWERED, key_of
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.reader import System, acting_as
from hearth.foundation.messages.models import Status
from hearth.foundation.messages.queries import delivery_of

TIDYING = System("system:tidying", "hearth_tidying")
BEGUN_KEPT = dt.timedelta(days=180)  # a request that was begun and not sent; its typing is a draft, and goes sooner
# Seconds, growing; the message's own tries end within them.
LOOK_AGAIN_AFTER = (10, 60, 120, 300, 900, 3600, 14400, 43200, 86400)


@app.task(name="front_door.confirm_told")
def confirm_told(request: str, decision: str, by: str, tries: str = "0") -> None:
    """Stop the referrer's clock once the message that there is an answer has gone."""
    close_old_connections()
    if not confirm(uuid.UUID(request), uuid.UUID(decision), uuid.UUID(by)) and int(tries) < len(LOOK_AGAIN_AFTER):
        later = app.configure_task("front_door.confirm_told", schedule_in={"seconds": LOOK_AGAIN_AFTER[int(tries)]})
        later.defer(request=request, decision=decision, by=by, tries=str(int(tries) + 1))


def confirm(request_id: uuid.UUID, decision_id: uuid.UUID, by_id: uuid.UUID) -> bool:
    """Write down that the referrer was told, as the officer who decided; whether there is nothing left to wait for.

    A message that never goes leaves the request where an officer sees it: among those whose referrer is to be told.
    """
    officer = User.objects.select_related("organisation").get(pk=by_id)
    with acting_as(officer):
        request = (
            Request.objects.visible_to(officer).filter(pk=request_id, decision_id=decision_id, state="decided").first()
        )
        delivery = delivery_of(key_of(ANSWERED, decision_id))
        if request is None or delivery is None or delivery.status == Status.GIVEN_UP:
            return True
        if not delivery.sent or delivery.sent_at is None:
            return False
        note_message_sent(by=officer, request=request, decision_id=decision_id, sent_at=delivery.sent_at)
        return True


@app.periodic(cron="40 3 * * *")
@app.task(name="front_door.forget_begun", queueing_lock="front_door.forget_begun", pass_context=False)
def forget_begun(timestamp: int) -> None:
    """Requests that nobody finished are not kept for ever."""
    close_old_connections()
    forget()


def forget(using: str = "default") -> int:
    """Delete requests begun half a year ago and never sent; how many went. Safe to run twice."""
    with acting_as(TIDYING, using=using), connections[using].cursor() as cursor:
        cursor.execute(
            "delete from front_door_request where state = 'started' and created_at < %s", [clock.now() - BEGUN_KEPT]
        )
        return int(cursor.rowcount)
