"""Reads the scorecard, one measure in every way it is looked at, and projects planned against achieved."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.packs.measures import Measure, Word
from hearth.foundation.core.refusals import refuse
from hearth.oversight.performance import rules
from hearth.oversight.performance.charts import Chart, chart_of
from hearth.oversight.performance.counting import WHOLE, Counted, Figure, counted
from hearth.oversight.performance.models import LocalTarget
from hearth.oversight.performance.quarters import KEPT, Quarter, quarters

OTHERS = "How help is given"
Targets = dict[tuple[str, str], list[LocalTarget]]  # by measure and district, the earliest first


@dataclass(frozen=True)
class Wanted:
    """What is looked at: a measure, a district (empty: the whole authority), a quarter."""

    quarter: Quarter
    area: str = WHOLE
    measure: str = ""

    @property
    def filters(self) -> dict[str, str]:
        """As an address says it."""
        told = {"measure": self.measure, "area": self.area, "quarter": self.quarter.code}
        return {key: value for key, value in told.items() if value}


@dataclass(frozen=True)
class Aim:
    """What is aimed for, and whether it is the district's own."""

    figure: int
    is_local: bool
    said: str


@dataclass(frozen=True)
class Line:
    """A measure in one place: now, a year before, for the whole authority, what is aimed for and the word for it."""

    measure: Measure
    name: str
    area: str
    now: Figure
    before: Figure
    whole: Figure | None
    aim: Aim | None
    word: Word | None


@dataclass(frozen=True)
class Scorecard:
    """Every measure of one place and quarter, under the outcomes of Every Child Matters."""

    groups: Sequence[tuple[str, Sequence[Line]]]
    quarter: Quarter
    area: str
    name: str
    as_at: dt.datetime


@dataclass(frozen=True)
class Point:
    """One figure of a chart."""

    words: str
    short: str
    figure: Figure
    signals: tuple[str, ...]


@dataclass(frozen=True)
class OneMeasure:
    """A measure by district in one quarter, and over time in one place."""

    measure: Measure
    quarter: Quarter
    area: str
    name: str
    lines: Sequence[Line]
    points: Sequence[Point]
    chart: Chart
    by_month: bool
    as_at: dt.datetime


def measures() -> list[Measure]:
    """Those that are in use, in the pack's order."""
    return [each for each in pack().measures.measures if not each.retired]


def area_name(code: str) -> str:
    """A district's name, or the whole authority's."""
    district = pack().areas.district(code)
    return district.name if district else pack().authority.short_name


def latest() -> Quarter:
    """The last quarter that is over."""
    return quarters()[0]


def scorecard(reader: Any, wanted: Wanted) -> Scorecard:
    """The scorecard of a place and quarter: two queries where it was counted at night, four where it is counted now."""
    shown = [each for each in measures() if is_shown_in(each, wanted.area)]
    found = counted(reader, shown, wanted.quarter.later(-4), wanted.quarter)
    targets = local_targets(reader)
    by_outcome: dict[str | None, list[Line]] = defaultdict(list)
    for measure in shown:
        by_outcome[measure.outcome].append(line_in(found, measure, wanted.quarter, wanted.area, measure.label, targets))
    groups = [(each.label, by_outcome[each.code]) for each in pack().measures.outcomes if by_outcome[each.code]]
    groups += [(OTHERS, by_outcome[None])] if by_outcome[None] else []
    return Scorecard(groups, wanted.quarter, wanted.area, area_name(wanted.area), found.as_at)


def is_shown_in(measure: Measure, area: str) -> bool:
    """Whether it is counted in a district, or of the whole authority (no area)."""
    return ("district" if area else "authority") in measure.levels


def line_in(found: Counted, measure: Measure, quarter: Quarter, area: str, name: str, targets: Targets) -> Line:
    """A measure in one place and quarter."""
    now = found.figure(measure, quarter, area)
    aim = aim_of(measure, quarter, area, targets)
    whole = found.figure(measure, quarter) if area and "authority" in measure.levels else None
    before = found.figure(measure, quarter.later(-4), area)
    return Line(measure, name, area, now, before, whole, aim, word_for(measure, now, aim))


