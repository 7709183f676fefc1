"""Puts involvements that a run found where pages read them: only what is new is written, and only what is no longer so goes."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from hearth.intelligence.insight.computing import Work
from hearth.intelligence.insight.involvement.working import involvements
from hearth.intelligence.insight.putting import put

COLUMNS = {
    "person_id": "uuid", "feed": "text", "organisation_id": "uuid", "category": "text", "standing": "text", "from_on": "date",
    "until_on": "date", "provider": "text", "contact_name": "text", "contact_phone": "text", "contact_email": "text", "numbers": "text[]",
}  # fmt: skip


def publish(work: Work) -> None:
    """Write what a run found of who works with people on the register, in the transaction that is open."""
    put("insight_involvement", COLUMNS, _batches(work))


def _batches(work: Work) -> Iterator[list[list[Any]]]:
    for batch in involvements(work):
        records = records_of({row[2] for row in batch})
        yield [
            [
                person,
                feed,
                organisation,
                category,
                standing,
                from_on,
                until_on,
                *(words or "" for words in said),
                numbers,
            ]
            for feed, category, key, standing, from_on, until_on, organisation, *said, numbers in batch
            for person in records.get(key, ())
        ]


def records_of(keys: Iterable[str]) -> dict[str, list[uuid.UUID]]:
    """Every record on the register of whoever has these keys now: a person's linked records are one person."""
    found: dict[str, list[uuid.UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth_records_of(%s::uuid[])", [sorted(keys)])
        for key, person in cursor.fetchall():
            found.setdefault(str(key), []).append(person)
    return found


def linked_at(links: str) -> Any:
    """When the link run began whose file has that hash: whoever came on record later was not looked for. None without one."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth_linked_at(%s)", [links])
        return cursor.fetchone()[0]
