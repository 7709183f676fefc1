"""Reading in the background: safe to run twice, as whoever sent the file."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.desk.imports.actions import read_workbook
from hearth.desk.imports.models import ImportRun
from hearth.foundation.accounts.models import User
from hearth.foundation.core.reader import acting_for


@app.task(name="imports.read", retry=RetryStrategy(max_attempts=3, wait=5))
def read(run: str, by: str) -> None:
    """Read a run's workbook to its end, each row in a transaction of its own."""
    user = User.objects.select_related("organisation").get(pk=by)
    with acting_for(user):
        found = ImportRun.objects.filter(pk=run).select_related("area").first()
        if found is not None and found.finished_at is None:
            read_workbook(by=user, run=found)
