"""kill -9 of the background worker and of commands: imports go on where they stopped, messages go at most once."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections

from hearth.config import jobs, launch
from hearth.desk.imports.actions import import_workbook
from hearth.desk.imports.tests.test_imports import SEEN, child, workbook
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.reader import acting_as
from hearth.foundation.messages.actions import send
from hearth.foundation.messages.delivering import take_up_lost
from hearth.foundation.messages.tests.post import MailServer, _Letterbox
from hearth.foundation.messages.tests.post import running as serving_post
from tests.asynchronous import finished
from tests.browser.product import COMMAND
from tests.forms.town import Town
from tests.forms.web import environment_of, patiently

ROWS = 120
CONTACTS = workbook(list_1=[(*child(number), SEEN, "q) 6: Police") for number in range(1, ROWS + 1)])


def count(owner: str, question: str, *values: Any) -> int:
    with psycopg.connect(owner, autocommit=True) as there:
        row = there.execute(question, values or None).fetchone()
        return int(row[0]) if row else 0


@contextmanager
def killed_at_the_end(command: list[str], environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A process of ours, which has no chance to tidy up after itself."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(30)


@contextmanager
def worker(town: Town, **more: str) -> Iterator["subprocess.Popen[bytes]"]:
    real = {"DJANGO_SETTINGS_MODULE": "hearth.config.settings"}  # those of the tests know the web server's role alone
    environment = environment_of(town, town.addresses.worker) | real | more
    with killed_at_the_end(launch.worker_command(), environment) as process:
        yield process


def loaded(owner: str, source: str) -> dict[str, int]:
    """What an import has made so far, by kind of thing."""
    asked = {
        "rows": "select count(*) from imports_importrow r join imports_importrun n on n.id = r.run_id"
        " where n.source = %s and r.outcome = 'loaded'",
        "requests": "select count(*) from front_door_request where answers ->> 'system' = %s",
        "children": "select count(distinct value) from people_identifier where system = %s",
        "numbers": "select count(*) from people_identifier where system = %s",
    }
    return {what: count(owner, question, source) for what, question in asked.items()}


def all_of(number: int) -> dict[str, int]:
    return dict.fromkeys(("rows", "requests", "children", "numbers"), number)


def take_up_what_a_dead_worker_had(owner: str) -> None:
    """As the queue does by itself every five minutes, once nothing has been heard of the worker for a minute."""
    with psycopg.connect(owner, autocommit=True) as there:
        there.execute("update procrastinate_workers set last_heartbeat = now() - interval '10 minutes'")
    finished(jobs.take_up_again.func, 0)


def test_an_import_whose_worker_is_killed_goes_on_from_there_once(town: Town, django_db_blocker: Any) -> None:
    by, owner = town.world.cast.administrator, town.owner
    with django_db_blocker.unblock(), acting_as(by):
        run = import_workbook(by=by, area=town.world.area, source="Worker", file_name="a.xlsx", content=CONTACTS)
    with worker(town):
        patiently(lambda: loaded(owner, "Worker")["rows"] > ROWS // 10, "the import has begun")
    begun = loaded(owner, "Worker")
    assert 0 < begun["rows"] < ROWS
    assert begun == all_of(begun["rows"]), "each row is there whole, or not at all"
    with django_db_blocker.unblock():
        take_up_what_a_dead_worker_had(owner)
    with worker(town):
        done = "select count(*) from imports_importrun where id = %s and state = 'done' and rows_in_file = %s"
        patiently(lambda: count(owner, done, run.id, ROWS), "the import is done")
    assert loaded(owner, "Worker") == all_of(ROWS)


def test_an_import_by_command_that_is_killed_is_finished_by_giving_it_again(town: Town, tmp_path: Path) -> None:
    owner, file = town.owner, tmp_path / "annex-a.xlsx"
    file.write_bytes(CONTACTS)
    by = town.world.cast.administrator.email
    command = [*COMMAND, "import", "annex-a", str(file), "--source", "Command", "--by", by]
    environment = environment_of(town, town.addresses.web) | {"DATABASE_URL": owner}
    del environment["DJANGO_SETTINGS_MODULE"], environment["DATABASE_WEB_URL"]
    with killed_at_the_end(command, environment):
        patiently(lambda: loaded(owner, "Command")["rows"] > ROWS // 10, "the command has begun")
    begun = loaded(owner, "Command")
    assert 0 < begun["rows"] < ROWS
    assert begun == all_of(begun["rows"])
    again = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert again.returncode == 0, again.stderr
    assert loaded(owner, "Command") == all_of(ROWS)
    found = "select count(*) from imports_importrow r join imports_importrun i on i.id = r.run_id"
    already = count(owner, f"{found} where r.outcome = 'already' and i.source = %s", "Command")
    assert f"{already} already there, 0 refused" in again.stdout
    file.write_bytes(b"Child ID,Gender\n1,F\n")
    bad = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert (bad.returncode != 0, "a text file, such as CSV" in bad.stderr, "Traceback" in bad.stderr) == (
        True,
        True,
        False,
    )


class _SlowLetterbox(_Letterbox):
    """Takes the letter, and is about to say so when the worker dies."""

    def _take(self) -> None:
        self.say("354 go on")
        letter = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return
            letter += line
        self.server.letters.append(letter)
        self.rfile.readline()  # no answer: whoever sent it waits until they are gone


@action
def _ask_for_a_message(*, by: Any, to: Any, key: str) -> None:
    send(by=by, to=to, template="news", link="/", key=key)
    record("messages.tried_out", subject=key)


def _status(owner: str, key: str) -> tuple[str, str]:
    with psycopg.connect(owner, autocommit=True) as there:
        row = there.execute("select status, last_error from outbox_message where key = %s", [key]).fetchone()
        assert row is not None
        return row[0], row[1]


def test_a_message_whose_worker_is_killed_as_it_leaves_is_never_sent_twice(town: Town, django_db_blocker: Any) -> None:
    """A mail server keeps no list that may be asked for, so where nobody can know it is said and not sent again."""
    by, owner = town.world.cast.family_worker, town.owner
    post = MailServer()
    post.RequestHandlerClass = _SlowLetterbox
    with serving_post(post), django_db_blocker.unblock():
        with psycopg.connect(owner, autocommit=True) as there:  # only this one is to leave
            there.execute("update outbox_message set status = 'given_up' where status <> 'sent'")
        with acting_as(by):
            _ask_for_a_message(by=by, to=by, key="as it leaves")
        with worker(town, HEARTH_EMAIL_URL=post.url):
            patiently(lambda: post.letters, "the letter has left")
            assert _status(owner, "as it leaves")[0] == "sending"
        post.RequestHandlerClass = _Letterbox
        take_up_what_a_dead_worker_had(owner)
        with psycopg.connect(owner, autocommit=True) as there:
            there.execute("update outbox_message set claimed_at = now() - interval '1 hour' where status = 'sending'")
        _as_the_worker_would(post.url)
        with worker(town, HEARTH_EMAIL_URL=post.url), acting_as(by):
            _ask_for_a_message(by=by, to=by, key="after it")
        with worker(town, HEARTH_EMAIL_URL=post.url):
            patiently(lambda: _status(owner, "after it")[0] == "sent", "the next one goes as ever")
    assert _status(owner, "as it leaves") == ("given_up", "interrupted: nobody knows whether it went")
    assert len(post.letters) == 2


def _as_the_worker_would(url: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        from django.conf import settings

        patch.setattr(settings, "HEARTH_EMAIL_URL", url, raising=False)
        take_up_lost(using="owner")
    connections.close_all()


def test_a_message_whose_worker_is_killed_before_it_leaves_is_sent_once(town: Town, django_db_blocker: Any) -> None:
    by, owner = town.world.cast.family_worker, town.owner
    with serving_post(MailServer()) as post, django_db_blocker.unblock():
        with acting_as(by):
            _ask_for_a_message(by=by, to=by, key="before it leaves")
        with psycopg.connect(owner) as holding:
            holding.execute("lock table outbox_message in share row exclusive mode")
            with worker(town, HEARTH_EMAIL_URL=post.url):
                waits = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
                patiently(lambda: count(owner, waits), "the worker is about to take it")
            holding.rollback()
        assert _status(owner, "before it leaves")[0] == "waiting" and not post.letters
        take_up_what_a_dead_worker_had(owner)
        with worker(town, HEARTH_EMAIL_URL=post.url):
            patiently(lambda: _status(owner, "before it leaves")[0] == "sent", "it has gone")
        assert len(post.letters) == 1
