"""Hostile readers go to every address: they are turned away, read no planted word anywhere, and change nothing."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from hearth.foundation.accounts.models import User
from tests.security.hostile import ways
from tests.security.hostile.filling import filled, planted_nowhere
from tests.security.hostile.readers import READERS, Hostile
from tests.security.hostile.walking import PAGE, Answer, go, routes
from tests.security.hostile.ways import Stop, of_somebody

# Open to everybody who signs in, with the reason.
OPEN_TO_ALL = {
    "agreement": "what organisations agreed names no family",
    "service_entry": "the directory is public",
    "panel": "who sits on a panel and when it meets names no family",
    "find_help_service": "the directory is public",
}
# Open to whoever holds the permission, since it names nobody.
OPEN_TO = {
    "unmet_theme": "see_counts",
    "download_report": "see_counts",  # of one that is approved
    **dict.fromkeys(("fund", "money_share", "ledger_entry", "budget"), "see_ledger"),
    **dict.fromkeys(("valuation", "investment"), "see_value"),
    **dict.fromkeys(("course", "course_run", "book_course"), "see_courses"),
}
# Pages of nobody, or of the reader's own account alone: two readers look at them, the others have seen enough.
OWN_PAGES = (
    "sign-in/",
    "my-account/",
    "ui-kit/",
    "accessibility/",
    "privacy/",
    "theme.css",
    "ask-for-help/",
    "find-help/",
)


def faults_of(where: str, answer: Answer, hostile: Hostile, *, refused: bool) -> Iterator[str]:
    """What is wrong with an answer."""
    if answer.status >= 500:
        yield f"{where} breaks: {answer.status}"
    if refused and not answer.refused:
        yield f"{where} answers {answer.status} {answer.where}"
    if words := answer.shows(hostile.never):
        yield f"{where} shows {words}"
    if refused and answer.wrote:
        yield f"{where} wrote in {', '.join(sorted(answer.wrote))}"


def counted(stop: Stop, world: Any, hostile: Hostile) -> bool:
    """Whether it is open to whoever holds a permission, and they do, after all that was done to them."""
    if stop.name not in OPEN_TO or not hostile.who:
        return False
    reader = User.objects.get(pk=getattr(world.cast, hostile.who).pk)
    return reader.may(OPEN_TO[stop.name])


def somebodys(stops: list[Stop], world: Any, client: Client, hostile: Hostile) -> Iterator[str]:
    """At each address with something of somebody's in it."""
    for stop, (route, entry) in zip(stops, of_somebody(), strict=True):
        path, refused = (
            stop.path,
            not (
                hostile.may_open(stop)
                or stop.way.reader == hostile.who
                or stop.name in OPEN_TO_ALL
                or counted(stop, world, hostile)
            ),
        )
        if hostile.instead:
            try:
                path = ways.address(world, route, entry, stop.way, hostile.instead)
            except AttributeError:
                continue  # that family's story has nothing of the kind
            if path == stop.path:
                continue
        if stop.seen.status == 200 or hostile.asks is PAGE:
            yield from faults_of(path, go(client, path, headers=hostile.asks), hostile, refused=refused)
        if stop.body is not None or hostile.asks is PAGE:
            answer = go(client, path, planted_nowhere(stop.body or {}), hostile.asks)
            yield from faults_of(f"POST {path}", answer, hostile, refused=refused)


def nobodys(client: Client, hostile: Hostile) -> Iterator[str]:
    """At each list, search and first page: whatever it answers, no planted word is in it."""
    for route, entry in routes():
        if "<" in route or (route.startswith(OWN_PAGES) and hostile.asks is not PAGE):
            continue
        path = reverse(str(entry.name))
        seen = go(client, path, headers=hostile.asks)
        yield from faults_of(path, seen, hostile, refused=False)
        body = filled(seen.text, path)
        if body is not None or hostile.asks is PAGE:
            answer = go(client, path, planted_nowhere(body or {}), hostile.asks)
            yield from faults_of(f"POST {path}", answer, hostile, refused=False)


@pytest.mark.parametrize("who", READERS)
def test_walk(who: str, stops: list[Stop], world: Any, as_reader: Callable[[str], Client]) -> None:
    hostile = READERS[who]
    client = as_reader(hostile.who)
    assert go(client, "/").status == (200 if hostile.who else 302), (
        "They are here, so that it is not for that they are refused."
    )
    with transaction.atomic():
        hostile.before(world)
        faults = [*somebodys(stops, world, client, hostile), *nobodys(client, hostile)]
        transaction.set_rollback(True)
    assert not faults, "\n".join([f"{who}:", *faults])
