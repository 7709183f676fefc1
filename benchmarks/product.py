"""Hearth set up at a size, its web server started, and somebody signed in: as in a service, on loopback."""

import http.client
import json
import os
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from hearth.config.codes import SECONDS, code_at

HEARTH = [sys.executable, "-m", "hearth.config.command"]
PRACTICE = "lancashire"
PATIENCE = 3600  # seconds: a large authority is made at the first start


class _Token(HTMLParser):
    """Finds the form's token in a page."""

    value = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Keep the first token."""
        found = dict(attributes)
        if tag == "input" and found.get("name") == "csrfmiddlewaretoken" and not self.value:
            self.value = found.get("value") or ""


def page_token(page: bytes) -> str:
    """The token of a page's form."""
    token = _Token()
    token.feed(page.decode())
    return token.value


class Visitor:
    """One keep-alive connection, and the cookies it was given."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes, str]:
        """Status, body and where it sends one."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept": "text/html"}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self._answer("POST" if form is not None else "GET", path, body, headers)
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";", 1)[0]
        return answer.status, content, answer.getheader("Location") or ""

    def close(self) -> None:
        """Leave."""
        self.connection.close()

    def _answer(self, method: str, *asked: Any) -> http.client.HTTPResponse:
        """The server closes what was silent for a while: then one asks again."""
        for _ in range(2):
            try:
                self.connection.request(method, *asked)
                return self.connection.getresponse()
            except ConnectionError:
                self.connection.close()
        raise SystemExit("The server does not answer a benchmark.")

    def fill(self, path: str, **typed: str) -> str:
        """Open a form and send it; where it leads."""
        _, page, _ = self.ask(path)
        status, _, leads = self.ask(path, {"csrfmiddlewaretoken": page_token(page), **typed})
        if status != 302:
            raise SystemExit(f"{path} answered {status} to a benchmark's sign-in.")
        return leads

    def sign_in(self, person: dict[str, str]) -> None:
        """Both factors."""
        leads = self.fill("/sign-in/", login=person["email"], password=person["password"])
        with suppress(SystemExit):
            self.fill(leads, code=code_at(person["authenticator_secret"], time.time()))
            return
        time.sleep(
            SECONDS - time.time() % SECONDS + 0.5
        )  # a code is good once: whoever signed in a moment ago waits for the next
        self.fill(leads, code=code_at(person["authenticator_secret"], time.time()))


@dataclass(frozen=True)
class Product:
    """Hearth as it runs: where it answers, what it was started with, and its database as the owner opens it."""

    port: int
    environment: dict[str, str]
    database: str
    running: "subprocess.Popen[bytes]"

    def wait(self) -> Self:
        """Until it answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.running.poll() is not None:
                raise SystemExit("Hearth stopped while it was being set up for the benchmark. Its log says why.")
            with (
                closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)) as connection,
                suppress(OSError),
            ):
                connection.request("GET", "/health")
                if connection.getresponse().status == 200:
                    return self
            time.sleep(0.5)
        raise SystemExit("Hearth was not ready within an hour.")

    def somebody(self, key: str) -> dict[str, str]:
        """One of the cast."""
        command = [*HEARTH, "demo", "sign-ins", "--json"]
        said = subprocess.run(command, env=self.environment, capture_output=True, check=True)
        return next(person for person in json.loads(said.stdout) if person["key"] == key)


@contextmanager
def product(families: int, folder: Path, port: int) -> Iterator[Product]:
    """Hearth at that size begins on that port, with the peer's addresses beside its own. Made once, kept for the next run."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "HEARTH_", "DJANGO_"))}
    environment |= {
        "HEARTH_VAR": str(folder), "PORT": str(port), "HEARTH_FAMILIES": str(families), "PRACTICE": PRACTICE,
        "DJANGO_SETTINGS_MODULE": "benchmarks.peer.settings",
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "benchmark.log").open("wb") as log:
        running = subprocess.Popen([*HEARTH, "run"], env=environment, stdout=log, stderr=log)
        try:
            address = f"postgresql://postgres@/hearth_{PRACTICE}?host={quote(str(folder / 'postgres'))}"
            yield Product(port, environment, address, running)
        finally:
            running.terminate()
            running.wait(60)
