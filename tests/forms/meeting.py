"""Two people in one moment: the second begins while what the first did is done and not yet saved."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection, connections

from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Conflict, Refused, happened_at_once

PATIENCE = 10.0
Do = Callable[[Any, Any], Any]  # who, and what they have open


@dataclass
class Came:
    """What came of it for the second: whether they waited; and "done", "conflict", "at once" or the code of a refusal."""

    waited: bool = False
    outcome: str = ""
    result: Any = None
    fault: BaseException | None = None


@dataclass
class Meeting:
    """Both open the same page; the first does their work; the second begins theirs; then the first is saved.

    As in a web request, all that each does is one transaction. `load` reads what the page shows, for each by themselves.
    """

    owner: str
    load: Callable[[Any], Any]
    came: Came = field(default_factory=Came)
    first_fault: BaseException | None = None
    second_backend: int = 0
    both_opened: threading.Barrier = field(default_factory=lambda: threading.Barrier(2, timeout=PATIENCE))
    first_did: threading.Event = field(default_factory=threading.Event)
    first_may_save: threading.Event = field(default_factory=threading.Event)
    second_is_over: threading.Event = field(default_factory=threading.Event)

    def first(self, who: Any, do: Do) -> None:
        """Does it, and is saved when the second waits for them or is through."""
        try:
            with acting_as(who):
                opened = self.load(who)
                self.both_opened.wait()
                do(who, opened)
                self.first_did.set()
                assert self.first_may_save.wait(PATIENCE)
        except BaseException as fault:
            self.first_fault = fault
            self.both_opened.abort()
            self.first_did.set()
        finally:
            connections.close_all()

    def second(self, who: Any, do: Do) -> None:
        """Has opened the page before the first was saved, and sends it after."""
        try:
            with acting_as(who):
                opened = self.load(who)
                self.second_backend = connection.connection.info.backend_pid
                self.both_opened.wait()
                assert self.first_did.wait(PATIENCE)
                self.came.result = do(who, opened)
            self.came.outcome = "done"
        except BaseException as fault:
            self.came.outcome, self.came.fault = _named(fault), fault
        finally:
            self.second_is_over.set()
            connections.close_all()

    def see_it_wait(self) -> bool:
        """Whether the second waits for the first; the first is held back until that, or until the second is through."""
        assert self.first_did.wait(PATIENCE)
        with psycopg.connect(self.owner, autocommit=True) as watching:
            until = time.monotonic() + PATIENCE
            while time.monotonic() < until and not self.second_is_over.is_set():
                row = watching.execute("select pg_blocking_pids(%s) <> '{}'", [self.second_backend]).fetchone()
                if row and row[0]:
                    return True
                self.second_is_over.wait(0.002)
        return False


def _named(fault: BaseException) -> str:
    if isinstance(fault, Refused):
        return fault.refusal.code
    if isinstance(fault, Conflict):
        return "conflict"
    return "at once" if happened_at_once(fault) else repr(fault)


def meet(owner: str, load: Callable[[Any], Any], first: tuple[Any, Do], second: tuple[Any, Do]) -> Came:
    """Let two people meet; what came of it for the second."""
    meeting = Meeting(owner, load)
    threads = [
        threading.Thread(target=meeting.first, args=first, daemon=True),
        threading.Thread(target=meeting.second, args=second, daemon=True),
    ]
    for thread in threads:
        thread.start()
    meeting.came.waited = meeting.see_it_wait()
    meeting.first_may_save.set()
    for thread in threads:
        thread.join(PATIENCE)
    if meeting.first_fault is not None:
        raise AssertionError(f"The first of them could not do it: {meeting.first_fault!r}") from meeting.first_fault
    return meeting.came
