"""Finds what has passed its time, as a named identity that reads days and references, and no name and no word of a record."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import System, acting_as
from hearth.foundation.core.roles import RETENTION
from hearth.oversight.governance.models import Disposal

FINDER = System("system:retention", RETENTION)
# What hangs from a family and goes with it. It is due when the longest of these rules has passed.
WITH_A_FAMILY = (
    "person", "case", "assessment", "plan", "note", "document", "consent", "step_up", "access",
    "unmet_need", "audit_event", "request", "claim", "panel",
)  # fmt: skip


@dataclass(frozen=True)
class Passed:
    """The rule that keeps a record longest, and the days that it says."""

    rule: str
    trigger: str
    years: int
    since_on: dt.date
    due_on: dt.date


def passed(kind: str, facts: Mapping[str, str | None]) -> Passed | None:
    """When the time of a record passes, by the longest rule for anything that goes with it; None where no day is known."""
    records = WITH_A_FAMILY if kind == Disposal.Kind.FAMILY else (kind,)
    found = [each for record in records if (each := _by_rule(record, facts)) is not None]
    return max(found, key=lambda each: each.due_on, default=None)


def _by_rule(record: str, facts: Mapping[str, str | None]) -> Passed | None:
    rule = pack().retention.rule(record)
    if rule is None:
        return None
    # A claim has a day of its own; whatever else counts from the day it was made counts from the last thing that was written.
    made = f"{record}_made" if f"{record}_made" in facts else "record_made"
    since = facts.get(made if rule.trigger == "record_made" else rule.trigger)
    if since is None:
        return None
    day = dt.date.fromisoformat(since)
    return Passed(record, rule.trigger, rule.years, day, years_after(day, rule.years))


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; the first of March for somebody born on the 29th of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def find_due(using: str = "default") -> int:
    """Bring the list of what is due up to date; how many records are on it. Safe to run twice, and deletes nothing."""
    with acting_as(FINDER, using):
        due = {row["reference"]: row for row in _due(using)}
        known = {row.reference: row for row in Disposal.objects.using(using).exclude(state=Disposal.State.DELETED)}
        for reference, told in due.items():
            row = known.pop(reference, None)
            if row is None:
                Disposal(reference=reference, **told_of(told)).save(using=using, force_insert=True)
            elif changed := {name for name, value in told_of(told).items() if getattr(row, name) != value}:
                _bring_up_to_date(row, told, changed, using)
        over = [row.pk for row in known.values() if row.state == Disposal.State.DUE]
        Disposal.objects.using(using).filter(pk__in=over).update(state=Disposal.State.NOT_DUE)
    return len(due)


def told_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that the finding writes."""
    return {name: value for name, value in told.items() if name != "reference"} | {"state": Disposal.State.DUE}


def _bring_up_to_date(row: Disposal, told: Mapping[str, Any], changed: set[str], using: str) -> None:
    if "state" in changed:
        row.found_at = clock.now()
    for name, value in told_of(told).items():
        setattr(row, name, value)
    row.save(using=using, update_fields=[*changed, "found_at"])


def _due(using: str) -> Iterator[dict[str, Any]]:
    today = clock.today()
    with connections[using].cursor() as cursor:
        cursor.execute("select kind, id, reference, facts from hearth_retention_dates(%s, null)", [today])
        rows = cursor.fetchall()
    for kind, key, reference, facts in rows:
        known = json.loads(facts) if isinstance(facts, str) else facts
        found = passed(kind, known)
        if found is not None and found.due_on <= today:
            yield {
                "reference": reference, "kind": kind, "record_id": key, "rule": found.rule, "trigger": found.trigger,
                "years": found.years, "since_on": found.since_on, "due_on": found.due_on, "facts": known,
            }  # fmt: skip
