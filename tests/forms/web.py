"""The web server as processes that can be killed, and a browser without a screen."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
import requests
from django.test import Client

from hearth.config import launch
from hearth.foundation.accounts.testing import sign_in_fully
from tests.browser.product import free_port
from tests.forms.town import Town
from tests.security.hostile.filling import filled

PATIENCE = 90.0  # seconds; a worker on a machine with much else to do takes twenty to start
AUTOSAVES = "/drafts/"


def patiently(ready: Any, what: str) -> Any:
    """What `ready` gives, as soon as it gives anything."""
    until = time.monotonic() + PATIENCE
    while not (found := ready()):
        assert time.monotonic() < until, f"Waited in vain: {what}."
        time.sleep(0.01)
    return found


@dataclass
class Server:
    """gunicorn, serving a town."""

    town: Town
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://localhost:{self.port}"

    def workers(self) -> list[int]:
        """The processes that do the work; the first one only looks after them."""
        said = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True)
        return [int(pid) for pid in said.stdout.split()]

    def answers(self) -> bool:
        """Whether somebody is there."""
        try:
            return requests.get(f"{self.address}/health", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def pull(self) -> None:
        """kill -9 of every process that does the work, as when the machine loses its power; it is started again by itself."""
        old = self.workers()
        for pid in old:
            os.kill(pid, signal.SIGKILL)
        patiently(lambda: not set(old) & set(self.workers()), "the killed are gone")

    def pull_all(self) -> None:
        """kill -9 of the process that looks after the others too: nothing starts again by itself."""
        for pid in (self.process.pid, *self.workers()):
            os.kill(pid, signal.SIGKILL)
        self.process.wait(30)


def environment_of(town: Town, address: str) -> dict[str, str]:
    """What a process of the product is told, on that town."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "PYTEST_XDIST"))}
    more = {"DJANGO_SETTINGS_MODULE": "tests.settings", "HEARTH_TEST_DATABASE": town.addresses.database}
    return ours | more | {"DATABASE_WEB_URL": address}


@contextmanager
def serving(town: Town) -> Iterator[Server]:
    """The product on that town, until the end."""
    port = free_port()
    with _environment({"PORT": str(port), "HEARTH_WEB_PROCESSES": "1"}):
        command = launch.web_command()
    process = subprocess.Popen(command, env=environment_of(town, town.addresses.web), stderr=subprocess.DEVNULL)
    made = Server(town, port, process)
    try:
        patiently(made.answers, "the web server answers")
        yield made
    finally:
        process.kill()
        process.wait(30)
        for pid in made.workers():
            os.kill(pid, signal.SIGKILL)


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@dataclass
class Visitor:
    """Somebody signed in, at that server: opens a page, types, and sends it."""

    server: Server
    session: requests.Session = field(default_factory=requests.Session)

    def open(self, path: str) -> str:
        """The page, once somebody answers."""

        def page() -> str:
            try:
                found = self.session.get(self.server.address + path, timeout=PATIENCE)
            except requests.RequestException:
                return ""
            assert found.status_code == 200, (found.status_code, path)
            return found.text

        return str(patiently(page, path))

    def filled(self, path: str, **typed: Any) -> dict[str, list[str]]:
        """The page's own form as somebody would fill it in."""
        body = filled(self.open(path), path)
        assert body is not None, path
        return body | {name: value if isinstance(value, list) else [value] for name, value in typed.items()}

    def autosave(self, path: str, body: Mapping[str, list[str]]) -> int:
        """What the page does by itself while somebody types, and once more as they send it; 0 where the server fell over."""
        ours = ("draft_form", "draft_sitting")
        sent = {"path": path, "form": body["draft_form"][0], "sitting": body["draft_sitting"][0]}
        data = {name: values for name, values in body.items() if name not in ours}
        try:
            return self.session.post(
                self.server.address + AUTOSAVES, json=sent | {"data": data}, headers=self._token(), timeout=PATIENCE
            ).status_code
        except requests.RequestException:
            return 0

    def send(self, path: str, body: Mapping[str, list[str]], files: Mapping[str, Any] | None = None) -> Any:
        """Send the form; nothing, where the server fell over."""
        headers = self._token() | {"Referer": self.server.address + path}
        try:
            return self.session.post(
                self.server.address + path, data=dict(body), files=dict(files) if files else None, headers=headers,
                allow_redirects=False, timeout=PATIENCE,
            )  # fmt: skip
        except requests.RequestException:
            return None

    def _token(self) -> dict[str, str]:
        return {"X-CSRFToken": self.session.cookies.get("csrftoken") or ""}


def visitor(server: Server, user: Any) -> Visitor:
    """Somebody who has been through both factors."""
    client, made = Client(), Visitor(server)
    sign_in_fully(client, user)
    made.session.cookies.set("sessionid", client.cookies["sessionid"].value)
    return made


NOT_WORK = {  # what changes because somebody looked, was signed in or typed
    "django_session", "ui_draft", "core_cache", "audit_auditevent", "procrastinate_workers",
    "procrastinate_periodic_defers", "feeds_feeddecision",
}  # fmt: skip


def all_rows(owner: str) -> dict[str, tuple[int, int]]:
    """How many rows each table has and what they add up to: the same twice only where nothing was written between."""
    with psycopg.connect(owner, autocommit=True) as there:
        names = there.execute(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        )
        counted = "select count(*), coalesce(sum(hashtext(t::text)::bigint), 0)::bigint from {} t"
        found: dict[str, Any] = {
            name: there.execute(counted.format(f'"{name}"')).fetchone()
            for (name,) in names.fetchall()
            if name not in NOT_WORK
        }
        done = there.execute("select count(*), 0 from audit_auditevent where kind = 'done'").fetchone()
        return found | {"done": done}


@contextmanager
def held_open(owner: str, table: str) -> Iterator[None]:
    """Nobody gets past their write into that table until the end."""
    with psycopg.connect(owner) as holding:
        holding.execute(f'lock table "{table}" in share row exclusive mode')
        yield
        holding.rollback()
