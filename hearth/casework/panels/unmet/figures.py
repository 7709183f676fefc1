"""Unmet need in figures that name nobody: counted by `system:measures`, one query for all of a page."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from hearth.casework.panels.unmet import rules, words
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse

PERIODS = {"half": 6, "year": 12, "two_years": 24}
SPLITS = {
    "need": "What was needed",
    "area": "Where",
    "reason": "Why",
    "age_band": "Whose, by age",
    "wait": "How long they wait",
}


@dataclass(frozen=True)
class Wanted:
    """What a reader asked the figures for."""

    area: str = ""
    need: str = ""
    period: str = "year"

    @property
    def months(self) -> list[dt.date]:
        """The first days of the months that are asked for, the earliest first."""
        today, number = clock.today(), PERIODS.get(self.period, PERIODS["year"])
        back = [today.year * 12 + today.month - 1 - ago for ago in reversed(range(number))]
        return [dt.date(month // 12, month % 12 + 1, 1) for month in back]

    @property
    def since(self) -> dt.date:
        """The first day that counts."""
        return self.months[0]

    @property
    def filters(self) -> dict[str, str]:
        """The same as an address carries it."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Line:
    """One line of a split: what it is called, how many, and its share of the longest, out of a hundred."""

    code: str
    name: str
    needs: int
    share: int = 0
    told: str = ""  # what is said in place of the figure, where it is left out


@dataclass
class Figures:
    """Everything on the page: the sum, each split with the most first, and needs by month."""

    total: int = 0
    splits: dict[str, list[Line]] = field(default_factory=dict)
    months: list[Line] = field(default_factory=list)
    by_month: dict[str, list[int]] = field(default_factory=dict)


def figures(reader: Any, wanted: Wanted) -> Figures:
    """Counts by need and month, district, reason, age and wait, as far as the reader's role goes: one query."""
    refuse(rules.why_not_see_unmet(reader))
    with connection.cursor() as cursor:
        cursor.execute(
            "select split, code, month, needs from hearth_unmet_counts(%s, %s, %s, %s)",
            [reader.id, wanted.since, wanted.area, wanted.need],
        )
        rows = cursor.fetchall()
    sums: dict[str, dict[str, int]] = {split: defaultdict(int) for split in SPLITS}
    months: dict[dt.date, int] = defaultdict(int)
    by_month: dict[str, dict[dt.date, int]] = defaultdict(lambda: defaultdict(int))
    for split, code, month, needs in rows:
        sums[split][code] += needs
        if split == "need":
            months[month] += needs
            by_month[code][month] += needs
    return Figures(
        total=sum(months.values()),
        splits={split: _lines(split, sums[split]) for split in SPLITS},
        months=lines_of((f"{month:%B %Y}", months[month]) for month in wanted.months),
        by_month={code: [found[month] for month in wanted.months] for code, found in by_month.items()},
    )


def _lines(split: str, sums: dict[str, int]) -> list[Line]:
    names = {each.code: each.name for each in pack().areas.districts} if split == "area" else {}
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    most = max(sums.values(), default=1)
    return [
        Line(code, names.get(code, code) if split == "area" else words.label(split, code), needs, needs * 100 // most)
        for code, needs in ordered
    ]


def lines_of(named: Iterable[tuple[str, int]]) -> list[Line]:
    """Lines in the order given, each with its share of the longest."""
    pairs = list(named)
    most = max([needs for _, needs in pairs], default=0) or 1
    return [Line("", name, needs, needs * 100 // most) for name, needs in pairs]


def theme_counts(reader: Any, themes: Iterable[Any]) -> dict[Any, dict[dt.date, int]]:
    """How many needs each theme has, by the month in which they were recorded: one query."""
    found: dict[Any, dict[dt.date, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth_theme_counts(%s, %s)", [reader.id, [theme.pk for theme in themes]])
        for theme, month, needs in cursor.fetchall():
            found[theme][month] = needs
    return found
