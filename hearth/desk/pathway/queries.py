"""What the page of a child's pathway shows: what is known of touchpoints, of which nothing is and why, and help that began in their time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hearth.desk.queries import cases_of
from hearth.foundation.core import clock
from hearth.intelligence.insight.touchpoints.queries import Child, ChildsPathway, children_of, pathways_of
from hearth.intelligence.insight.touchpoints.recording import queries as recording
from hearth.intelligence.insight.touchpoints.showing import Standing, Stands, Unknown
from hearth.records.pathways import ages, drawing, placing
from hearth.records.people.models import Family

FIRST = (Standing.MISSED, Standing.DUE, Standing.DONE)  # in the order in which they are read


@dataclass(frozen=True)
class NotKnown:
    """Touchpoints of which nothing is known for one and the same reason: why, what to do about it, and which they are."""

    unknown: Unknown
    stands: Sequence[Stands]

    @property
    def now(self) -> int:
        """How many of them have their time now."""
        return sum(each.placed.when is placing.When.NOW for each in self.stands)


@dataclass(frozen=True)
class Shown:
    """One pathway of a child: what is known first, then what is not known and why, then what comes. Drawn, where the child is on it."""

    pathway: Any
    told: Sequence[Stands]
    not_known: Sequence[NotKnown]
    coming: Sequence[Stands]
    later: int
    drawn: drawing.Drawn | None = None

    @property
    def unknown(self) -> int:
        """Of how many nothing is known."""
        return sum(len(each.stands) for each in self.not_known)


@dataclass(frozen=True)
class ChildsPage:
    """Everything on the page. Nothing of a child where the family has none, or the birth date is not known to the day."""

    children: Sequence[Child]
    child: Child | None
    age: str = ""
    pathways: Sequence[Shown] = ()
    by_standing: dict[str, list[Stands]] = field(default_factory=dict)
    begun: dict[str, list[Any]] = field(default_factory=dict)
    taken_back: Sequence[Any] = ()
    may_record: bool = False

    @property
    def now_unknown(self) -> int:
        """How many have their time now, and nothing is known of them."""
        return sum(group.now for shown in self.pathways for group in shown.not_known)


def page_of_child(reader: Any, family: Any, wanted: str) -> ChildsPage:
    """How the touchpoints of a child stand: the one whose reference is wanted, else the first. The pathway they are on comes first."""
    children, today = children_of(reader, family), clock.today()
    child = next((each for each in children if each.person.reference == wanted), children[0] if children else None)
    by_hand = recording.recorded_of(reader, child.person) if child else recording.Recorded({}, [])
    found = pathways_of(reader, family, child, by_hand.standing) if child else []
    stands = [each for one in found for each in one.stands]
    if child is None or child.born is None:
        return ChildsPage(children, child)
    now = placing.pathway_for([each.pathway for each in found], child.born, today)
    return ChildsPage(
        children,
        child,
        ages.how_old(child.born, today),
        [
            _shown(each, child, today, is_on=each.pathway == now)
            for each in sorted(found, key=lambda each: each.pathway != now)
        ],
        {standing.name: [each for each in stands if each.standing is standing] for standing in Standing},
        _help_begun(reader, family, [each.placed for each in stands]),
        by_hand.taken_back,
        recording.may_record(reader),
    )


def _shown(found: ChildsPathway, child: Child, today: Any, *, is_on: bool) -> Shown:
    coming = [each for each in found.stands if each.placed.when is placing.When.NEXT and each.standing not in FIRST]
    later = [each for each in found.stands if each.placed.when is placing.When.LATER and each.standing not in FIRST]
    looks = {each.placed.touchpoint.code: each.drawn for each in found.stands}
    return Shown(
        found.pathway,
        [each for standing in FIRST for each in found.stands if each.standing is standing],
        _not_known(found.stands),
        coming,
        len(later),
        drawing.draw(found.pathway, found.placed, child.born, today, looks) if is_on else None,
    )


def _not_known(stands: Sequence[Stands]) -> list[NotKnown]:
    """By why nothing is known of them. Those that can still be met in time come first."""
    reasons: dict[Unknown, list[Stands]] = {}
    for each in stands:
        if each.standing is Standing.NOT_KNOWN and each.unknown is not None:
            reasons.setdefault(each.unknown, []).append(each)
    found = [
        NotKnown(why, sorted(each, key=lambda one: one.placed.when is not placing.When.NOW))
        for why, each in reasons.items()
    ]
    return sorted(found, key=lambda each: not each.now)


def _help_begun(reader: Any, family: Any, placed: Sequence[placing.Placed]) -> dict[str, list[Any]]:
    """Cases that opened in the time of each touchpoint, by its code. One query."""
    cases = list(cases_of(reader, family))
    return {each.touchpoint.code: [case for case in cases if _in_its_time(each, case.opened_on)] for each in placed}


def _in_its_time(placed: placing.Placed, day: Any) -> bool:
    today = clock.today()
    return placed.opens_on is not None and placed.opens_on <= day <= min(placed.closes_on or today, today)


def homes_of(reader: Any, facts: Sequence[Any]) -> dict[Any, Any]:
    """The family of each person that facts are about, of those the reader may open. One query."""
    people = [fact.person_id for fact in facts]
    rows = Family.objects.visible_to(reader).filter(memberships__person__in=people, memberships__until_on=None)
    found = rows.order_by("id").values_list("memberships__person", "reference", "name", named=True)
    return {row[0]: row for row in found}
