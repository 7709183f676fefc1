"""Casework as a feed: each night, and when it is asked for."""

from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from hearth.casework.cases.feeding.writing import load_casework
from hearth.foundation.accounts.models import User


@app.task(name="cases.load_feed")
def load_feed(by: str) -> None:
    """Write and load today's file in somebody's name. Safe to run twice, as it is each night."""
    close_old_connections()
    load_casework(User.objects.select_related("organisation").get(pk=by))


@app.periodic(cron="30 2 * * *")
@app.task(name="cases.write_feed", queueing_lock="cases.write_feed", pass_context=False)
def write_feed(timestamp: int) -> None:
    """Write and load the day's file in the name of whom a setting names. Safe to run twice: the same file is the same load."""
    close_old_connections()
    if settings.HEARTH_CASEWORK_FEED_BY:
        load_casework(User.objects.select_related("organisation").get(email=settings.HEARTH_CASEWORK_FEED_BY.lower()))
