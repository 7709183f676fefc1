"""Reads figures of measures through the database's functions, and keeps back what would tell a small number."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db import connection

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.areas import District
from hearth.foundation.core.packs.measures import SOURCES, WAITS, Measure
from hearth.foundation.core.refusals import refuse
from hearth.oversight.performance import keeping
from hearth.oversight.performance.keeping_back import KeptBack, kept_back
from hearth.oversight.performance.quarters import Quarter, after_months, quarter_of
from hearth.oversight.performance.rules import why_not_see_performance

WHOLE = ""  # in place of a district: the whole authority
Part = tuple[str, str, str]  # source, what it is about, part
Unit = dict[Part, int]
WAITED = "waited"  # the one part of a wait


class State(StrEnum):
    """Why a figure is there, or is not. None of these is a nought."""

    SHOWN = "shown"
    FEW = "few"
    NOT_OPEN = "not_open"
    EARLY = "early"
    NONE = "none"


SAID = {
    State.FEW: "too few to show",
    State.NOT_OPEN: "not open yet",
    State.EARLY: "too early to say",
    State.NONE: "none",
}


@dataclass(frozen=True)
class Figure:
    """A figure of a measure in one place and time: how many, of how many, and what is read."""

    state: State
    counted: int = 0
    out_of: int = 0
    value: float | None = None
    is_share: bool = False
    is_wait: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether there is a number to read."""
        return self.state == State.SHOWN

    @property
    def said(self) -> str:
        """As it stands in a table: 67%, 12 or 4.5 days; or why there is none."""
        if self.value is None:
            return SAID[self.state]
        if self.is_share:
            return f"{self.value:.0f}%"
        return f"{self.value:g} {'day' if self.value == 1 else 'days'}" if self.is_wait else f"{self.value:,.0f}"

    @property
    def beside(self) -> str:
        """What stands small beside it: of how many."""
        if self.value is None:
            return ""
        if self.is_share:
            return f"{self.counted:,} of {self.out_of:,}"
        return f"of {self.out_of:,}" if self.is_wait else ""


@dataclass
class Counted:
    """Everything that was read, by quarter and place, from the first quarter to the last. Nothing of it leaves but through `figure`."""

    first: Quarter
    last: Quarter
    districts: dict[tuple[dt.date, str], Unit] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    months: dict[dt.date, Unit] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    medians: dict[tuple[str, dt.date, str], float] = field(default_factory=dict)
    as_at: dt.datetime = field(default_factory=clock.now)
    _kept: dict[tuple[tuple[Part, ...], dt.date], KeptBack] = field(default_factory=dict)

    @cached_property
    def areas(self) -> dict[str, District]:
        """The districts by code, in the order of their names."""
        return {each.code: each for each in sorted(pack().areas.districts, key=lambda each: each.name)}

    def figure(self, measure: Measure, quarter: Quarter, area: str = WHOLE) -> Figure:
        """A measure in one quarter, of a district or of the whole authority."""
        if not self._is_open(area, quarter.last_on):
            return Figure(State.NOT_OPEN)
        if _is_early(measure, quarter.last_on):
            return Figure(State.EARLY)
        kept = self._kept_back(measure, quarter)
        if kept.whole if area == WHOLE else area in kept.districts:
            return Figure(State.FEW)
        unit = self._quarter(quarter, _parts(measure), area)
        return _read(measure, unit, self.medians.get((measure.source, quarter.first_on, area)))

    def parts_shown(self, measure: Measure, quarter: Quarter, area: str = WHOLE) -> list[int] | None:
        """How many are in each part of everything that counts the same events, where that is shown: for what is published of it."""
        kept = self._kept_back(measure, quarter)
        if not self._is_open(area, quarter.last_on) or (kept.whole if area == WHOLE else area in kept.districts):
            return None
        parts = _parts(measure)
        unit = self._quarter(quarter, parts, area)
        return [unit[part] for part in parts]

    def month(self, measure: Measure, month: dt.date) -> Figure:
        """A measure in one month, of the whole authority: a district's months would mostly be too few to show."""
        last_on = after_months(month, 1) - dt.timedelta(days=1)
        if not self._is_open(WHOLE, last_on):
            return Figure(State.NOT_OPEN)
        if _is_early(measure, last_on):
            return Figure(State.EARLY)
        if month in self._kept_back(measure, quarter_of(month)).months:
            return Figure(State.FEW)
        median = self.medians.get((measure.source, month, "month"))
        return _read(measure, _only(self.months[month], _parts(measure)), median)

    def _is_open(self, area: str, day: dt.date) -> bool:
        opened = [each.goes_live_on for code, each in self.areas.items() if area in (WHOLE, code)]
        return any(on <= day for on in opened)

    def _quarter(self, quarter: Quarter, parts: Sequence[Part], area: str) -> Unit:
        if area != WHOLE:
            return _only(self.districts[quarter.first_on, area], parts)
        units = [self.months[month] for month in quarter.months]
        return {part: sum(unit.get(part, 0) for unit in units) for part in parts}

    def _kept_back(self, measure: Measure, quarter: Quarter) -> KeptBack:
        parts = _parts(measure)
        key = (parts, quarter.first_on)
        if key not in self._kept:
            open_ = [code for code in self.areas if self._is_open(code, quarter.last_on)]
            self._kept[key] = kept_back(
                {code: self._quarter(quarter, parts, code) for code in open_},
                {month: _only(self.months[month], parts) for month in quarter.months},
                self._quarter(quarter, parts, WHOLE),
                fewest_of(measure),
            )
        return self._kept[key]


