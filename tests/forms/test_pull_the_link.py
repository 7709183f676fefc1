"""kill -9 in the middle of a link run: of the worker and of the command. It begins again, counts once, and what was in force stays so."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.matching.actions import start_link_run
from tests.browser.product import COMMAND
from tests.forms.test_pull_the_worker import count, killed_at_the_end, take_up_what_a_dead_worker_had, worker
from tests.forms.town import Town
from tests.forms.web import environment_of, patiently

ROWS = 5_000
RUNNING = "select count(*) from matching_linkrun where state = 'running' and percent >= 20"
DONE = "select count(*) from matching_linkrun where state = 'done' and files <> '[]'::jsonb"
IN_FORCE = "select count(*) from matching_linkrun where is_current and (counts ->> 'records')::int = %s"
NEET = "YoungPersonsID,GivenName,FamilyName,DOB,Postcode,ActivityCode,ActivityStartDate\n"
BENEFITS = "person reference,forename,surname,date of birth,address,postcode,benefit,start date,end date\n"


def _name(number: int) -> str:
    return f"Gwen{chr(97 + number % 26)}{chr(97 + number // 26 % 26)},Marchb{chr(97 + number // 9 % 26)}{chr(97 + number % 7)}nks"


def _born(number: int) -> str:
    return f"{1990 + number % 20}-{1 + number // 20 % 12:02}-{1 + number // 240 % 28:02}"


def _environment(town: Town, folder: Path) -> dict[str, str]:
    environment = environment_of(town, town.addresses.web) | {"DATABASE_URL": town.owner, "HEARTH_VAR": str(folder)}
    del environment["DJANGO_SETTINGS_MODULE"], environment["DATABASE_WEB_URL"]
    return environment


@pytest.fixture(scope="module")
def folder(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two feeds of the same people, committed by command, with their files in a folder of their own."""
    var = tmp_path_factory.mktemp("var")
    shutil.copytree(settings.FEEDS_FOLDER, var / "feeds")
    files = {
        "neet": NEET + "".join(f"y{n},{_name(n)},{_born(n)},BB{n % 9} {n % 10}AA,310,\n" for n in range(ROWS)),
        "worklessness": BENEFITS
        + "".join(
            f"b{n},{_name(n)},{_born(n)},{n} Mill Lane,BB{n % 9} {n % 10}AA,UC,2024-01-01,\n" for n in range(ROWS)
        ),
    }
    for feed, text in files.items():
        (var / f"{feed}.csv").write_text(text)
        command = [
            *COMMAND, "load", feed, str(var / f"{feed}.csv"), "--by", town.world.cast.analyst.email, "--from", "2024-01-01",
            "--until", clock.today().isoformat(), "--commit",
        ]  # fmt: skip
        done = subprocess.run(command, env=_environment(town, var), capture_output=True, text=True, timeout=180)
        assert "It is committed." in done.stdout, done.stdout + done.stderr
    with psycopg.connect(town.owner, autocommit=True) as there:  # what the loads started is not what is looked at here
        there.execute("delete from procrastinate_jobs where task_name like 'matching.%'")
        there.execute("update matching_linkrun set state = 'cancelled' where state = 'waiting'")
    return var


def test_a_run_whose_worker_is_killed_begins_again_and_counts_once(
    town: Town, folder: Path, django_db_blocker: Any
) -> None:
    by, owner = town.world.cast.analyst, town.owner
    before = count(owner, DONE)
    with django_db_blocker.unblock(), acting_as(by):
        run = start_link_run(by=by)
    with worker(town, HEARTH_VAR=str(folder)):
        patiently(lambda: count(owner, RUNNING) == 1, "the run has begun")
    assert count(owner, DONE) == before
    assert count(owner, "select count(*) from matching_matchpair where run_id = %s", run.id) == 0
    with django_db_blocker.unblock():
        take_up_what_a_dead_worker_had(owner)
    with worker(town, HEARTH_VAR=str(folder)):
        patiently(lambda: count(owner, IN_FORCE, 2 * ROWS) == 1, "the run is done")
    assert count(owner, DONE) == before + 1
    assert count(owner, "select count(*) from matching_linkrun where is_current and id = %s", run.id) == 1
    kept = sorted(path.name for path in (folder / "feeds" / str(run.id)).iterdir())
    assert len(kept) == 2 and "known" in kept, "the file and what is known, and nothing half made"


def test_a_run_by_command_that_is_killed_is_done_by_giving_it_again(town: Town, folder: Path) -> None:
    owner = town.owner
    command = [*COMMAND, "link-feeds", "--afresh", "--by", town.world.cast.analyst.email]
    in_force = "select count(*) from matching_linkrun where is_current"
    with killed_at_the_end(command, _environment(town, folder)):
        patiently(lambda: count(owner, RUNNING) == 1, "the command has begun")
    assert count(owner, RUNNING) == 1 and count(owner, in_force) == 1
    again = subprocess.run(command, env=_environment(town, folder), capture_output=True, text=True, timeout=240)
    assert again.returncode == 0, again.stderr
    assert f"{2 * ROWS:,} records" in again.stdout
    assert count(owner, in_force) == 1
    assert count(owner, "select count(*) from matching_linkrun where state in ('running', 'waiting')") == 0
    left = "select count(*) from matching_linkrun where state = 'failed' and failure like '%stopped in the middle%'"
    assert count(owner, left) == 1
    stranger = [*COMMAND, "link-feeds", "--by", town.world.cast.manager.email]
    bad = subprocess.run(stranger, env=_environment(town, folder), capture_output=True, text=True, timeout=120)
    assert (bad.returncode != 0, "Ask an analyst" in bad.stderr, "Traceback" in bad.stderr) == (True, True, False)
