"""Reading in the background, as whoever sent the file; and letting go of files that nothing is read from. Each is safe to run twice."""

from pathlib import Path

from django.conf import settings
from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.foundation.accounts.models import User
from hearth.foundation.core.reader import acting_for
from hearth.intelligence.feeds import dropped, keeping, letting_go, reading
from hearth.intelligence.feeds.models import FeedLoad


@app.task(name="feeds.read", retry=RetryStrategy(max_attempts=3, wait=5))
def read(load: str, by: str) -> None:
    """Read a load's file, check it and compare it with what is held."""
    user = User.objects.select_related("organisation").get(pk=by)
    with acting_for(user):
        found = FeedLoad.objects.filter(pk=load).select_related("organisation").first()
        if found is not None:
            reading.read_load(by=user, load=found)


@app.task(name="feeds.tidy")
def tidy(by: str) -> None:
    """Let go of files of loads that are over, and of what was staged of those that are committed."""
    user = User.objects.select_related("organisation").get(pk=by)
    with acting_for(user):
        for load in FeedLoad.objects.exclude(state__in=FeedLoad.OPEN):
            if not load.kept:
                keeping.let_go(load)
            elif load.state == FeedLoad.State.COMMITTED:
                keeping.let_go_of_staged(load)


@app.periodic(cron="*/5 * * * *")
@app.task(name="feeds.take_dropped", queueing_lock="feeds.take_dropped", pass_context=False)
def take_dropped(timestamp: int) -> None:
    """Take the files that partners' systems dropped in the folder that a setting names, as the person whom another names."""
    close_old_connections()
    if settings.HEARTH_FEEDS_DROPPED:
        user = User.objects.select_related("organisation").get(email=settings.HEARTH_FEEDS_DROPPED_BY.lower())
        dropped.take_dropped(user, Path(settings.HEARTH_FEEDS_DROPPED))


@app.periodic(cron="20 3 * * *")
@app.task(name="feeds.let_go_of_old", queueing_lock="feeds.let_go_of_old", pass_context=False)
def let_go_of_old(timestamp: int) -> None:
    """What was sent as many years ago as the practice pack says is kept no longer."""
    close_old_connections()
    letting_go.let_go_of_old_loads()
