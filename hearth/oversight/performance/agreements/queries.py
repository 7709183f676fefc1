"""Reads a district's service-level agreement: each measure with its targets, and what was reached."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from hearth.foundation.accounts.models import Area
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.measures import Measure
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_in
from hearth.oversight.performance import queries
from hearth.oversight.performance.agreements import rules
from hearth.oversight.performance.counting import counted
from hearth.oversight.performance.models import LocalTarget, LocalTargetEvent
from hearth.oversight.performance.quarters import Quarter, quarter_of
from hearth.oversight.performance.rules import why_not_see_performance

TYPED = ("figure", "why")  # what may be changed


@dataclass(frozen=True)
class Own:
    """A target of the district's own."""

    target: LocalTarget
    said: str
    quarter: Quarter
    may_change: bool


@dataclass(frozen=True)
class Line:
    """A measure: the authority's target, the district's own, and what was reached in the last quarter that is over."""

    line: queries.Line
    everybodys: str
    own: Sequence[Own]


@dataclass(frozen=True)
class Agreement:
    """What a district aims for."""

    area: Area
    quarter: Quarter
    lines: Sequence[Line]
    may_set: bool


def area_named(code: str) -> Area:
    """The district of that code; the first, for none of that name."""
    codes = [each.code for each in sorted(pack().areas.districts, key=lambda each: each.name)]
    return Area.objects.get(code=code if code in codes else codes[0])


def aimed_for() -> list[Measure]:
    """Measures in which a district may have a target of its own."""
    return [each for each in queries.measures() if rules.may_be_aimed_for(each)]


def agreement(reader: Any, code: str) -> Agreement:
    """The agreement of a district: five queries whatever there is."""
    refuse(why_not_see_performance(reader))
    area, quarter, measures = area_named(code), queries.latest(), aimed_for()
    found, targets = counted(reader, measures, quarter.later(-4), quarter), queries.local_targets(reader)
    may_set = rules.why_not_set_targets(reader, area) is None
    return Agreement(
        area,
        quarter,
        [
            Line(
                queries.line_in(found, measure, quarter, area.code, measure.label, targets),
                _everybodys(measure, quarter, area.code),
                [_own(reader, measure, each) for each in targets.get((measure.code, area.code), [])],
            )
            for measure in measures
        ],
        may_set,
    )


def _everybodys(measure: Measure, quarter: Quarter, area: str) -> str:
    aim = queries.aim_of(measure, quarter, area, {})
    return aim.said if aim else ""


def _own(reader: Any, measure: Measure, target: LocalTarget) -> Own:
    said = queries.aim_words(measure, target.figure)
    return Own(target, said, quarter_of(target.from_on), rules.why_not_change(reader, target) is None)


def area_to_set(reader: Any, code: str) -> Area:
    """The district that an address names, for whoever sets its targets."""
    refuse(why_not_see_performance(reader))
    found = Area.objects.filter(code__in=[each.code for each in pack().areas.districts], code=code).first()
    if found is None:
        raise Http404
    refuse(rules.why_not_set_targets(reader, found))
    return found


def target_to_change(reader: Any, code: str, measure: str, from_on: str) -> LocalTarget:
    """The target that an address names, for whoever may change it."""
    day = queries.day_named(from_on)
    rows = LocalTarget.objects.visible_to(reader).select_related("area")
    found = rows.filter(area__code=code, measure=measure, from_on=day).first() if day else None
    if found is None:
        raise Http404
    refuse(rules.why_not_change(reader, found))
    return found


def as_set(target: LocalTarget) -> dict[str, Any]:
    """What a form begins with to change it."""
    return {"figure": target.figure, "why": "", "seen": seen_in(target, TYPED)}


@dataclass(frozen=True)
class Change:
    """One time that a target was set or changed."""

    label: str
    said: str
    from_on: Quarter
    why: str
    by: str
    at: dt.datetime


def history(reader: Any, area: Area) -> list[Change]:
    """Each target as it was set and changed, the latest first: one query."""
    refuse(why_not_see_performance(reader))
    rows = LocalTargetEvent.objects.filter(area=area).select_related("set_by").order_by("-pgh_created_at", "-pgh_id")
    return [_change(each) for each in rows]


def _change(event: Any) -> Change:
    measure = pack().measures.measure(event.measure)
    said = queries.aim_words(measure, event.figure) if measure else f"{event.figure:,}"
    label = measure.label if measure else event.measure
    return Change(label, said, quarter_of(event.from_on), event.why, event.set_by.full_name, event.set_at)
