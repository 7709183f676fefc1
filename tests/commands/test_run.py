"""`make run` where there is nothing yet: what it sets up, what it says, and what is left when processes are killed."""

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from hearth.config.codes import code_at
from hearth.config.postgres import Cluster
from tests.browser.product import COMMAND, environment, free_port, running

# Everybody whom the product is for, in the words of the terminal.
SEVENTEEN = (
    "Practitioner", "Front door officer", "Safeguarding hub social worker", "Panel chair", "Panel coordinator",
    "Development officer", "Senior development officer of a locality", "Strategic lead", "Manager", "Commissioner", "Provider",
    "Analyst", "Quality auditor", "Information governance officer", "Board member", "Elected member", "Administrator",
)  # fmt: skip


@dataclass(frozen=True)
class Installation:
    """A folder of its own and a port, as on a fresh machine."""

    var: Path
    port: int

    def variables(self, **more: str) -> dict[str, str]:
        return environment(self.var, self.port, **({"HEARTH_FAMILIES": "3"} | more))

    def hearth(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments], env=self.variables(**more), capture_output=True, text=True, timeout=300
        )

    def health(self) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/health")
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    @property
    def log(self) -> Path:
        return self.var / "said.log"


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """An installation that was started once, and stopped."""
    var = Path(tempfile.mkdtemp(prefix="hearth-run-"))
    var.chmod(0o755)
    made = Installation(var, free_port())
    with running(made.variables(), made.log):
        assert made.health() == (200, "ready\n")
    yield made
    made.hearth("stop")
    shutil.rmtree(var, ignore_errors=True)


def children_of(pid: int) -> dict[str, int]:
    """The two serving processes, by what they are."""
    said = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in said.splitlines()]
    return {
        "worker" if "config.worker" in args else "web": int(child) for child, parent, args in rows if int(parent) == pid
    }


def gone(pid: int) -> bool:
    """True once that process has ended (or only its entry is left)."""
    for _ in range(100):
        said = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
        if not said or said.startswith("Z"):
            return True
        time.sleep(0.2)
    return False


def test_it_says_where_it_is_and_who_may_sign_in_one_for_each_role(installation: Installation) -> None:
    said = installation.log.read_text()
    assert f"Hearth is ready at http://localhost:{installation.port}\n" in said
    for role in SEVENTEEN:
        (line,) = re.findall(rf"^{role}  .*$", said, re.MULTILINE)
        assert re.search(r"\S+@\S+\.example\.org +\S+$", line), f"an e-mail and a password: {line}"


def test_the_second_start_takes_seconds_and_keeps_what_was_there(installation: Installation) -> None:
    before = installation.hearth("demo", "sign-ins", "--json").stdout
    began = time.monotonic()
    with running(installation.variables(), installation.log):
        took = time.monotonic() - began
        assert installation.hearth("demo", "sign-ins", "--json").stdout == before
        said = installation.log.read_text()
    assert "Making the tables" not in said
    assert "Inventing" not in said
    assert "Gathering" not in said
    assert took < 60  # some five seconds, on a machine that does nothing else


def test_a_second_run_beside_the_first_is_refused_in_a_sentence(installation: Installation) -> None:
    with running(installation.variables(), installation.log):
        again = installation.hearth("run")
        assert again.returncode != 0
        assert "already runs here for lancashire" in again.stderr
        other = installation.hearth("run", PRACTICE="stockton")
        assert f"Port {installation.port} is taken by another program" in other.stderr
        assert "Traceback" not in again.stderr + other.stderr
        assert installation.health()[0] == 200


@pytest.mark.parametrize(("victim", "name"), [("worker", "The background worker"), ("web", "The web server")])
def test_when_one_process_is_killed_it_is_said_and_everything_stops(
    installation: Installation, victim: str, name: str
) -> None:
    with running(installation.variables(), installation.log) as run:
        processes = children_of(run.pid)
        os.kill(processes[victim], signal.SIGKILL)
        assert run.wait(60) == 1
        assert all(gone(pid) for pid in processes.values())
    assert f"{name} ended by itself (signal SIGKILL), so everything is stopped." in installation.log.read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_when_run_itself_is_killed_nothing_is_left_in_the_way_of_the_next_start(installation: Installation) -> None:
    with running(installation.variables(), installation.log) as run:
        processes = children_of(run.pid)
        run.kill()
        run.wait()
        assert all(gone(pid) for pid in processes.values())
    with running(installation.variables(), installation.log):
        assert installation.health()[0] == 200


