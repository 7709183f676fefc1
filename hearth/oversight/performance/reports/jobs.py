"""Figures are gathered in the background, as whoever started the report; old reports are let go each night. Each is safe to run twice."""

from django.db import close_old_connections, connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.foundation.accounts.models import User
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import System, acting_as, acting_for
from hearth.oversight.performance.reports import gathering
from hearth.oversight.performance.reports.models import Report

TIDYING = System("system:tidying", "hearth_tidying")
RECORD = "report"  # as the retention rules of the practice pack call it


@app.task(name="reports.gather", retry=RetryStrategy(max_attempts=20, wait=30))
def gather(report: str, by: str) -> None:
    """Gather a report's figures. Where another process does, it is looked at again; whose role is lost since sees none."""
    user = User.objects.select_related("organisation").get(pk=by)
    with acting_for(user):
        found = Report.objects.visible_to(user).select_related("area", "replaces").filter(pk=report).first()
        if found is not None:
            gathering.gather(found, user)


@app.periodic(cron="55 3 * * *")
@app.task(name="reports.let_go", queueing_lock="reports.let_go", pass_context=False)
def let_go(timestamp: int) -> None:
    """Reports go once the time of the retention rule has passed."""
    close_old_connections()
    let_go_of_old_reports()


def let_go_of_old_reports(using: str = "default") -> int:
    """Let go of reports whose time has passed; how many there were."""
    rule = pack().retention.rule(RECORD)
    if rule is None:
        return 0
    with acting_as(TIDYING, using=using), connections[using].cursor() as cursor:
        cursor.execute("select hearth_let_go_of_reports(%s)", [rule.years])
        return int(cursor.fetchone()[0])
