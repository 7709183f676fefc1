"""The running product: `hearth run` on a database of its own, as anybody would start it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests import database

COMMAND = [sys.executable, "-m", "hearth.config.command"]
READY = "Hearth is ready at "
PATIENCE = 900  # seconds: much for a slow machine that others use as well


@dataclass(frozen=True)
class Product:
    """Hearth, running: where it is, who may sign in, and the way in for what no page offers (a clock set back, say)."""

    address: str
    people: list[dict[str, str]]
    owner: str
    environment: Mapping[str, str]

    def somebody(self, who: str) -> dict[str, str]:
        """The first of the cast with that key, e-mail or role."""
        for field in ("key", "email", "role"):
            for person in self.people:
                if person[field] == who:
                    return person
        raise LookupError(f"Nobody in the cast is {who!r}.")

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask or tell the database as its owner."""
        with psycopg.connect(self.owner, autocommit=True) as connection:
            cursor = connection.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def hearth(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`hearth ...` on the same installation."""
        return subprocess.run(
            [*COMMAND, *arguments], env=self.environment, capture_output=True, text=True, timeout=PATIENCE
        )


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(var: Path, port: int, **more: str) -> dict[str, str]:
    """A person's environment: none of what these tests run with."""
    ours = ("DATABASE_", "DJANGO_", "HEARTH_", "PYTEST_", "PRACTICE", "PORT")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return plain | {"HEARTH_VAR": str(var), "PORT": str(port), "PYTHONUNBUFFERED": "1"} | more


@contextmanager
def running(variables: Mapping[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """`hearth run`, from its start until it says that it is ready, to its end."""
    with (
        log.open("wb") as said,
        subprocess.Popen([*COMMAND, "run"], env=variables, stdout=said, stderr=said) as process,
    ):
        try:
            until = time.monotonic() + PATIENCE
            while READY not in log.read_text():
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"The product did not start. It said:\n{log.read_text()[-6000:]}")
                time.sleep(0.2)
            yield process
        finally:
            process.terminate()
            process.wait(60)


@contextmanager
def product(settings: Any, var: Path, name: str) -> Iterator[Product]:
    """A product on its own database of that name, in the cluster that the tests use."""
    addresses = database.addresses_of(name, settings.TEST_CLUSTER, settings.GIVEN)
    with database.fresh_database(addresses, settings.TEST_CLUSTER):
        port = free_port()
        # The template's people were sealed with the tests' key.
        key = os.environ["HEARTH_SECRET_KEY"]
        variables = environment(var, port, DATABASE_URL=addresses.owner, HEARTH_FAMILIES="30", HEARTH_SECRET_KEY=key)
        with running(variables, var / "run.log"):
            said = subprocess.run(
                [*COMMAND, "demo", "sign-ins", "--json"], env=variables, capture_output=True, text=True, check=True
            )
            yield Product(f"http://localhost:{port}", json.loads(said.stdout), addresses.owner, variables)