def test_a_polite_stop_ends_it_and_its_database(installation: Installation) -> None:
    with running(installation.variables(), installation.log) as run:
        said = installation.hearth("stop").stdout
        assert run.wait(60) == 0
    assert "Stopped lancashire." in said
    assert not Cluster(installation.var / "postgres").answers()
    assert installation.hearth("stop").returncode == 0


def test_every_role_has_a_way_in_and_the_code_is_the_one_its_secret_gives(installation: Installation) -> None:
    from hearth.foundation.accounts.roles import ROLES

    people = json.loads(installation.hearth("demo", "sign-ins", "--json").stdout)
    assert {person["role"] for person in people} == set(ROLES)
    assert all(
        person[field] for person in people for field in ("email", "password", "authenticator_secret", "organisation")
    )
    assert all("area" in person for person in people)
    said = installation.hearth("demo", "code", people[0]["email"]).stdout
    now = time.time()
    assert said.split()[0] in {code_at(people[0]["authenticator_secret"], now - back) for back in (0, 30)}


def test_sign_ins_are_shown_for_a_demonstration_only(installation: Installation) -> None:
    refused = installation.hearth("demo", "sign-ins", "--json", HEARTH_DEMONSTRATION="0")
    assert refused.returncode != 0
    assert refused.stdout == ""
    assert "demonstration only" in refused.stderr


def test_a_real_service_is_never_run_on_our_own_postgresql(installation: Installation) -> None:
    refused = installation.hearth("run", HEARTH_DEMONSTRATION="0")
    assert refused.returncode != 0
    assert "Set DATABASE_URL" in refused.stderr


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"PRACTICE": "atlantis"}, "PRACTICE is 'atlantis', and the packs in"),
        ({"PRACTICE": "../practice/essex"}, "PRACTICE is '../practice/essex'"),
        ({"PORT": "eighty"}, "PORT is 'eighty': give a number"),
        ({"PORT": "70000"}, "PORT is '70000': give a number"),
        ({"HEARTH_DEMONSTRATION": "perhaps"}, "HEARTH_DEMONSTRATION is 'perhaps': write 1 or 0."),
        ({"HEARTH_WEB_PROCESSES": "-1"}, "HEARTH_WEB_PROCESSES is '-1'"),
        ({"DATABASE_URL": "mysql://root@localhost/x"}, "DATABASE_URL must start with postgresql://"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, "The database does not answer"),
        ({"PG_BINDIR": "/nowhere"}, "PG_BINDIR is /nowhere"),
    ],
)
def test_a_wrong_setting_is_answered_with_a_sentence(
    installation: Installation, settings: dict[str, str], sentence: str
) -> None:
    refused = installation.hearth("run", **settings)
    assert refused.returncode != 0
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr


def _signed_in(at: str, person: dict[str, str]) -> requests.Session:
    """Somebody who typed their e-mail and password, and then the code of their authenticator app."""
    session = requests.Session()
    page = session.get(f"{at}/cases/", timeout=60)
    for typed in (
        {"login": person["email"], "password": person["password"]},
        {"code": code_at(person["authenticator_secret"], time.time())},
    ):
        assert all(f'name="{name}"' in page.text for name in typed), page.url
        token = {"csrfmiddlewaretoken": session.cookies["csrftoken"]}
        page = session.post(page.url, data=token | typed, headers={"Referer": page.url}, timeout=60)
    assert page.status_code == 200, page.url
    return session


@pytest.mark.parametrize(("practice", "authority"), [("stockton", "Stockton-on-Tees"), ("essex", "Essex")])
def test_the_other_authorities_start_whole_beside_the_first_with_families_of_their_own(
    installation: Installation, practice: str, authority: str
) -> None:
    more = {"PRACTICE": practice, "HEARTH_FAMILIES": "8"}  # from a request that waits to a plan that is written
    at, log = f"http://localhost:{installation.port}", installation.var / f"{practice}.log"
    with running(installation.variables(**more), log):
        assert installation.health() == (200, "ready\n")
        said = log.read_text()
        assert "Inventing 8 families" in said and all(f"\n{role}  " in said for role in SEVENTEEN)
        people = json.loads(installation.hearth("demo", "sign-ins", "--json", **more).stdout)
        session = _signed_in(at, next(person for person in people if person["key"] == "family_worker"))
        home, listed = (session.get(at + path, timeout=60) for path in ("/", "/cases/"))
        assert home.status_code == listed.status_code == 200
        assert authority in home.text
        cases = re.findall(r'href="/(?:cases|families)/[A-Z]{2}-\w{7}/', listed.text)
        assert cases, "families that this worker leads"
        family = session.get(at + cases[0].removeprefix('href="'), timeout=60)
        assert family.status_code == 200
    assert "Traceback" not in log.read_text()
