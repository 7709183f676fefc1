"""Each address opens for whoever it is meant for, and does what it is for: so the hostile walk goes where something is."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.security.hostile.addresses import SHOWING
from tests.security.hostile.walking import go
from tests.security.hostile.ways import Stop, stale
from tests.security.hostile.words import STEMS


def test_every_address_opens_for_its_rightful_reader(stops: list[Stop]) -> None:
    shut = [f"{stop.path}: {stop.seen.status}" for stop in stops if stop.seen.status != 200 and not stop.way.on]
    assert not shut, "\n".join(["These do not open for whoever addresses.py names:", *shut])


def test_whatever_a_page_sends_is_done_for_its_rightful_reader(
    stops: list[Stop], as_reader: Callable[[str], Client]
) -> None:
    undone = []
    for stop in stops:
        if stop.body is None:
            if stop.way.on:
                undone.append(f"{stop.path}: the page {stop.way.on} has no button for it")
            continue
        done = go(as_reader(stop.way.reader), stop.path, stop.body)
        if done.status not in (200, 302) or not (done.wrote or done.kind == "application/pdf"):
            undone.append(f"{stop.path}: {done.status} for {stop.body}")
    assert not undone, "\n".join(["What addresses.py says is sent is not done:", *undone])


def test_lists_show_what_was_planted_to_whoever_may_see_it(world: Any, as_reader: Callable[[str], Client]) -> None:
    empty = [name for name, who in SHOWING.items() if not go(as_reader(who), reverse(name)).shows(STEMS)]
    assert not empty


def test_no_name_in_the_tables_is_stale() -> None:
    assert not stale()
