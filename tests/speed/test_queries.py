"""Every page asks the database as often in a grown authority as in a small one."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from hearth.foundation.accounts.testing import sign_in_fully
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
# Who opens what none of these may.
OTHERS = {
    "claims": "analyst", "families_to_claim_for": "analyst", "claim_samples": "quality_auditor", "draw_sample": "quality_auditor",
    "draw_audit_sample": "quality_lead", "raise_training_need": "quality_lead",
    "volunteers": "volunteer_coordinator", "recruit_volunteer": "volunteer_coordinator",
    "add_course": "quality_lead",
    "training_gaps": "quality_lead",
    "training_needs": "quality_lead",
}  # fmt: skip
# A file for inspectors is not to be had once somebody was restricted, as some are when the world grows: its pages say so, and ask less.
NOT_ALIKE = {"export", "hand_over_export"}
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
    """How a page was answered, how much it shows, and each statement with how often it was sent."""

    status: int
    shown: int = 0
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
    """Open a page and count."""
    counting = _Counting()
    with ExitStack() as watched:
        for alias in ("default", "audit", "owner"):
            watched.enter_context(connections[alias].execute_wrapper(counting))
        answer = go(client, path, headers=BACKGROUND)
    return Asked(answer.status, len(answer.text), counting.statements if answer.status == 200 else Counter())


def pages(stops: list[Stop]) -> dict[str, list[str]]:
    """Who opens what: each address with something of somebody's in it, and every other as each reader."""
    found = {stop.path: [stop.way.reader] for stop in stops if stop.name not in NOT_ALIKE}
    for route, entry in routes():
        if "<" in route:
            continue
        path, name = reverse(str(entry.name)), str(entry.name)
        everybody = {SHOWING.get(name, OTHERS.get(name, READERS[0])): None, **dict.fromkeys(READERS)}
        readers = [OWN_READER] if route.startswith(OWN_PAGES) else list(everybody)
        found |= {path + asked: readers for asked in ("", *ASKED.get(name, ()))}
    return found


def unlike(opened: dict[str, Asked]) -> list[str]:
    """Of readers for whom a page is made by the same statements, whoever is shown most stands for all."""
    alike: dict[Any, str] = {}
    for reader, asked in sorted(opened.items(), key=lambda each: each[1].shown):
        alike[asked.status, frozenset(asked.statements.items())] = reader
    return list(alike.values())


@pytest.fixture(scope="package")
def counted(
    world: Any, stops: list[Stop], as_reader: Callable[[str], Client]
) -> dict[tuple[str, str], tuple[Asked, Asked]]:
    """Every page, in the small world and when that has grown."""
    begin(world)
    before: dict[tuple[str, str], Asked] = {}
    for path, readers in pages(stops).items():
        opened = {reader: asked_by(as_reader(reader), path) for reader in readers}
        # Once more: what is looked up once for all readers is known by now.
        before |= {(reader, path): asked_by(as_reader(reader), path) for reader in unlike(opened)}
    grow(world)
    for reader in {reader for reader, _ in before if reader}:  # some pages ask for a sign-in of the last five minutes
        sign_in_fully(as_reader(reader), getattr(world.cast, reader))
    return {page: (small, _grown(small, as_reader(page[0]), page[1])) for page, small in before.items()}


def _grown(small: Asked, client: Client, path: str) -> Asked:
    """Once more where it differs, for the same reason."""
    found = asked_by(client, path)
    return found if found.count == small.count else asked_by(client, path)


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
