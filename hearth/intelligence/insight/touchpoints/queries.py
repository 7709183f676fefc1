"""How the touchpoints of a family's children stand, for whoever may open the family. A fixed number of queries."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from hearth.foundation.audit.looks import looked_each
from hearth.foundation.core import clock
from hearth.intelligence.insight.involvement.queries import ask_agreements, looked_for, sources_of
from hearth.intelligence.insight.involvement.showing import LookedFor
from hearth.intelligence.insight.touchpoints.models import TouchpointFact
from hearth.intelligence.insight.touchpoints.showing import Stands, stand
from hearth.records.pathways import placing
from hearth.records.pathways.queries import pathways, touchpoints
from hearth.records.people.births import born_to_the_day
from hearth.records.people.models import Person

COLUMNS = ("person_id", "touchpoint", "feed", "organisation_id", "due_on", "met_on", "as_at", "numbers")
GROWN = 19  # years: the pathways of everybody end there


@dataclass(frozen=True)
class Child:
    """A child of the family, and the day from which their touchpoints are counted: none where it is not known to the day."""

    person: Any
    born: dt.date | None
    is_due: bool = False


def children_of(reader: Any, family: Any) -> list[Child]:
    """The children of a family whom the reader may open, the unborn first, then the youngest first."""
    youngest = clock.today() - dt.timedelta(days=int(GROWN * 365.25))
    rows = Person.objects.visible_to(reader).filter(
        Q(memberships__role="child") | Q(born_on__gt=youngest),
        memberships__family=family, memberships__until_on=None, died_on=None,
    )  # fmt: skip
    found = [_child(person) for person in rows.distinct().order_by("-born_on", "folded_name", "id")]
    return [child for child in found if child.born is None or child.born > youngest]


def _child(person: Any) -> Child:
    return Child(person, born_to_the_day(person), person.birth_precision == "expected")


@dataclass(frozen=True)
class ChildsPathway:
    """A pathway, and how each touchpoint of it stands for a child."""

    pathway: Any
    stands: Sequence[Stands]

    @property
    def placed(self) -> list[placing.Placed]:
        """Their places on it."""
        return [each.placed for each in self.stands]


def pathways_of(
    reader: Any, family: Any, child: Child, recorded: Mapping[str, Sequence[Any]] | None = None
) -> list[ChildsPathway]:
    """How the touchpoints of a child stand, pathway by pathway, as far as the agreements permit. The look is on record.

    `recorded`: what people recorded of each touchpoint, which `recording` reads.
    """
    looked_each(reader, "insight.touchpoints_opened", families=[family], child=child.person.reference)
    if child.born is None:
        return []
    today, restricted = clock.today(), family.restricted or child.person.hidden
    feeds = sorted({each.touchpoint.evidence.feed for each in touchpoints().values() if each.touchpoint.evidence})
    sources, linked_at = ([], None) if restricted else sources_of(feeds)
    rows: list[dict[str, Any]] = []
    person = LookedFor(child.person.pk, child.person.full_name)
    if sources:
        ask_agreements(reader, [family], sources)
        person = looked_for([child.person], linked_at)[0]
        rows = list(TouchpointFact.objects.visible_to(reader).filter(person=child.person).values(*COLUMNS))
    return [
        ChildsPathway(
            each,
            stand(
                placing.place(each, child.born, today),
                person,
                sources,
                rows,
                today,
                recorded=recorded,
                restricted=restricted,
            ),
        )
        for each in pathways()
        if each.for_everyone
    ]
