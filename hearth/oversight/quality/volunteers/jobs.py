"""Work of volunteers in the background. Safe to run twice."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from hearth.oversight.quality.volunteers import letting_go


@app.periodic(cron="35 3 * * *")
@app.task(name="volunteers.let_go_of_volunteers", queueing_lock="volunteers.let_go_of_volunteers", pass_context=False)
def let_go_of_volunteers(timestamp: int) -> None:
    """Who somebody was is kept no longer than the pack says."""
    close_old_connections()
    letting_go.let_go_of_volunteers()
