"""Unmet need in figures that name nobody: counted by `system:measures`, one query for all of a page."""

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from hearth.casework.panels.unmet import words
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack

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


FEW = "too few"  # stands in place of a figure that is left out


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
    """Everything on the page: the sum (none: too few to show), each split with the most first, and needs by month.

    `leaves_out` says that small figures are left out, as the reader does not hold all of the families.
    """

    wanted: Wanted = field(default_factory=Wanted)  # of what they are, which may be less than was asked
    total: int | None = 0
    splits: dict[str, list[Line]] = field(default_factory=dict)
    months: list[Line] = field(default_factory=list)
    by_month: dict[str, list[int]] = field(default_factory=dict)
    leaves_out: bool = False

    @property
    def any(self) -> bool:
        """Whether a need was counted at all."""
        return self.total != 0


@dataclass
class Sums:
    """Counts as they are, before small ones are left out: by split and code, by month, and each need of each district."""

    splits: dict[str, dict[str, int]] = field(default_factory=lambda: {split: defaultdict(int) for split in SPLITS})
    months: dict[dt.date, int] = field(default_factory=lambda: defaultdict(int))
    by_month: dict[str, dict[dt.date, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    cells: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.months.values())


def sums(reader: Any, wanted: Wanted, areas: Sequence[str] = ()) -> Sums:
    """Counts by need and month, district, reason, age and wait, as far as the reader's role goes: one query. For no page as they are."""
    found, where = Sums(), wanted.area or ",".join(areas)
    with connection.cursor() as cursor:
        cursor.execute(
            "select split, code, month, needs from hearth_unmet_counts(%s, %s, %s, %s)",
            [reader.id, wanted.since, where, wanted.need],
        )
        for split, code, month, needs in cursor.fetchall():
            if split == "cell":
                area, _, need = code.partition(",")
                found.cells[area, need] += needs
                continue
            found.splits[split][code] += needs
            if split == "need":
                found.months[month] += needs
                found.by_month[code][month] += needs
    return found


def whole(found: Sums, wanted: Wanted) -> Figures:
    """Counts as they are."""
    return Figures(
        wanted,
        total=found.total,
        splits={split: lines_of_split(split, found.splits[split]) for split in SPLITS},
        months=lines_of((f"{month:%B %Y}", found.months[month]) for month in wanted.months),
        by_month={code: [many[month] for month in wanted.months] for code, many in found.by_month.items()},
    )


def lines_of_split(split: str, counted: Mapping[str, int], left_out: Container[str] = ()) -> list[Line]:
    """A split, the most first; what is left out comes last, so that its place does not tell it."""
    names = {each.code: each.name for each in pack().areas.districts} if split == "area" else {}
    told = {code: needs for code, needs in counted.items() if needs and code not in left_out}
    most = max(told.values(), default=1)
    return [
        Line(code, names.get(code, code) if split == "area" else words.label(split, code), needs, needs * 100 // most)
        for code, needs in sorted(told.items(), key=lambda pair: (-pair[1], pair[0]))
    ] + [
        Line(code, names.get(code, code) if split == "area" else words.label(split, code), 0, told=FEW)
        for code in sorted(code for code, needs in counted.items() if needs and code in left_out)
    ]


def lines_of(named: Iterable[tuple[str, int | None]]) -> list[Line]:
    """Lines in the order given, each with its share of the longest; none: left out."""
    pairs = list(named)
    most = max([needs or 0 for _, needs in pairs], default=0) or 1
    return [
        Line("", name, needs or 0, (needs or 0) * 100 // most, told="" if needs is not None else FEW)
        for name, needs in pairs
    ]


def theme_counts(reader: Any, themes: Iterable[Any]) -> dict[Any, dict[dt.date, int]]:
    """How many needs each theme has, by the month in which they were recorded: one query. For no page as they are."""
    found: dict[Any, dict[dt.date, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth_theme_counts(%s, %s)", [reader.id, [theme.pk for theme in themes]])
        for theme, month, needs in cursor.fetchall():
            found[theme][month] = needs
    return found
