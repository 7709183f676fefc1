"""kill -9 in the middle of working rules out: the run begins again, and what it finds counts once."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds.actions import send_file
from hearth.intelligence.feeds.models import FeedLoad
from hearth.intelligence.insight.actions import start_run
from hearth.intelligence.matching.models import LinkRun
from tests.forms.test_pull_the_worker import count, take_up_what_a_dead_worker_had, worker
from tests.forms.town import Town
from tests.forms.web import patiently

PEOPLE = 15_000
HEAD = "attendance id,NHS Number,arrival date,site\n"
OPEN = "select count(*) from insight_insightrun where state in ('waiting', 'running')"
RUNNING = "select count(*) from insight_insightrun where state = 'running' and percent > 0"
DONE = "select count(*) from insight_insightrun where state = 'done' and is_current and flags >= %s"
FLAGS = "select count(*) from insight_flag where rule = 'repeat_emergency' and is_found"


def test_a_run_whose_worker_is_killed_begins_again_and_counts_once(
    town: Town, django_db_blocker: Any, tmp_path: Path
) -> None:
    by, owner, today = town.world.cast.analyst, town.owner, clock.today()
    rows = "".join(
        f"a{n}-{k},{9990000000 + n},{today - dt.timedelta(days=k + 1)},General\n"
        for n in range(PEOPLE)
        for k in range(3)
    )
    with worker(town, HEARTH_VAR=str(tmp_path)), django_db_blocker.unblock():
        with acting_as(by):
            load = send_file(
                by=by, feed="emergency_attendances", organisation=by.organisation, covers_from=today - dt.timedelta(days=300), covers_until=today,
                file=io.BytesIO((HEAD + rows).encode()), file_name="emergency.csv",
            )  # fmt: skip
        ready = "select count(*) from feeds_feedload where file_name = 'emergency.csv' and state = 'ready'"
        patiently(lambda: count(owner, ready) == 1, "the file is read")
        patiently(lambda: count(owner, OPEN) == 0, "the run that waited in the town is over")
    with django_db_blocker.unblock(), acting_as(by):
        FeedLoad.objects.exclude(pk=load.pk).update(is_current=False)  # the town's own files lie elsewhere
        FeedLoad.objects.filter(pk=load.pk).update(state="committed", is_current=True)
        LinkRun.objects.update(is_current=False)  # and so do those it says were linked
        start_run(by=by)
    with worker(town, HEARTH_VAR=str(tmp_path)):
        patiently(lambda: count(owner, RUNNING) == 1, "the run has begun")
    assert count(owner, DONE, PEOPLE) == 0
    assert count(owner, FLAGS) == 0
    with django_db_blocker.unblock():
        take_up_what_a_dead_worker_had(owner)
    with worker(town, HEARTH_VAR=str(tmp_path)):
        patiently(lambda: count(owner, DONE, PEOPLE) == 1, "the run is done")
    assert count(owner, FLAGS) == PEOPLE
    assert count(owner, "select count(*) from insight_insightrun where is_current") == 1
