"""Each night measures are counted once and kept. Safe to run twice."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from hearth.oversight.performance.keeping import keep_measures


@app.periodic(cron="10 2 * * *")
@app.task(name="performance.keep_measures", queueing_lock="performance.keep_measures", pass_context=False)
def count_measures(timestamp: int) -> None:
    """Every measure of every district, quarter and month that can be looked at."""
    close_old_connections()
    keep_measures()
