"""kill -9 in the middle of a load: of the worker and of the command. The file is read again, and counts once."""

import io
import os
import subprocess
from pathlib import Path
from typing import Any

from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds.actions import send_file
from tests.browser.product import COMMAND
from tests.forms.test_pull_the_worker import count, killed_at_the_end, take_up_what_a_dead_worker_had, worker
from tests.forms.town import Town
from tests.forms.web import environment_of, patiently

ROWS = 30_000
HEAD = "personId,dateOfOffence,typeOfOffence,natureOfInvolvement\n"
READING = "select count(*) from feeds_feedload where file_name = %s and state = 'reading'"
READY = (
    "select count(*) from feeds_feedload where file_name = %s and state = 'ready' and new = %s and rows_in_file = %s"
)
PEOPLE = "select count(*) from feeds_feedsubject s join feeds_feedload l on l.id = s.load_id where l.file_name = %s"


def _rows(who: str) -> bytes:
    return (HEAD + "".join(f"{who}{number},2026-01-05,Assault,Victim\n" for number in range(ROWS))).encode()


def _analyst(town: Town) -> User:
    return town.world.cast.analyst


def test_a_load_whose_worker_is_killed_is_read_again_once(town: Town, django_db_blocker: Any, tmp_path: Path) -> None:
    by, owner, today = _analyst(town), town.owner, clock.today()
    with django_db_blocker.unblock(), acting_as(by):
        send_file(
            by=by, feed="offences", organisation=by.organisation, covers_from=today, covers_until=today,
            file=io.BytesIO(_rows("w")), file_name="worker.csv",
        )  # fmt: skip
    with worker(town, HEARTH_VAR=str(tmp_path)):
        patiently(lambda: count(owner, READING, "worker.csv") == 1, "the reading has begun")
    assert count(owner, READING, "worker.csv") == 1
    assert count(owner, PEOPLE, "worker.csv") == 0
    with django_db_blocker.unblock():
        take_up_what_a_dead_worker_had(owner)
    with worker(town, HEARTH_VAR=str(tmp_path)):
        patiently(lambda: count(owner, READY, "worker.csv", ROWS, ROWS) == 1, "the file is read")
    assert count(owner, PEOPLE, "worker.csv") == ROWS
    assert count(owner, "select count(*) from feeds_feedfilepart") == 0


def test_a_load_by_command_that_is_killed_is_finished_by_giving_it_again(town: Town, tmp_path: Path) -> None:
    owner, file, by = town.owner, tmp_path / "command.csv", _analyst(town).email
    file.write_bytes(_rows("c"))
    day = clock.today().isoformat()
    command = [*COMMAND, "load", "offences", str(file), "--by", by, "--from", day, "--until", day, "--commit"]
    environment = environment_of(town, town.addresses.web) | {"DATABASE_URL": owner}
    del environment["DJANGO_SETTINGS_MODULE"], environment["DATABASE_WEB_URL"]
    with killed_at_the_end(command, environment):
        patiently(lambda: count(owner, READING, "command.csv") == 1, "the command has begun")
    assert count(owner, "select count(*) from feeds_feedload where is_current and file_name = %s", "command.csv") == 0
    once = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180)
    assert once.returncode == 0, once.stderr
    assert f"{ROWS:,} new, 0 changed, 0 the same, 0 set aside; 0 gone" in once.stdout
    assert "It is committed." in once.stdout
    again = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180)
    assert "It is committed." in again.stdout
    assert count(owner, "select count(*) from feeds_feedload where file_name = %s", "command.csv") == 1
    assert count(owner, PEOPLE, "command.csv") == ROWS
    assert os.path.exists(file), "the command reads the file where it lies, and leaves it there"
    file.write_bytes(b"%PDF-1.7")
    bad = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert (bad.returncode != 0, "This is a PDF" in bad.stderr, "Traceback" in bad.stderr) == (True, True, False)
