"""Those who are to hear of a call are told; opened files are checked for viruses. Each is safe to run twice."""

import uuid

from django.db import close_old_connections
from procrastinate.contrib.django import app

from hearth.commissioning.procurement.bids import checking
from hearth.commissioning.procurement.telling import actions as telling


@app.task(name="procurement.tell")
def tell(tender: str, what: str, about: str = "") -> None:
    """Tell those who are to hear of something."""
    close_old_connections()
    telling.tell_of_call(by=telling.TELLER, tender=uuid.UUID(tender), what=what, about=about)


@app.periodic(cron="4 * * * *")
@app.task(name="procurement.look_at_the_clock", queueing_lock="procurement.look_at_the_clock", pass_context=False)
def look_at_the_clock(timestamp: int) -> None:
    """Each hour: deadlines that are near or have passed, and standstills that have ended. Nobody is told twice."""
    close_old_connections()
    for tender, what, about in telling.due_by_the_clock():
        telling.tell_of_call(by=telling.TELLER, tender=tender, what=what, about=about)


@app.task(name="procurement.check_files")
def check_files(tender: str) -> None:
    """Have the files of a tender that was opened checked for viruses."""
    close_old_connections()
    checking.check_files(uuid.UUID(tender))


@app.periodic(cron="9,24,39,54 * * * *")
@app.task(name="procurement.check_rest", queueing_lock="procurement.check_rest", pass_context=False)
def check_rest(timestamp: int) -> None:
    """What the scanner did not answer about is asked again, until it does."""
    close_old_connections()
    checking.check_files()
