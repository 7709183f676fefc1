"""Work of returns in the background. Each is safe to run twice."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.commissioning.contracts.returns import chasing
from hearth.commissioning.contracts.returns.models import PeopleList
from hearth.commissioning.contracts.returns.people import actions, letting_go
from hearth.foundation.accounts.models import User
from hearth.foundation.core.reader import acting_as


@app.periodic(cron="30 5 * * *")
@app.task(name="returns.make_and_chase", queueing_lock="returns.make_and_chase", pass_context=False)
def make_and_chase(timestamp: int) -> None:
    """Make the returns whose day has come, and chase those that were not sent."""
    close_old_connections()
    chasing.make_and_chase()


@app.task(name="returns.check_people", retry=RetryStrategy(max_attempts=3, wait=5))
def check_people(people: str, by: str) -> None:
    """Check a list of people against casework, in the name of whoever sent it."""
    close_old_connections()
    user = User.objects.select_related("organisation").get(pk=by)
    with acting_as(user):
        found = PeopleList.objects.visible_to(user).select_related("owner").filter(pk=people).first()
        if found is not None:
            actions.check_people(by=user, people=found)


@app.periodic(cron="25 3 * * *")
@app.task(name="returns.let_go_of_names", queueing_lock="returns.let_go_of_names", pass_context=False)
def let_go_of_names(timestamp: int) -> None:
    """The names of lists are kept no longer than the pack says."""
    close_old_connections()
    letting_go.let_go_of_names()