def local_targets(reader: Any) -> Targets:
    """Every district's own targets: one query."""
    made: Targets = defaultdict(list)
    for each in LocalTarget.objects.visible_to(reader).select_related("area", "set_by").order_by("from_on", "id"):
        made[each.measure, each.area.code].append(each)
    return made


def aim_of(measure: Measure, quarter: Quarter, area: str, targets: Targets) -> Aim | None:
    """The district's own target that holds in a quarter, else the authority's. A number of the whole authority is no district's."""
    own = [each for each in targets.get((measure.code, area), []) if each.from_on <= quarter.first_on]
    if own:
        return Aim(own[-1].figure, True, aim_words(measure, own[-1].figure))
    target = measure.target(quarter.first_on, area)
    if target is None or (area and not target.area and not measure.is_share and not measure.is_wait):
        return None
    return Aim(target.figure, target.area is not None, aim_words(measure, target.figure))


def aim_words(measure: Measure, figure: int) -> str:
    """Such as 95%, 40 or 10 days."""
    if measure.is_share:
        return f"{figure}%"
    return f"{figure} {'day' if figure == 1 else 'days'}" if measure.is_wait else f"{figure:,}"


def word_for(measure: Measure, figure: Figure, aim: Aim | None) -> Word | None:
    """What the measure's tolerance says of a figure over what is aimed for, worked out exactly; nothing of one that is not shown."""
    if aim is None or not figure.is_shown:
        return None
    rule = pack().measures.tolerance(measure.tolerance) or pack().measures.tolerances[0]
    reached, planned = reached_and_planned(measure, figure, aim)
    return rule.word_for(reached, planned, less_is_better=measure.direction == "down")


def reached_and_planned(measure: Measure, figure: Figure, aim: Aim) -> tuple[int, int]:
    """What was reached and what was aimed for, as whole numbers whose ratio is exact."""
    if measure.is_share:
        return figure.counted * 100, aim.figure * figure.out_of
    if measure.is_wait:
        return round((figure.value or 0) * 2), aim.figure * 2  # a median may lie half-way between two days
    return figure.counted, aim.figure


def one_measure(reader: Any, wanted: Wanted) -> OneMeasure:
    """A measure by district, and over time by quarter in a district or by month in the whole authority: four queries at most."""
    refuse(rules.why_not_see_performance(reader))
    found_measure = pack().measures.measure(wanted.measure)
    measure = found_measure if found_measure and not found_measure.retired else measures()[0]
    area = wanted.area if is_shown_in(measure, wanted.area) else WHOLE
    last = max(latest(), wanted.quarter)
    found = counted(reader, [measure], last.later(1 - KEPT), last)
    targets = local_targets(reader)
    places = [*found.areas] if "district" in measure.levels else []
    places += [WHOLE] if "authority" in measure.levels else []
    lines = [line_in(found, measure, wanted.quarter, code, area_name(code), targets) for code in places]
    points = points_of(found, measure, area)
    values = [point.figure.value for point in points]
    chart = chart_of(values, highest=100.0 if measure.is_share else None)
    told = [Point(each.words, each.short, each.figure, chart.signals.get(at, ())) for at, each in enumerate(points)]
    return OneMeasure(measure, wanted.quarter, area, area_name(area), lines, told, chart, not area, found.as_at)


def points_of(found: Counted, measure: Measure, area: str) -> list[Point]:
    """By quarter in a district, by month in the whole authority, from the first that is looked at to the last that is over."""
    each = [found.first.later(more) for more in range(KEPT)]
    if area:
        return [Point(one.words, one.short, found.figure(measure, one, area), ()) for one in each]
    return [
        Point(f"{month:%B %Y}", f"{month:%b %Y}", found.month(measure, month), ())
        for one in each
        for month in one.months
    ]


def outcome_of(measure: Measure) -> str:
    """The outcome under which it stands."""
    return label_of(pack().measures.outcomes, measure.outcome) if measure.outcome else OTHERS


def quarter_named(typed: str) -> Quarter | None:
    """The quarter that an address names, where it can be looked at."""
    return next((each for each in quarters() if each.code == typed), None)


def day_named(typed: str) -> dt.date | None:
    """The day that an address names."""
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        return None
