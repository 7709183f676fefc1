"""Puts times in care that a run found where they are summed: for every record of somebody who is linked."""

from collections.abc import Iterator
from typing import Any

from hearth.intelligence.insight.care.working import times_in_care
from hearth.intelligence.insight.computing import Work
from hearth.intelligence.insight.involvement.publishing import records_of
from hearth.intelligence.insight.putting import put

COLUMNS = {
    "person_id": "uuid", "feed": "text", "organisation_id": "uuid", "category": "text", "from_on": "date", "until_on": "date",
    "numbers": "text[]",
}  # fmt: skip


def publish(work: Work) -> None:
    """Write what a run found of times in care, in the transaction that is open."""
    put("insight_caretime", COLUMNS, _batches(work))


def _batches(work: Work) -> Iterator[list[list[Any]]]:
    for batch in times_in_care(work):
        records = records_of({row[2] for row in batch})
        yield [
            [person, feed, organisation, category, from_on, until_on, numbers]
            for feed, category, key, organisation, from_on, until_on, numbers in batch
            for person in records.get(key, ())
        ]
