"""What has passed its time is found each night."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from hearth.oversight.governance.finding import find_due


@app.periodic(cron="50 3 * * *")
@app.task(name="governance.find_due", queueing_lock="governance.find_due", pass_context=False)
def find_due_records(timestamp: int) -> None:
    """The list of what is due is brought up to date. A person decides on each."""
    close_old_connections()
    find_due()
