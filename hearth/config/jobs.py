"""Looks after the queue: work that a killed worker left is taken up again, and what is long done is forgotten."""

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app

from hearth.foundation.ui.kept import delete_old_drafts
from hearth.foundation.ui.sent import forget_sent_forms

KEPT_HOURS = 24 * 30


@app.periodic(cron="*/5 * * * *")
@app.task(name="config.take_up_again", queueing_lock="config.take_up_again", pass_context=False)
async def take_up_again(timestamp: int) -> None:
    """Every job may be run twice safely, so one whose worker is gone is simply put back."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=60):
        await app.job_manager.retry_job(job)


@app.periodic(cron="20 3 * * *")
@app.task(name="config.forget_finished_jobs", queueing_lock="config.forget_finished_jobs", pass_context=False)
async def forget_finished_jobs(timestamp: int) -> None:
    """Jobs carry ids only, and even these are kept no longer than they explain anything."""
    await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)


@app.periodic(cron="40 3 * * *")
@app.task(name="config.forget_old_drafts", queueing_lock="config.forget_old_drafts", pass_context=False)
async def forget_old_drafts(timestamp: int) -> None:
    """Drafts that nobody came back to go when the practice pack says; forms that were done are remembered for a day."""
    await sync_to_async(delete_old_drafts)()
    await sync_to_async(forget_sent_forms)()
