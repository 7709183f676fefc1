"""Casework as a feed: each night, and when it is asked for."""

from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from hearth.casework.cases.feeding.writing import NOTHING, load_casework
from hearth.foundation.accounts.models import User
from hearth.foundation.core.refusals import Refused


@app.task(name="cases.load_feed")
def load_feed(by: str) -> None:
    """Write and load today's file in somebody's name, where there is a case. Safe to run twice, as it is each night."""
    close_old_connections()
    try:
        load_casework(User.objects.select_related("organisation").get(pk=by))
    except Refused as refused:
        if refused.refusal.code != NOTHING:
            raise


@app.periodic(cron="30 2 * * *")
@app.task(name="cases.write_feed", queueing_lock="cases.write_feed", pass_context=False)
def write_feed(timestamp: int) -> None:
    """Write and load the day's file in the name of whom a setting names. Safe to run twice: the same file is the same load."""
    close_old_connections()
    if settings.HEARTH_CASEWORK_FEED_BY:
        load_casework(User.objects.select_related("organisation").get(email=settings.HEARTH_CASEWORK_FEED_BY.lower()))
