"""Work of the search in the background."""

from django.db import close_old_connections, connection
from procrastinate.contrib.django import app


@app.periodic(cron="50 3 * * *")
@app.task(name="people.count_names", queueing_lock="people.count_names", pass_context=False)
def count_names(timestamp: int) -> None:
    """How common each name is now: the look-up takes agreement on a rare one for more. Safe to run twice."""
    close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute("select hearth_count_names()")
