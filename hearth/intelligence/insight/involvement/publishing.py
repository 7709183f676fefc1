"""Puts involvements that a run found where pages read them: only what is new is written, and only what is no longer so goes."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from hearth.foundation.core import clock
from hearth.intelligence.insight.computing import Work
from hearth.intelligence.insight.involvement.working import involvements

COLUMNS = (
    "person_id, feed, organisation_id, category, standing, from_on, until_on, provider, contact_name, contact_phone, contact_email,"
    " numbers, content_hash"
)
STAGED = """create temp table staged_involvements (person_id uuid, feed text, organisation_id uuid, category text, standing text,
    from_on date, until_on date, provider text, contact_name text, contact_phone text, contact_email text, numbers text[],
    content_hash text) on commit drop"""
NEW = f"""insert into insight_involvement (id, created_at, {COLUMNS})
    select gen_random_uuid(), %s, {COLUMNS} from staged_involvements s
    where not exists (select 1 from insight_involvement i where i.content_hash = s.content_hash) on conflict do nothing"""
GONE = """delete from insight_involvement i
    where not exists (select 1 from staged_involvements s where s.content_hash = i.content_hash)"""


def publish(work: Work) -> None:
    """Write what a run found of who works with people on the register, in the transaction that is open."""
    with connection.cursor() as cursor:
        cursor.execute(STAGED)
        for batch in involvements(work):
            records = records_of({row[2] for row in batch})
            with cursor.copy(f"copy staged_involvements ({COLUMNS}) from stdin") as copying:
                for row in batch:
                    for person in records.get(row[2], ()):
                        copying.write_row(_row(person, row))
        cursor.execute("analyze staged_involvements")
        cursor.execute(NEW, [clock.now()])
        cursor.execute(GONE)
        cursor.execute("drop table staged_involvements")


def _row(person: uuid.UUID, found: Sequence[Any]) -> list[Any]:
    feed, category, _, standing, from_on, until_on, organisation, *said, numbers = found
    row = [person, feed, organisation, category, standing, from_on, until_on, *(words or "" for words in said), numbers]
    digest = hashlib.md5(json.dumps(row, default=str).encode(), usedforsecurity=False).hexdigest()
    return [*row, digest]


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
