"""A family's chronology: what each room has to tell, in one order. One query a room."""

from collections.abc import Callable
from typing import Any

from hearth.casework.assessments.documents.queries import timeline_entries as assessment_documents
from hearth.casework.assessments.queries import timeline_entries as assessments
from hearth.casework.cases.notes.queries import timeline_entries as notes
from hearth.casework.cases.queries import timeline_entries as cases
from hearth.casework.cases.steps.queries import timeline_entries as steps
from hearth.casework.front_door.documents.queries import timeline_entries as request_documents
from hearth.casework.front_door.queries import timeline_entries as requests
from hearth.casework.plans.documents.queries import timeline_entries as plan_documents
from hearth.casework.plans.queries import timeline_entries as plans
from hearth.records.people.queries import timeline_entries as people
from hearth.records.people.timeline import Entry, in_order
from hearth.records.sharing.queries import timeline_entries as sharing

Tell = Callable[[Any, Any], list[Entry]]
DOCUMENTS: tuple[Tell, ...] = (request_documents, assessment_documents, plan_documents)
ROOMS: tuple[Tell, ...] = (people, sharing, cases, requests, assessments, plans, notes, steps, *DOCUMENTS)


def chronology(reader: Any, family: Any) -> list[Entry]:
    """Every entry the reader may see, newest first."""
    return in_order(entry for tell in ROOMS for entry in tell(reader, family))
