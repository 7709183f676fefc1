"""Work on documents in the background."""

import uuid

from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from hearth.foundation.core.jobs import defer
from hearth.records.documents import settling

TRY_AGAIN_AFTER = (15, 60, 180, 600, 1800)  # seconds; after that the hourly round takes it up


@app.task(name="documents.settle")
def settle(table: str, content: str, tries: str = "0") -> None:
    """Check a document for viruses and move it to the store, again and later where either is away."""
    close_old_connections()
    if not settling.settle(table, uuid.UUID(content)) and int(tries) < len(TRY_AGAIN_AFTER):
        later = app.configure_task("documents.settle", schedule_in={"seconds": TRY_AGAIN_AFTER[int(tries)]})
        later.defer(table=table, content=content, tries=str(int(tries) + 1))


@app.periodic(cron="17 * * * *")
@app.task(name="documents.settle_rest", queueing_lock="documents.settle_rest", pass_context=False)
def settle_rest(timestamp: int) -> None:
    """Nothing waits for ever: take up what no job is left for, and what was kept before a setting changed."""
    close_old_connections()
    for table, key in settling.unsettled():
        defer("documents.settle", table=table, content=key)
    if settings.HEARTH_STORE_URL:
        settling.delete_let_go()
