"""Work of the workforce in the background. Each is safe to run twice."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from hearth.oversight.quality.workforce import night


@app.task(name="workforce.offer_seats")
def offer_seats(run: str, organiser: str) -> None:
    """A seat was given up: the first in line is offered it."""
    close_old_connections()
    night.offer_in_name_of(run, organiser)


@app.periodic(cron="40 5 * * *")
@app.task(name="workforce.look_after", queueing_lock="workforce.look_after", pass_context=False)
def look_after(timestamp: int) -> None:
    """Offer seats that are free, and remind of certificates that run out and of supervision that is due."""
    close_old_connections()
    night.offer_freed_seats()
    night.chase_all_training()
    night.chase_all_supervision()


@app.periodic(cron="35 3 * * *")
@app.task(name="workforce.let_go", queueing_lock="workforce.let_go", pass_context=False)
def let_go(timestamp: int) -> None:
    """What is kept of people who left goes when the pack says."""
    close_old_connections()
    night.let_go_of_training()
    night.let_go_of_supervision()
