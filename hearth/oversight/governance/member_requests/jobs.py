"""The night's look at what members asked for."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from hearth.oversight.governance.member_requests import chasing


@app.periodic(cron="12 5 * * *")
@app.task(name="member_requests.remind_of_due", queueing_lock="member_requests.remind_of_due", pass_context=False)
def remind_of_due(timestamp: int) -> None:
    """Whoever owes an answer is reminded."""
    close_old_connections()
    chasing.remind_of_due()
