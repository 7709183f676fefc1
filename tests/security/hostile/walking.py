"""Goes to an address as somebody, in a transaction that is undone, and says what was answered and what was written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

# Written whoever comes, and about nobody else: a sitting, a draft or a form sent of one's own, when one was last here.
OWN = {"django_session", "ui_draft", "ui_sentform", "core_cache", "accounts_user", "pghistory_context"}


@dataclass(frozen=True)
class Answer:
    """What came back, and the tables that were written on the way."""

    status: int
    text: str
    kind: str
    where: str
    wrote: frozenset[str]

    @property
    def refused(self) -> bool:
        """Not there, not allowed, not by this method; or sent to sign in."""
        return self.status in (401, 403, 404, 405) or (self.status == 302 and self.where.startswith("/sign-in/"))

    def shows(self, stems: tuple[str, ...]) -> str:
        """The planted words in it."""
        found = {word for stem in stems for word in re.findall(rf"\b{stem}\w*", f"{self.text} {self.where}", re.I)}
        return ", ".join(sorted(found))


def routes(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of our own views with its whole route."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif getattr(entry.callback, "__module__", "").startswith("hearth."):
            yield route, entry


def _written() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables where schemaname = 'public'"
        )
        return dict(cursor.fetchall())


# How somebody asks: as a browser does, as a part of a page does, as a script does.
PAGE: dict[str, str] = {}
PART, SCRIPT = {"HX-Request": "true"}, {"accept": "application/json"}


def twice(client: Client, path: str, body: Mapping[str, Any]) -> tuple[Answer, Answer]:
    """POST the same body two times over, as somebody who presses twice does; what the second wrote by itself."""
    with transaction.atomic():
        answers = [_posted(client, path, body) for _ in range(2)]
        transaction.set_rollback(True)
    return answers[0], answers[1]


def _posted(client: Client, path: str, body: Mapping[str, Any]) -> Answer:
    before = _written()
    response: Any = client.post(path, body)
    wrote = {table for table, rows in _written().items() if rows != before.get(table, 0)} - OWN
    text = b"".join(response.streaming_content) if response.streaming else response.content
    where, kind = response.headers.get("Location", ""), response.headers.get("Content-Type", "")
    return Answer(response.status_code, text.decode(errors="replace"), kind, where, frozenset(wrote))


def go(client: Client, path: str, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] = PAGE) -> Answer:
    """GET, or POST where there is a body. Nothing that it wrote stays, and whoever was signed in still is."""
    cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    with transaction.atomic():
        before = {} if body is None else _written()
        response: Any = client.get(path, headers=headers) if body is None else client.post(path, body, headers=headers)
        after = {} if body is None else _written()
        wrote = {table for table, rows in after.items() if rows != before.get(table, 0)} - OWN
        text = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = cookies
    return Answer(
        response.status_code,
        text.decode(errors="replace"),
        response.headers.get("Content-Type", ""),
        response.headers.get("Location", response.headers.get("X-Hearth-Sign-In", "")),
        frozenset(wrote),
    )
