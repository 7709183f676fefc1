"""`hearth run`: from an empty machine to a product that answers, and back."""

import errno
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from hearth.config import addresses
from hearth.config.environment import SettingError, whole_number
from hearth.config.processes import Stopped, begin, end, stops_are_asked_for, wait_until, watch

Say = Callable[[str], None]


def port() -> int:
    """Where the web server listens."""
    value = os.environ.get("PORT") or "8000"
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise SettingError(f"PORT is {value!r}: give a number from 1 to 65535.")
    return int(value)


def host() -> str:
    """On which address of this machine; a proxy with TLS stands in front of a real service."""
    return os.environ.get("HEARTH_LISTEN") or "127.0.0.1"


def web_command() -> list[str]:
    """gunicorn, as the product wants it."""
    return [
        sys.executable, "-m", "gunicorn", "hearth.config.wsgi:application",
        "--bind", f"{host()}:{port()}",
        "--worker-class", "gthread",
        "--workers", str(whole_number("HEARTH_WEB_PROCESSES", 2)),
        "--threads", str(whole_number("HEARTH_WEB_THREADS", 4)),
        "--timeout", "60", "--graceful-timeout", "20", "--keep-alive", "15",
        "--preload",  # read once and forked: the second process is there at once, and so is whoever follows a killed one
        "--reuse-port", "--no-control-socket", "--log-level", "warning",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """The background worker."""
    return [sys.executable, "-m", "hearth.config.worker"]


def environment_for(address: str) -> dict[str, str]:
    """What a serving process is told: its own role's address, and never the owner's."""
    ours = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    ours.setdefault("HEARTH_POOL", "1")
    ours.setdefault("HEARTH_ADDRESS", f"http://localhost:{port()}")
    return ours | {"DATABASE_WEB_URL": address, "PYTHONUNBUFFERED": "1"}


def run_everything(say: Say) -> int:
    """Set up, start web and worker, say where it is and who may sign in, and stay until stopped."""
    demonstration = addresses.demonstration(default=True)
    try:
        with stops_are_asked_for(), alone(), addresses.database_in_use(demonstration=demonstration) as database:
            refuse_taken_port()
            announcement = _make_ready(database, say, demonstration)
            commands = {
                "The web server": (web_command(), environment_for(database.web)),
                "The background worker": (worker_command(), environment_for(database.worker)),
            }
            return run_until_stopped(commands, say, announcement)
    except Stopped:
        return 0


def run_until_stopped(commands: dict[str, tuple[list[str], dict[str, str]]], say: Say, announcement: str = "") -> int:
    """Run these processes together. A stop is passed on; the end of one is the end of all, and is said."""
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        with stops_are_asked_for():
            try:
                for name, (command, environment) in commands.items():
                    children[name] = begin(command, environment)
                if announcement and wait_until(answers, children):
                    say(announcement)
                return watch(children, say)
            finally:
                end(children)
    except Stopped:
        say("Stopped.")
        return 0


def _make_ready(database: addresses.Addresses, say: Say, demonstration: bool) -> str:
    """Tables, practice, invented people; the answer is what to tell whoever started us."""
    from hearth.config import invent, setup

    setup.use(database)
    setup.set_up(say, demonstration=demonstration)
    lines = [f"Hearth is ready at http://localhost:{port()}"]
    if demonstration:
        invent.load_once(say)
        lines += ["", invent.how_to_sign_in(), "", "Ctrl-C stops it. What was typed is kept."]
    from django.db import connections

    connections.close_all()
    return "\n".join(lines)


def answers() -> bool:
    """True once the product says that it is ready."""
    near = "127.0.0.1" if host() in ("0.0.0.0", "::") else host()  # noqa: S104 - compared, not listened on
    connection = http.client.HTTPConnection(near, port(), timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def refuse_taken_port(patience: float = 3) -> None:
    """A sentence instead of a web server that cannot start. What was killed a moment ago is given time to leave."""
    until = time.monotonic() + patience
    while (trouble := _trouble_with_port()) and time.monotonic() < until:
        time.sleep(0.2)
    if trouble:
        raise SettingError(trouble)


def _trouble_with_port() -> str:
    with socket.socket(socket.AF_INET6 if ":" in host() else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host(), port()))
        except OSError as problem:
            if problem.errno == errno.EACCES:
                return f"You may not use port {port()}. Choose one above 1023: PORT=8001 make run"
            return f"Port {port()} is taken by another program. Choose another: PORT={port() + 1} make run"
    return ""


@contextmanager
def alone() -> Iterator[None]:
    """One run for each authority here; the file's lock goes when the process does, however it goes."""
    mine = addresses.var() / f"run-{addresses.practice()}.lock"
    mine.parent.mkdir(parents=True, exist_ok=True)
    with open(mine, "a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SettingError(
                f"Hearth already runs here for {addresses.practice()}. Stop it with `make stop`."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
        file.truncate(0)


def stop_everything(say: Say) -> None:
    """End every run of this installation, then our own PostgreSQL."""
    for path in sorted(addresses.var().glob("run-*.lock")):
        with open(path, "r+") as file:
            stopped = _stop_run(file)
        if stopped:
            say(f"Stopped {path.stem.removeprefix('run-')}.")
    if (addresses.var() / "postgres").exists() and addresses.own_cluster().stop():
        say("Stopped PostgreSQL.")


def _stop_run(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False  # nobody runs
    except BlockingIOError:
        os.kill(int(file.read()), signal.SIGTERM)
        fcntl.flock(file, fcntl.LOCK_EX)  # granted when that run has ended
        return True
