"""Reads of touchpoints that were recorded by hand: the reader first, always through visible_to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import lower_first
from hearth.intelligence.insight.touchpoints.models import RecordedTouchpoint
from hearth.intelligence.insight.touchpoints.queries import Child, children_of
from hearth.intelligence.insight.touchpoints.recording import rules
from hearth.records.pathways.placing import Placed, placed_of
from hearth.records.pathways.queries import touchpoints
from hearth.records.people.timeline import Entry


@dataclass(frozen=True)
class Recorded:
    """What was recorded of a child: what stands, by touchpoint and the latest first; and what was taken back."""

    standing: dict[str, list[RecordedTouchpoint]]
    taken_back: Sequence[RecordedTouchpoint]


def recorded_of(reader: Any, person: Any) -> Recorded:
    """What was recorded of somebody, and of the records linked with theirs: one query."""
    rows = RecordedTouchpoint.objects.visible_to(reader).filter(person__cluster_id=person.cluster_id)
    found = Recorded({}, [])
    for row in rows.select_related("recorded_by__organisation", "withdrawn_by").order_by(
        "-met_on", "-created_at", "id"
    ):
        if row.withdrawn_at is None:
            found.standing.setdefault(row.touchpoint, []).append(row)
        else:
            found.taken_back.append(row)  # type: ignore[attr-defined]
    return found


def may_record(reader: Any) -> bool:
    """Whether the reader is offered it; the rule is asked again when it is sent."""
    return rules.why_not_record_touchpoint(reader) is None


def who_records(reader: Any) -> None:
    """A refusal for whoever may not."""
    refuse(rules.why_not_record_touchpoint(reader))


def who_takes_back(reader: Any, recorded: RecordedTouchpoint) -> None:
    """A refusal for whoever may not, and where it was taken back already."""
    refuse(rules.why_not_withdraw_touchpoint(reader, recorded))


def of_child(reader: Any, family: Any, reference: str, code: str) -> tuple[Child, Placed]:
    """A child of the family, and one touchpoint in its place; a page that is not there for any other."""
    child = next((each for each in children_of(reader, family) if each.person.reference == reference), None)
    placed = placed_of(code, child.born, clock.today()) if child else None
    if child is None or placed is None:
        raise Http404
    return child, placed


def recorded_touchpoint_of(reader: Any, family: Any, reference: str) -> RecordedTouchpoint:
    """What was recorded, or a page that never says whether it exists."""
    rows = RecordedTouchpoint.objects.visible_to(reader).filter(family=family, reference=reference)
    found = rows.select_related("person", "recorded_by__organisation").first()
    if found is None:
        raise Http404
    return found


def label_of_touchpoint(code: str) -> str:
    """The touchpoint in words; its code, where the practice pack has it no longer."""
    where = touchpoints().get(code)
    return where.touchpoint.label if where else code


def timeline_entries(reader: Any, family: Any) -> list[Entry]:
    """Touchpoints that somebody recorded, for the family's chronology: one query."""
    rows = RecordedTouchpoint.objects.visible_to(reader).standing().filter(family=family)
    page = reverse("family_pathway", args=[family.reference])
    return [
        Entry(
            row.met_on,
            "Touchpoint",
            f"{row.person.given_name or row.person.full_name}: {lower_first(label_of_touchpoint(row.touchpoint))}",
            f"{row.recorded_by.full_name}, {row.recorded_by.organisation_name}",
            f"{page}?child={row.person.reference}#{row.touchpoint}",
            written_at=row.created_at,
        )
        for row in rows.select_related("person", "recorded_by__organisation")
    ]
