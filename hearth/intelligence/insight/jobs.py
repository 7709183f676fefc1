"""Rules worked out in the background, and each night. Each is safe to run twice."""

import uuid

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.foundation.core.refusals import refuse
from hearth.intelligence.insight import actions, queries, rules, running
from hearth.intelligence.insight.gathering import INSIGHT


@app.task(name="insight.work_out", retry=RetryStrategy(max_attempts=3, wait=5))
def work_out(run: str) -> None:
    """Work out a run that waits, or that a worker who is gone left."""
    close_old_connections()
    running.work_out(uuid.UUID(run))


@app.task(name="insight.work_out_anew", retry=RetryStrategy(max_attempts=60, wait=60))
def work_out_anew() -> None:
    """Who is who has changed: every rule again. Where a run goes on that has read who it was, that one is waited for."""
    close_old_connections()
    refuse(rules.why_not_anew(queries.run_going_on(INSIGHT)))
    actions.start_run(by=INSIGHT)


@app.periodic(cron="10 4 * * *")
@app.task(name="insight.nightly", queueing_lock="insight.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """Every rule once a night, so that what was sent yesterday is seen today and whoever was restricted since is in no figure."""
    close_old_connections()
    actions.start_run(by=INSIGHT)
