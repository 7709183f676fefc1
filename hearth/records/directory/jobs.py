"""Providers are asked to confirm their entries before these go stale. Safe to run twice."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from hearth.records.directory.actions import DIRECTORY, chase_providers


@app.periodic(cron="15 7 * * 1-5")
@app.task(name="directory.chase", queueing_lock="directory.chase", pass_context=False)
def chase(timestamp: int) -> None:
    """On the morning of a working day, so that it is read."""
    close_old_connections()
    chase_providers(by=DIRECTORY)
