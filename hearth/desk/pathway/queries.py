"""What the page of a child's pathway shows: how touchpoints stand, drawn and in stages, and help that began in the time of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hearth.desk.queries import cases_of
from hearth.foundation.core import clock
from hearth.intelligence.insight.touchpoints.queries import Child, ChildsPathway, children_of, pathways_of
from hearth.intelligence.insight.touchpoints.showing import Standing, Stands
from hearth.records.pathways import ages, drawing, placing
from hearth.records.people.models import Family


@dataclass(frozen=True)
class Shown:
    """One pathway of a child: drawn, and stage by stage."""

    found: ChildsPathway
    drawn: drawing.Drawn
    stages: list[tuple[Any, list[Stands]]]


@dataclass(frozen=True)
class ChildsPage:
    """Everything on the page. Nothing of a child where the family has none, or the birth date is not known to the day."""

    children: Sequence[Child]
    child: Child | None
    age: str
    pathways: Sequence[Shown]
    by_standing: dict[str, list[Stands]]
    begun: dict[str, list[Any]]


def page_of_child(reader: Any, family: Any, wanted: str) -> ChildsPage:
    """How the touchpoints of a child stand: the one whose reference is wanted, else the first. The pathway they are on comes first."""
    children, today = children_of(reader, family), clock.today()
    child = next((each for each in children if each.person.reference == wanted), children[0] if children else None)
    found = pathways_of(reader, family, child) if child else []
    stands = [each for one in found for each in one.stands]
    if child is None or child.born is None:
        return ChildsPage(children, child, "", (), {}, {})
    now = placing.pathway_for([each.pathway for each in found], child.born, today)
    return ChildsPage(
        children, child, ages.how_old(child.born, today),
        [_shown(each, child, today) for each in sorted(found, key=lambda each: each.pathway != now)],
        {standing.name: [each for each in stands if each.standing is standing] for standing in Standing},
        _help_begun(reader, family, [each.placed for each in stands]),
    )  # fmt: skip


def _shown(found: ChildsPathway, child: Child, today: Any) -> Shown:
    stands = {each.placed.touchpoint.code: each for each in found.stands}
    staged = placing.by_stage(found.pathway, found.placed)
    drawn = drawing.draw(
        found.pathway, found.placed, child.born, today, {code: each.drawn for code, each in stands.items()}
    )
    return Shown(found, drawn, [(stage, [stands[each.touchpoint.code] for each in placed]) for stage, placed in staged])


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
