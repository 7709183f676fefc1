"""Providers are asked to confirm their entries; other directories are read; old counts of searches go. Each is safe to run twice."""

import uuid

from django.conf import settings
from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.foundation.accounts.models import User
from hearth.foundation.core.reader import acting_as
from hearth.records.directory.actions import DIRECTORY, chase_providers
from hearth.records.directory.finding.letting_go import let_go_of_old_counts
from hearth.records.directory.reading.actions import start_directory_run
from hearth.records.directory.reading.loops import read_run


@app.periodic(cron="15 7 * * 1-5")
@app.task(name="directory.chase", queueing_lock="directory.chase", pass_context=False)
def chase(timestamp: int) -> None:
    """On the morning of a working day, so that it is read."""
    close_old_connections()
    chase_providers(by=DIRECTORY)


@app.task(name="directory.read", retry=RetryStrategy(max_attempts=3, wait=60))
def read(run: str, by: str) -> None:
    """Read another directory, each entry in a transaction of its own."""
    close_old_connections()
    read_run(uuid.UUID(run), uuid.UUID(by))


@app.periodic(cron="30 1 * * *")
@app.task(name="directory.read_each", queueing_lock="directory.read_each", pass_context=False)
def read_each(timestamp: int) -> None:
    """Each night, what changed in the directories that a setting names, as the steward whom another names."""
    close_old_connections()
    if settings.HEARTH_DIRECTORY_FEEDS and settings.HEARTH_DIRECTORY_FEEDS_BY:
        by = User.objects.select_related("organisation").get(email=settings.HEARTH_DIRECTORY_FEEDS_BY.lower())
        with acting_as(by):
            for name, address in settings.HEARTH_DIRECTORY_FEEDS:
                start_directory_run(by=by, name=name, address=address)


@app.periodic(cron="55 3 * * *")
@app.task(name="directory.let_go_of_counts", queueing_lock="directory.let_go_of_counts", pass_context=False)
def let_go_of_counts(timestamp: int) -> None:
    """Counts of searches go when the practice pack says."""
    close_old_connections()
    let_go_of_old_counts()
