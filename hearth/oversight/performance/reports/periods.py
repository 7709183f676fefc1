"""What a report is of: a quarter, or a year from April, that is over; and of where."""

import datetime as dt
from dataclasses import dataclass

from hearth.foundation.core.pack import pack
from hearth.oversight.performance.quarters import Quarter, quarters
from hearth.oversight.performance.queries import area_name
from hearth.oversight.performance.reports.models import Report

APRIL = 4
Kind = Report.Kind


@dataclass(frozen=True)
class Period:
    """A quarter, or four of them."""

    kind: str
    first: Quarter
    last: Quarter

    @property
    def code(self) -> str:
        """As a form says it."""
        return f"{self.kind}-{self.first.code}"

    @property
    def words(self) -> str:
        """Such as July to September 2026, or the year from April 2025 to March 2026."""
        if self.kind == Kind.QUARTER:
            return self.first.words
        return f"the year from {self.first.first_on:%B %Y} to {self.last.last_on:%B %Y}"

    @property
    def quarters(self) -> list[Quarter]:
        """Its quarters, the earliest first."""
        return [self.first.later(more) for more in range(4 if self.kind == Kind.YEAR else 1)]


def period_of(report: Report) -> Period:
    """That of a report."""
    first = Quarter(report.from_on)
    return Period(report.kind, first, first.later(3) if report.kind == Kind.YEAR else first)


def periods() -> list[Period]:
    """Those that are over: quarters, the latest first, then years."""
    over = quarters()
    years = [each for each in over if each.first_on.month == APRIL and each.later(3) in over]
    return [Period(Kind.QUARTER, each, each) for each in over] + [
        Period(Kind.YEAR, each, each.later(3)) for each in years
    ]


def period_coded(code: str) -> Period | None:
    """The one that a form says."""
    return next((each for each in periods() if each.code == code), None)


def title_of(report: Report) -> str:
    """Such as Burnley, July to September 2026."""
    return f"{place_of(report)}, {period_of(report).words}"


def place_of(report: Report) -> str:
    """The district's name, or the authority's."""
    return area_name(report.area.code) if report.area else pack().authority.short_name


def day_words(day: dt.date) -> str:
    """Such as 30 September 2026."""
    return f"{day.day} {day:%B %Y}"


def districts_open(quarter: str) -> list[str]:
    """Districts in which early help was open by the end of the quarter that begins on a day."""
    last_on = Quarter(dt.date.fromisoformat(quarter)).last_on
    return [each.code for each in pack().areas.districts if each.goes_live_on <= last_on]
