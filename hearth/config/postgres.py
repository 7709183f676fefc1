"""Starts and stops a PostgreSQL of our own, for a demonstration and for tests; a real service gives DATABASE_URL.

The server listens on a socket in a folder that only its account may enter: no password is needed and no port is open.
Any number of processes may use it at once: the first starts it and the last one out stops it.
"""

import fcntl
import os
import shlex
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from hearth.config import postgres_places as places
from hearth.config.postgres_programs import Account, PostgresProblem, Programs, account, find_programs, run_as

PATIENCE = 60  # seconds for a server that is mending itself after a power cut
FAST_AND_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server whose data is kept in `folder`."""

    folder: Path
    for_tests: bool = False

    @property
    def data(self) -> Path:
        """Where the data really is."""
        return places.data_folder(self.folder)

    @property
    def log(self) -> Path:
        """What the server has to say."""
        return self.data / "server.log"

    def url(self, database: str, user: str = "postgres") -> str:
        """The address of a database in this cluster."""
        host = quote(str(places.socket_folder(self.data)), safe="")
        return f"postgresql://{user}@/{quote(database, safe='')}?host={host}&port=5432"

    @contextmanager
    def in_use(self) -> Iterator["Cluster"]:
        """Started on the way in if need be; stopped on the way out by whoever is the last to leave."""
        with places.lock_file(self.folder, "users") as users:
            with places.only_one(self.folder, "starting"):
                fcntl.flock(users, fcntl.LOCK_SH)
                self._start()
            try:
                yield self
            finally:
                with places.only_one(self.folder, "starting"):
                    self._stop_if_last(users)

    def start(self) -> None:
        """Start the server if it does not run; it goes on until `stop`, or until the last of its users leaves."""
        with places.only_one(self.folder, "starting"):
            self._start()

    def stop(self) -> bool:
        """Stop the server, whoever uses it. False if it was not running."""
        with places.only_one(self.folder, "starting"):
            return self._stop()

    def answers(self) -> bool:
        """True if the server takes connections."""
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _start(self) -> None:
        forget_client_settings()
        if self.answers():
            return
        data = self.data
        if data.exists() and not os.access(data, os.R_OK | os.W_OK | os.X_OK):
            raise PostgresProblem(
                f"{data} belongs to another account. Use that account, or set HEARTH_VAR to a folder of your own."
            )
        who = _account_for(data)
        programs = places.reachable_programs(find_programs(_made_by(data)), who, self.folder)
        if not (data / "PG_VERSION").exists():
            _make(data, programs, who)
        if server_process(data) is None:
            self._launch(programs, who)
        self._wait()

    def _launch(self, programs: Programs, who: Account | None) -> None:
        sockets = places.socket_folder(self.data)
        if sockets != self.data:
            places.ready_socket_folder(sockets, who)
        # After kill -9 or a power cut a dead server's marks are still there, and its number may be somebody else's now.
        for left in (self.data / "postmaster.pid", sockets / places.SOCKET, sockets / f"{places.SOCKET}.lock"):
            left.unlink(missing_ok=True)
        if self.log.exists() and self.log.stat().st_size > 5_000_000:
            self.log.unlink()
        # Started from inside the data folder and told no path that a person chose: pg_ctl hands all of this to a shell.
        settings = {
            "listen_addresses": "",
            "port": "5432",
            "unix_socket_directories": "." if sockets == self.data else str(sockets),
            "max_connections": "200" if self.for_tests else "100",
            **(FAST_AND_CARELESS if self.for_tests else {}),
        }
        options = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in settings.items())
        begin = ["start", "-w", "-t", str(PATIENCE), "-D", ".", "-l", self.log.name, "-o", options]
        for pause in (1, 2, 0):  # a killed server's helpers may need a moment before the data may be opened again
            answer = run_as([programs.bindir / "pg_ctl", *begin], who, timeout=PATIENCE + 30, folder=self.data)
            if answer.returncode == 0 or server_process(self.data) is not None:
                return
            time.sleep(pause)
        ended = self.log.read_text(errors="replace") if self.log.exists() else answer.stdout
        tail = "\n".join(ended.splitlines()[-12:])
        raise PostgresProblem(f"PostgreSQL did not start. Its log, {self.log}, ends:\n{tail}")

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while not self.answers():
            if time.monotonic() > until:
                raise PostgresProblem(f"PostgreSQL is running but does not answer. Its log is {self.log}.")
            time.sleep(0.1)

    def _stop_if_last(self, users: IO[str]) -> None:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        self._stop()

    def _stop(self) -> bool:
        if server_process(self.data) is None:
            return False
        who = _account_for(self.data)
        programs = places.reachable_programs(find_programs(_made_by(self.data)), who, self.folder)
        answer = run_as([programs.bindir / "pg_ctl", "stop", "-w", "-t", "60", "-m", "fast", "-D", self.data], who)
        if answer.returncode != 0 and server_process(self.data) is not None:
            raise PostgresProblem(f"PostgreSQL did not stop: {answer.stdout.strip()}")
        sockets = places.socket_folder(self.data)
        if sockets != self.data:
            shutil.rmtree(sockets, ignore_errors=True)
        return True


def forget_client_settings() -> None:
    """PGPORT, PGOPTIONS and their like are about some other server; PG_BINDIR is about this one."""
    for name in [name for name in os.environ if name.startswith("PG") and name != "PG_BINDIR"]:
        del os.environ[name]


def server_process(data: Path) -> int | None:
    """The id of the server that works on this data, or None. An id reused by another program does not count."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    if Path("/proc/self").exists():
        try:
            return pid if os.path.samefile(os.readlink(f"/proc/{pid}/cwd"), data) else None
        except OSError:
            return None
    said = run_as(["ps", "-o", "command=", "-p", str(pid)], None).stdout
    return pid if "postgres" in said else None


def _account_for(data: Path) -> Account | None:
    """The account to run as: whoever made the data, so that root can start what an ordinary user began."""
    ours = account()
    if ours is None or not data.exists() or data.stat().st_uid in (0, ours.uid):
        return ours
    return Account(f"user {data.stat().st_uid}", data.stat().st_uid, data.stat().st_gid)


def _made_by(data: Path) -> int | None:
    """The major version that made the data, or None if there is none yet."""
    made = data / "PG_VERSION"
    return int(made.read_text()) if made.exists() else None


def _make(data: Path, programs: Programs, who: Account | None) -> None:
    """A new, empty cluster. It takes its place only when whole, so a power cut cannot leave half of one."""
    new = data.with_name(data.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    if who:
        os.chown(new, who.uid, who.gid)
    options = ["-U", "postgres", "-E", "UTF8", "--auth=trust", *_locale(programs.major)]
    answer = run_as([programs.bindir / "initdb", "-D", new, *options], who)
    if answer.returncode != 0:
        shutil.rmtree(new, ignore_errors=True)
        raise PostgresProblem(f"PostgreSQL could not make its data folder {data}: {answer.stdout.strip()}")
    if data.exists():
        data.rmdir()  # only an empty folder gives way
    new.rename(data)


def _locale(major: int) -> list[str]:
    """The same order and letter case on every system; the built-in provider has it from version 17."""
    if major >= 18:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"]
    if major == 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]
