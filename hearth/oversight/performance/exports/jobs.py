"""Files are made in the background, as whoever asked; old ones are let go each night. Each is safe to run twice."""

from django.db import close_old_connections, connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.reader import System, acting_as, acting_for
from hearth.oversight.performance.exports.making import make as make_file
from hearth.oversight.performance.exports.models import Export

TIDYING = System("system:tidying", "hearth_tidying")


@app.task(name="exports.make", retry=RetryStrategy(max_attempts=20, wait=30))
def make(export: str, by: str) -> None:
    """Make an export. Where another process makes it, it is looked at again; whose role is lost since sees none, and none is made."""
    user = User.objects.select_related("organisation").get(pk=by)
    with acting_for(user):
        found = Export.objects.visible_to(user).filter(pk=export).first()
        if found is not None:
            make_file(found, user)


@app.periodic(cron="50 3 * * *")
@app.task(name="exports.let_go", queueing_lock="exports.let_go", pass_context=False)
def let_go(timestamp: int) -> None:
    """Files and lists of what was missing go after their last day; that they were made, for whom and why, stays."""
    close_old_connections()
    let_go_of_old_exports()


def let_go_of_old_exports(using: str = "default") -> int:
    """Let go of files whose last day has passed; how many there were."""
    with acting_as(TIDYING, using=using), connections[using].cursor() as cursor:
        cursor.execute("select hearth_let_go_of_exports(%s)", [clock.today()])
        return int(cursor.fetchone()[0])
