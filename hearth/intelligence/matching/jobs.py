"""Linking in the background, as whoever started it. Safe to run twice: one at a time, and a run that is over stays over."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.foundation.accounts.models import User
from hearth.foundation.core.reader import acting_for
from hearth.intelligence.matching import actions, erasing, linking, rules
from hearth.intelligence.matching.models import LinkRun


@app.task(name="matching.link", lock="matching.link", retry=RetryStrategy(max_attempts=20, wait=30))
def link(run: str, by: str) -> None:
    """Do a link run. Where another goes on, it is tried again."""
    user = User.objects.select_related("organisation").get(pk=by)
    with acting_for(user):
        found = LinkRun.objects.filter(pk=run).first()
        if found is not None:
            linking.run_link(by=user, run=found)


@app.task(name="matching.link_after_load")
def link_after_load(by: str) -> None:
    """What is held has changed: link who is new in it. Whoever may load and not link leaves it to those who may."""
    user = User.objects.select_related("organisation").get(pk=by)
    with acting_for(user):
        if rules.why_not_link_feeds(user) is None:
            actions.start_link_run(by=user, because="load")


@app.task(name="matching.tidy")
def tidy(by: str) -> None:
    """Let go of files that hold somebody who was erased."""
    user = User.objects.select_related("organisation").get(pk=by)
    with acting_for(user):
        erasing.let_go_of_erased()
