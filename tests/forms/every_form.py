"""Every address that saves a form: which they are, and the web server killed in the middle of each."""

import inspect
import threading
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.urls import URLPattern

from hearth.foundation.ui.page import form_page
from tests.forms.web import NOT_WORK, PATIENCE, Server, Visitor, all_rows, held_open, patiently
from tests.security.hostile.walking import routes
from tests.security.hostile.ways import Stop

TRAIL = "audit_auditevent"  # an action that recorded nothing is undone, so every save comes to this table
BY_THE_WAY = NOT_WORK | {"ui_sentform", "pghistory_context"}  # written, and no work of anybody's
SOON = 8.0  # seconds: one that waits for another of its turn is tried by itself
TOGETHER = 10  # of the server's threads
ASKED = """
    select coalesce((select array_agg(c.relname::text) from pg_locks h join pg_class c on c.oid = h.relation
        where h.pid = w.pid and h.granted and h.mode = 'RowExclusiveLock' and c.relkind = 'r'
        and not c.relname = any(%s)), '{}')
    from pg_locks w where not w.granted and w.relation = %s::regclass"""


def saving_routes() -> set[str]:
    """Names of the addresses that take what somebody sends."""
    return {str(entry.name) for _, entry in routes() if _takes_forms(entry)}


def _takes_forms(entry: URLPattern) -> bool:
    methods = {tuple(cell.cell_contents) for cell in _cells(entry.callback) if isinstance(cell.cell_contents, list)}
    if methods & {("GET",), ("POST",)}:
        return ("POST",) in methods
    return _reads_post(inspect.unwrap(entry.callback), set())


def _cells(view: Any) -> Iterator[Any]:
    """What the decorators of a view were told."""
    while hasattr(view, "__wrapped__"):
        yield from view.__closure__ or ()
        view = view.__wrapped__


def _reads_post(work: Any, seen: set[Any]) -> bool:
    """Whether a view, or what it calls of our own pages, asks a form or looks at what was sent."""
    if work is form_page:
        return True
    work = inspect.unwrap(work) if callable(work) else work
    if work in seen or not inspect.isfunction(work) or not work.__module__.startswith("hearth."):
        return False
    seen.add(work)
    if "POST" in work.__code__.co_names or "POST" in work.__code__.co_consts:
        return True
    return any(_reads_post(each, seen) for each in _called(work) if inspect.isfunction(each))


def _called(work: Any) -> Iterator[Any]:
    """What a function names of its own module, and of the modules that it imports."""
    for name in work.__code__.co_names:
        found = work.__globals__.get(name)
        if inspect.ismodule(found) and found.__name__.startswith("hearth."):
            yield from (vars(found)[each] for each in work.__code__.co_names if each in vars(found))
        elif inspect.isfunction(found):
            yield found


@dataclass
class Killing:
    """Sends forms to a server and kills it while what they write is written and nothing is saved."""

    server: Server
    visitor_of: Callable[[str], Visitor]
    ends_in: dict[str, str]  # the table of those that do not come to the trail last
    watching: "psycopg.Connection[Any]"  # the owner's, saving by itself
    before: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.before = all_rows(self.server.town.owner)

    def fault_of_one(self, stop: Stop, visitor_of: Callable[[str], Visitor]) -> str:
        """The same of one by itself, sent by somebody who came a moment ago: some forms ask for a fresh sign-in."""
        self.visitor_of, self.before = visitor_of, all_rows(self.server.town.owner)
        return self.fault_of([stop])

    def fault_of(self, stops: list[Stop]) -> str:
        """What went wrong; empty where each of them was in the middle of its save and nothing of it is left."""
        owner, last = self.server.town.owner, self.ends_in.get(stops[0].name, TRAIL)
        threads = [threading.Thread(target=self._send, args=(stop,), daemon=True) for stop in stops]
        with held_open(owner, last):
            for thread in threads:
                thread.start()
            fault = self._in_the_middle(last, len(stops))
            self.server.pull()
        for thread in threads:
            thread.join(30)
        patiently(lambda: not self._written_by_who_waits(last), "the database has undone it")
        now = all_rows(owner)
        left = sorted(name for name in now if now[name] != self.before[name])
        self.before = now
        return f"something of it is left in {left}" if left else fault

    def _in_the_middle(self, last: str, many: int) -> str:
        until = time.monotonic() + (SOON if many > 1 else PATIENCE)
        while len(found := self._written_by_who_waits(last)) < many:
            if time.monotonic() > until:
                return f"it never came to {last}"
            time.sleep(0.01)
        return "" if all(found) else f"it had written nothing when it came to {last}"

    def _written_by_who_waits(self, last: str) -> list[list[str]]:
        """For each connection that waits at that table: the tables of work that it has written to."""
        by_the_way = BY_THE_WAY - ({TRAIL} if last != TRAIL else set())
        return [written for (written,) in self.watching.execute(ASKED, [list(by_the_way), last]).fetchall()]

    def _send(self, stop: Stop) -> None:
        body, files = dict(stop.body or {}), {}
        for name, value in list(body.items()):
            if hasattr(value, "read"):
                value.seek(0)
                files[name] = (value.name, value.read(), "application/pdf")
                del body[name]
        self.visitor_of(stop.way.reader).send(stop.path, body, files)


def in_turns(stops: list[Stop], apart: Collection[str]) -> list[list[Stop]]:
    """Those of different families go together; of one family one after another, since they hold the same rows.

    What is done about its people holds other rows than what is done in its case. Those named in `apart` go by themselves.
    """
    turns = [[stop] for stop in stops if stop.name in apart]
    waiting: dict[str, list[Stop]] = {}
    for stop in stops:
        if stop.name not in apart:
            waiting.setdefault(_held_by(stop), []).append(stop)
    while waiting:
        longest = sorted(waiting, key=lambda held: len(waiting[held]), reverse=True)[:TOGETHER]
        turns.append([waiting[held].pop() for held in longest])
        waiting = {held: left for held, left in waiting.items() if left}
    return turns


def _held_by(stop: Stop) -> str:
    family, _, what = stop.way.where.partition(".")
    return f"{family or stop.way.reader} {what if what == 'mother' else ''}"
