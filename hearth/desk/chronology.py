"""A family's chronology: what each room has to tell, in one order. One query a room."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hearth.casework.assessments.documents.queries import timeline_entries as assessment_documents
from hearth.casework.assessments.queries import timeline_entries as assessments
from hearth.casework.cases.notes.queries import timeline_entries as notes
from hearth.casework.cases.queries import timeline_entries as cases
from hearth.casework.cases.reaching.queries import timeline_entries as tries
from hearth.casework.cases.steps.queries import timeline_entries as steps
from hearth.casework.front_door.documents.queries import timeline_entries as request_documents
from hearth.casework.front_door.queries import timeline_entries as requests
from hearth.casework.panels.after.queries import timeline_entries as panels
from hearth.casework.panels.unmet.queries import timeline_entries as unmet
from hearth.casework.plans.documents.queries import timeline_entries as plan_documents
from hearth.casework.plans.queries import timeline_entries as plans
from hearth.casework.plans.referring.queries import timeline_entries as services
from hearth.foundation.core.paging import Page, number_of
from hearth.intelligence.insight.touchpoints.recording.queries import timeline_entries as touchpoints
from hearth.records.money.purchases.queries import timeline_entries as purchases
from hearth.records.people.queries import timeline_entries as people
from hearth.records.people.timeline import Entry, in_order
from hearth.records.sharing.queries import timeline_entries as sharing

Tell = Callable[[Any, Any], list[Entry]]
DOCUMENTS: tuple[Tell, ...] = (request_documents, assessment_documents, plan_documents)
ROOMS: tuple[Tell, ...] = (
    people, sharing, cases, requests, assessments, plans, services, notes, touchpoints, tries, steps, panels, unmet, purchases, *DOCUMENTS,
)  # fmt: skip
SIZE = 50


@dataclass(frozen=True)
class Narrowed:
    """What a reader asked the chronology for. Empty means all."""

    kinds: tuple[str, ...] = ()
    from_on: dt.date | None = None
    until_on: dt.date | None = None
    oldest_first: bool = False
    words: bool = False  # with what notes and requests say, for a meeting

    def of(self, entries: list[Entry]) -> list[Entry]:
        """Those of the entries, newest first, that were asked for, in the order asked for."""
        found = [entry for entry in entries if self._has(entry)]
        return found[::-1] if self.oldest_first else found

    def _has(self, entry: Entry) -> bool:
        return (
            (not self.kinds or entry.kind in self.kinds)
            and (self.from_on is None or entry.day >= self.from_on)
            and (self.until_on is None or entry.day <= self.until_on)
        )


def chronology(reader: Any, family: Any) -> list[Entry]:
    """Every entry the reader may see, newest first."""
    return in_order(entry for tell in ROOMS for entry in tell(reader, family))


def kinds_of(entries: list[Entry]) -> list[str]:
    """The kinds of thing that happened, as the filter offers them."""
    return sorted({entry.kind for entry in entries})


def page_of(entries: list[Entry], number: Any) -> Page:
    """One page of them."""
    wanted = number_of(number)
    rows = entries[(wanted - 1) * SIZE : wanted * SIZE]
    return Page(rows, wanted, len(entries) > wanted * SIZE)
