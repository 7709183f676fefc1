"""Messages leave here."""

import uuid

from django.db import close_old_connections
from procrastinate.contrib.django import app

from hearth.foundation.core.jobs import defer
from hearth.foundation.messages import delivering, emptying


@app.task(name="messages.deliver")
def deliver(message: str) -> None:
    """Send one message, if it is still to be sent."""
    close_old_connections()
    delivering.deliver(uuid.UUID(message))


@app.periodic(cron="*/10 * * * *")
@app.task(name="messages.take_up_lost", queueing_lock="messages.take_up_lost", pass_context=False)
def take_up_lost(timestamp: int) -> None:
    """Nothing waits for ever because a worker was killed."""
    close_old_connections()
    for key in delivering.take_up_lost():
        defer("messages.deliver", message=key)


@app.periodic(cron="45 3 * * *")
@app.task(name="messages.empty_old", queueing_lock="messages.empty_old", pass_context=False)
def empty_old(timestamp: int) -> None:
    """What was said to whom is let go when the practice pack says."""
    close_old_connections()
    emptying.empty_old_messages()
