"""Puts touchpoint facts that a run found where pages read them: only what is new is written, and only what is no longer so goes."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import connection

from hearth.foundation.core import clock
from hearth.intelligence.insight.computing import Work
from hearth.intelligence.insight.involvement.publishing import records_of
from hearth.intelligence.insight.touchpoints.working import facts
from hearth.records.pathways.queries import touchpoints

COLUMNS = "person_id, touchpoint, feed, organisation_id, category, due_on, met_on, as_at, numbers, content_hash"
STAGED = """create temp table staged_touchpoints (person_id uuid, touchpoint text, feed text, organisation_id uuid, category text,
    due_on date, met_on date, as_at date, numbers text[], content_hash text) on commit drop"""
NEW = f"""insert into insight_touchpointfact (id, created_at, {COLUMNS})
    select gen_random_uuid(), %s, {COLUMNS} from staged_touchpoints s
    where not exists (select 1 from insight_touchpointfact f where f.content_hash = s.content_hash) on conflict do nothing"""
GONE = """delete from insight_touchpointfact f
    where not exists (select 1 from staged_touchpoints s where s.content_hash = f.content_hash)"""


def publish(work: Work, as_at: Mapping[int, str]) -> None:
    """Write what a run found, in the transaction that is open. `as_at`: of each source, by its number."""
    points = {code: each.touchpoint for code, each in touchpoints().items()}
    with connection.cursor() as cursor:
        cursor.execute(STAGED)
        for batch in facts(work, points):
            records = records_of({row[3] for row in batch})
            with cursor.copy(f"copy staged_touchpoints ({COLUMNS}) from stdin") as copying:
                for row in batch:
                    for person in records.get(row[3], ()):
                        copying.write_row(_row(person, row, as_at))
        cursor.execute("analyze staged_touchpoints")
        cursor.execute(NEW, [clock.now()])
        cursor.execute(GONE)
        cursor.execute("drop table staged_touchpoints")


def _row(person: Any, found: tuple[Any, ...], as_at: Mapping[int, str]) -> list[Any]:
    touchpoint, feed, category, _, due_on, met_on, organisation, source, numbers = found
    row = [person, touchpoint, feed, organisation, category, due_on, met_on, as_at[source], numbers]
    digest = hashlib.md5(json.dumps(row, default=str).encode(), usedforsecurity=False).hexdigest()
    return [*row, digest]
