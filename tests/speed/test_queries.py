"""Every page asks the database as often in a grown authority as in a small one."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from tests.security.hostile.addresses import SHOWING
from tests.security.hostile.walking import go, routes
from tests.security.hostile.ways import Stop
from tests.speed.growing import begin, grow

# Lists, searches and first pages depend on who looks: everybody here opens all of them.
READERS = (
    "family_worker", "manager", "county_manager", "front_door_officer", "safeguarding_hub_social_worker", "practitioner",
    "information_governance", "administrator", "panel_coordinator", "charity_worker",
)  # fmt: skip
# Of nobody, or of the reader's own account: alike for all, so one reader opens them. The key planted for `practitioner`
# is no real one, so it is somebody else.
OWN_PAGES, OWN_READER = ("sign-in/", "my-account/", "ui-kit/", "accessibility/", "privacy/", "theme.css"), "manager"
# What is asked of a list or a search, so that rows come back.
ASKED = {
    "work": ("?whose=all", "?whose=all&sort=-family&due=late", "?whose=nobody", "?whose=all&name=zzquil"),
    "to_do": ("?due=late",),
    "requests": ("?sort=-family",),
    "find_people": ("?name=zzquil",),
    "look_up_people": ("?name=zzquil",),
    "find_trail": ("?name=zzquil",),
    "people_picker": ("?q=some",),
    "known_person": ("?given_name=zzquiluna&family_name=zzquilname",),
    "colleagues": ("?name=some",),
}


@dataclass
class Asked:
    """How a page was answered, and each statement with how often it was sent."""

    status: int
    statements: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """How often the database was asked."""
        return self.statements.total()


class _Counting:
    def __init__(self) -> None:
        self.statements: Counter[str] = Counter()

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements["savepoint" if "SAVEPOINT" in sql else sql] += 1
        return execute(sql, params, many, context)


# Asked for by nobody: when a reader was last here is noted each half minute, which would count the clock.
BACKGROUND = {"X-Hearth-Background": "1"}


def asked_by(client: Client, path: str) -> Asked:
    """Open a page twice and count at the second: what is looked up once for all readers is known by then."""
    first = go(client, path, headers=BACKGROUND)
    if first.status != 200:
        return Asked(first.status)
    counting = _Counting()
    with ExitStack() as watched:
        for alias in ("default", "audit", "owner"):
            watched.enter_context(connections[alias].execute_wrapper(counting))
        return Asked(go(client, path, headers=BACKGROUND).status, counting.statements)


def pages(stops: list[Stop]) -> Iterator[tuple[str, str]]:
    """Who opens what: each address with something of somebody's in it, and every other as each reader."""
    for stop in stops:
        yield stop.way.reader, stop.path
    for route, entry in routes():
        if "<" in route:
            continue
        path, name = reverse(str(entry.name)), str(entry.name)
        own = route.startswith(OWN_PAGES)
        for reader in (OWN_READER,) if own else {SHOWING.get(name, READERS[0]): None, **dict.fromkeys(READERS)}:
            yield from ((reader, path + asked) for asked in ("", *ASKED.get(name, ())))


@pytest.fixture(scope="package")
def counted(
    world: Any, stops: list[Stop], as_reader: Callable[[str], Client]
) -> dict[tuple[str, str], tuple[Asked, Asked]]:
    """Every page, in the small world and when that has grown."""
    begin(world)
    before = {page: asked_by(as_reader(page[0]), page[1]) for page in pages(stops)}
    grow(world)
    return {page: (small, asked_by(as_reader(page[0]), page[1])) for page, small in before.items()}


def test_every_page_asks_as_often_of_a_grown_authority_as_of_a_small_one(
    counted: dict[tuple[str, str], tuple[Asked, Asked]],
) -> None:
    faults = []
    for (reader, path), (small, grown) in counted.items():
        if small.count != grown.count:
            more = grown.statements - small.statements
            said = "; ".join(f"{times} x {sql[:300]}" for sql, times in more.most_common(3))
            faults.append(f"{path} of {reader}: {small.count} queries, then {grown.count}: {said}")
    assert not faults, "\n".join(faults)


def test_a_page_answers_alike_before_and_after(counted: dict[tuple[str, str], tuple[Asked, Asked]]) -> None:
    """A page that refused, or sent its reader elsewhere, would be quick for the wrong reason."""
    changed = [
        f"{path} of {reader}: {small.status}, then {grown.status}"
        for (reader, path), (small, grown) in counted.items()
        if small.status != grown.status or small.status >= 500
    ]
    assert not changed, "\n".join(changed)
