"""Child processes that end with us: however we end, nothing is left running."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import FrameType

Say = Callable[[str], None]
POLITE = 25.0  # seconds to finish a save or a job before a process is ended for good


class Stopped(Exception):
    """Somebody asked us to stop."""


@contextmanager
def stops_are_asked_for() -> Iterator[None]:
    """Ctrl-C, a service manager's signal and a closed terminal all raise Stopped; from then on they are ignored."""
    wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def heard(number: int, frame: FrameType | None) -> None:
        for one in wanted:
            signal.signal(one, signal.SIG_IGN)
        raise Stopped

    before = {one: signal.signal(one, heard) for one in wanted}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def begin(command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a process apart from the terminal: it hears of a stop from us, once."""
    # Nothing else runs in this process, so a step between fork and exec is safe.
    return subprocess.Popen(
        command,
        env=dict(environment),
        start_new_session=True,
        preexec_fn=_end_with_parent,  # noqa: PLW1509
    )


def _end_with_parent() -> None:
    """On Linux the system ends the child when we are killed; elsewhere `hearth stop` finds it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # 1: PR_SET_PDEATHSIG


def watch(children: Mapping[str, subprocess.Popen[bytes]], say: Say) -> int:
    """Wait until somebody asks us to stop, or a child ends by itself: that is said (1), never hidden by a restart."""
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                say(f"{name} ended by itself ({_how(child.returncode)}), so everything is stopped.")
                return 1
        time.sleep(0.2)


def wait_until(ready: Callable[[], bool], children: Mapping[str, subprocess.Popen[bytes]]) -> bool:
    """True once `ready` says so; False if a child ended first."""
    while not ready():
        if any(child.poll() is not None for child in children.values()):
            return False
        time.sleep(0.1)
    return True


def end(children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Ask every child to finish; end those that do not."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + POLITE
    for child in children.values():
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        with suppress(
            ProcessLookupError, PermissionError
        ):  # a web server that was killed leaves its own children behind
            os.killpg(child.pid, signal.SIGKILL)


def _how(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
