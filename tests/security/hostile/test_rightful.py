"""Each address opens for whoever it is meant for, and does what it is for: so the hostile walk goes where something is."""

import html
import re
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from hearth.foundation.ui.files import TYPES
from tests.security.hostile.addresses import SHOWING
from tests.security.hostile.walking import go
from tests.security.hostile.ways import Stop, stale
from tests.security.hostile.words import STEMS

LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
FILES = ("application/pdf", TYPES["xlsx"], TYPES["docx"])  # handed over: that it was is on the second connection
REFERENCE = re.compile(r"[A-Z]{2}-[A-Z0-9]{7}|[0-9a-f-]{36}|[0-9]+")


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
        if done.status not in (200, 302) or not (done.wrote or done.kind in FILES):
            undone.append(f"{stop.path}: {done.status} for {stop.body}")
    assert not undone, "\n".join(["What addresses.py says is sent is not done:", *undone])


def test_lists_show_what_was_planted_to_whoever_may_see_it(world: Any, as_reader: Callable[[str], Client]) -> None:
    empty = [name for name, who in SHOWING.items() if not go(as_reader(who), reverse(name)).shows(STEMS)]
    assert not empty


def test_no_page_offers_its_reader_a_way_that_is_refused(stops: list[Stop], as_reader: Callable[[str], Client]) -> None:
    """Each link of each page that somebody may open, one of each kind for each reader, answers them."""
    opened = {(stop.way.reader, stop.path): stop.seen for stop in stops}
    opened |= {(who, reverse(name)): go(as_reader(who), reverse(name)) for name, who in SHOWING.items()}
    refused, tried = [], set()
    for (who, path), page in opened.items():
        for link in LINK.findall(page.text) if page.kind.startswith("text/html") else ():
            kind = who, REFERENCE.sub("", link)
            if kind not in tried and not link.startswith("/static/"):
                tried.add(kind)
                status = go(as_reader(who), html.unescape(link)).status
                if status not in (200, 302):
                    refused.append(f"{path} of {who}: {link} answers {status}")
    assert len(tried) > len(opened)
    assert not refused, "\n".join(refused)


def test_no_name_in_the_tables_is_stale() -> None:
    assert not stale()
