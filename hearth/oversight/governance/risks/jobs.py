"""The night's look at the risk log."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from hearth.oversight.governance.risks import chasing


@app.periodic(cron="10 5 * * *")
@app.task(name="risks.remind_of_late", queueing_lock="risks.remind_of_late", pass_context=False)
def remind_of_late(timestamp: int) -> None:
    """Whoever has something late of a risk is reminded."""
    close_old_connections()
    chasing.remind_of_late()
