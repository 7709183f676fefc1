"""What the worker and the command do with a run, as whoever started it."""

import uuid
from typing import Any

from hearth.foundation.accounts.models import User
from hearth.foundation.core.reader import acting_for
from hearth.records.directory.models import DirectoryRun
from hearth.records.directory.reading.actions import Progress, read_directory, start_directory_run


def read_run(run: uuid.UUID, by: uuid.UUID) -> None:
    """Read a run to its end, if nobody has."""
    user = User.objects.select_related("organisation").get(pk=by)
    with acting_for(user):
        found = DirectoryRun.objects.select_related("feed").filter(pk=run, finished_at=None).first()
        if found is not None:
            read_directory(by=user, run=found)


def read_now(by: Any, *, name: str, address: str, everything: bool, progress: Progress | None = None) -> DirectoryRun:
    """The command's way: at once, without the queue."""
    with acting_for(by):
        run = start_directory_run(by=by, name=name, address=address, everything=everything, queue=False)
        return read_directory(by=by, run=DirectoryRun.objects.select_related("feed").get(pk=run.pk), progress=progress)