def fewest_of(measure: Measure) -> int:
    """The smallest number that is shown of it, and of everything that counts the same events."""
    same = [
        each for each in pack().measures.measures if each.sources == measure.sources and each.about == measure.about
    ]
    return max([pack().indicators.fewest_shown, *(each.fewest_shown or 0 for each in same)])


def _parts(measure: Measure) -> tuple[Part, ...]:
    """Every part of every source that counts the same events."""
    abouts = measure.about or ("",)
    return tuple(
        (source, about, part)
        for source in measure.sources
        for part in SOURCES.get(source, (WAITED,))
        for about in abouts
    )


def _only(unit: Unit, parts: Sequence[Part]) -> Unit:
    return {part: unit.get(part, 0) for part in parts}


def _is_early(measure: Measure, last_on: dt.date) -> bool:
    """Whether some of those it follows have not been followed for long enough."""
    return bool(measure.follows_months) and after_months(last_on, measure.follows_months) >= clock.today()


def _read(measure: Measure, unit: Unit, median: float | None) -> Figure:
    """The figure of what may be shown."""
    own = {part: many for part, many in unit.items() if part[0] == measure.source}
    every = sum(own.values())
    if measure.is_wait:
        return Figure(State.SHOWN if every else State.NONE, every, every, median if every else None, is_wait=True)
    counted = sum(many for (_, _, part), many in own.items() if not measure.counts or part in measure.counts)
    if not measure.is_share:
        return Figure(State.SHOWN, counted, counted, float(counted))
    share = counted * 100 / every if every else None
    return Figure(State.SHOWN if every else State.NONE, counted, every, share, is_share=True)


def counted(reader: Any, measures: Iterable[Measure], first: Quarter, last: Quarter, *, anew: bool = False) -> Counted:
    """What is counted of these measures in these quarters, for whoever sees counts: as it was kept last night, or else counted now.

    `anew`: counted now in any case, for what is frozen as of one moment.
    """
    refuse(why_not_see_performance(reader))
    wanted = sorted({source for measure in measures for source in measure.sources})
    found = Counted(first, last)
    night = None if anew else keeping.kept(reader, wanted)
    if night is None:
        _count(reader, found, wanted)
        return found
    found.as_at, rows = night
    for row in rows:
        on = row.quarter or row.month
        if on is None or not first.first_on <= on <= last.last_on:
            continue
        if row.source in WAITS:
            _take_wait(found, row.source, row.quarter, row.month, row.area, row.counted, row.median or 0.0)
        else:
            _take(found, row.source, row.about, row.part, row.quarter, row.month, row.area, row.counted)
    return found


def _count(reader: Any, found: Counted, wanted: Sequence[str]) -> None:
    mistakes, achieved = keeping.codes()
    asked = [reader.id, found.first.first_on, found.last.last_on, list(wanted), mistakes]
    with connection.cursor() as cursor:
        if set(wanted) - set(WAITS):
            cursor.execute(
                "select source, about, part, quarter, month, area, counted from hearth_performance_counts(%s, %s, %s, %s, %s, %s)",
                [*asked, achieved],
            )
            for row in cursor.fetchall():
                _take(found, *row)
        if set(wanted) & set(WAITS):
            cursor.execute(
                "select source, quarter, month, area, counted, median from hearth_performance_waits(%s, %s, %s, %s, %s)",
                asked,
            )
            for row in cursor.fetchall():
                _take_wait(found, *row)


def _take(
    found: Counted, source: str, about: str, part: str, quarter: Any, month: Any, area: str | None, many: int
) -> None:
    """One line of events: a district's quarter, or a month of the whole authority."""
    unit = found.months[month] if area is None else found.districts[quarter, area]
    unit[source, about, part] += many


def _take_wait(
    found: Counted, source: str, quarter: Any, month: Any, area: str | None, many: int, median: float
) -> None:
    """One line of waits: a district's quarter, a month of the whole authority, or its quarter, which is the sum of its months."""
    part = (source, "", WAITED)
    if month is not None:
        found.months[month][part] += many
        found.medians[source, month, "month"] = median
    elif area is not None:
        found.districts[quarter, area][part] += many
        found.medians[source, quarter, area] = median
    else:
        found.medians[source, quarter, WHOLE] = median
