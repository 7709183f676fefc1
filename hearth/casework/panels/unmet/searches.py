"""Searches of the finder that had nothing to offer, in figures beside what was recorded. Small figures are left out: they may be somebody."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection

from hearth.casework.panels.unmet import rules
from hearth.casework.panels.unmet.figures import Figures, Line, Wanted
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.refusals import refuse

OUTCOMES = {"nothing": "Searches that found nothing", "full": "Searches where all that fitted was full"}
DEFINITION = (
    "Needs that somebody recorded as not met, and beside them searches of the finder that found nothing, or only what was full: an hour's searches "
    "of one address count once. Small figures are left out, as they may be somebody."
)
UNKNOWN = "District not known"
NOT_UNDERSTOOD = "Not understood"


@dataclass(frozen=True)
class Beside:
    """One line: needs that were recorded (none where they cannot be laid beside), and searches by outcome; none: too few to show."""

    name: str
    recorded: int | None
    nothing: int | None
    full: int | None
    is_counted: bool = True  # a month before the first search that was counted is not
    recorded_few: bool = False  # too few needs were recorded to show how many


@dataclass(frozen=True)
class Sought:
    """Everything that is shown of searches. `any` is whether one was counted at all."""

    any: bool = False
    needs: list[Beside] = field(default_factory=list)
    areas: list[Beside] = field(default_factory=list)
    months: list[Beside] = field(default_factory=list)
    total: Beside = Beside("All", None, None, None)
    workers: Beside = Beside("By workers", None, None, None)

    @property
    def drawn(self) -> list[Line]:
        """Searches by month as they are drawn: where a figure is left out, words stand in its place."""
        return [
            Line("", each.name, (each.nothing or 0) + (each.full or 0), told="" if _told(each) else "few")
            for each in self.months
        ]


def _told(line: Beside) -> bool:
    return line.nothing is not None and line.full is not None


def searches(reader: Any, wanted: Wanted, recorded: Figures) -> Sought:
    """Searches by need, district and month beside what was recorded, as far as the reader's role goes: one query."""
    refuse(rules.why_not_see_unmet(reader))
    counted: dict[str, dict[str, dict[str, int]]] = {
        split: {outcome: defaultdict(int) for outcome in OUTCOMES} for split in ("need", "area", "month", "workers")
    }
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth_search_counts(%s, %s, %s)", [reader.id, wanted.since, wanted.area])
        for split, code, outcome, many in cursor.fetchall():
            counted[split][outcome][code] = int(many)
    months = {month.isoformat(): f"{month:%B %Y}" for month in wanted.months}
    areas = {line.code: None if line.told else line.needs for line in recorded.splits.get("area", [])}
    by_month = {
        dt.date.isoformat(month): None if line.told else line.needs
        for month, line in zip(
            wanted.months, recorded.months, strict=False
        )  # none, where small ones could be worked out
    }
    all_ = {outcome: {"": sum(found.values())} for outcome, found in counted["month"].items()}
    first = min(_codes(counted["month"]), default="9999")
    by_months = [
        line if code >= first else replace(line, is_counted=False)
        for code, line in zip(months, _lines(counted["month"], months, by_month), strict=True)
    ]
    return Sought(
        any=any(found[""] for found in all_.values()),
        needs=_lines(counted["need"], _need_names(counted["need"]), {}),
        areas=_lines(counted["area"], _area_names([*areas, *_codes(counted["area"])]), areas),
        months=by_months,
        total=_lines(all_, {"": "All"}, {"": recorded.total})[0],
        workers=_lines(counted["workers"], {"": "By workers"}, {})[0],
    )


def _codes(counted: Mapping[str, Mapping[str, int]]) -> list[str]:
    return [code for found in counted.values() for code in found]


def _need_names(counted: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    needs = pack().directory.needs
    order = sorted({*_codes(counted)}, key=lambda code: -sum(found.get(code, 0) for found in counted.values()))
    return {code: label_of(needs, code) if code else NOT_UNDERSTOOD for code in order}


def _area_names(codes: Iterable[str]) -> dict[str, str]:
    wanted = set(codes)
    names = {each.code: each.name for each in pack().areas.districts if each.code in wanted}
    return names | ({"": UNKNOWN} if "" in wanted else {})


def _lines(
    counted: Mapping[str, Mapping[str, int]], names: Mapping[str, str], recorded: Mapping[str, int | None]
) -> list[Beside]:
    shown = {outcome: without_few({code: found.get(code, 0) for code in names}) for outcome, found in counted.items()}
    return [
        Beside(
            name,
            recorded.get(code, 0 if recorded and code else None),
            shown["nothing"][code],
            shown["full"][code],
            recorded_few=code in recorded and recorded[code] is None,
        )
        for code, name in names.items()
    ]


def without_few(counted: Mapping[str, int]) -> dict[str, int | None]:
    """Figures without those that may be somebody; and where one alone is left out, the next smallest as well, or it could be worked out."""
    fewest = pack().indicators.fewest_shown
    shown: dict[str, int | None] = {
        code: many if many == 0 or many >= fewest else None for code, many in counted.items()
    }
    others = sorted((many, code) for code, many in shown.items() if many)
    if len(others) + 1 == sum(many != 0 for many in shown.values()) and others and len(shown) > 1:
        shown[others[0][1]] = None
    return shown


HEADS = ("By", "Which", "Needs recorded", *OUTCOMES.values())
FEW = "too few to show"


def rows_of(sought: Sought) -> list[tuple[str | int, ...]]:
    """The same as lines of a file. What is left out says so, and what cannot be told is empty: neither is a nought."""
    found: list[tuple[str | int, ...]] = []
    for by, lines in (
        ("Month", sought.months),
        ("District", sought.areas),
        ("Need", sought.needs),
        ("", [sought.total, sought.workers]),
    ):
        for line in lines:
            told = (line.nothing, line.full) if line.is_counted else ("", "")
            cells = [FEW if many is None else many for many in told]
            recorded = FEW if line.recorded_few else "" if line.recorded is None else line.recorded
            found.append((by, line.name, recorded, *cells))
    return found
