"""What a reader is shown of the figures: all of them where they hold the families or work the themes, else without small ones.

A figure may be somebody. Whoever could look into it, into families or into needs without a name, is shown it. To others it says that it is
too few, and so does the next where it could be worked out: the same cells, districts by needs of one year, are left out on every page and
in what stands side by side for commissioning. What such a reader narrows has no further splits, for these could be taken from the whole.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from hearth.casework.panels.unmet import figures as counted
from hearth.casework.panels.unmet import rules
from hearth.casework.panels.unmet.figures import Figures, Line, Sums, Wanted
from hearth.casework.panels.unmet.models import UnmetNeed
from hearth.casework.panels.unmet.reach import ANSWERS, WORKS
from hearth.foundation.accounts.models import Area
from hearth.foundation.core.few import without_few
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse

HOLDS = "open_open_families_in_area"
ALL = ""
TOTAL = "total"
Cell = tuple[str, str, str]  # as in commissioning/needs: where small ones are left out, the same are


def holds(reader: Any, area: Any) -> bool:
    """Whether somebody may look into what is counted in a district: into its families, or into its needs without a name."""
    return bool(reader.may(HOLDS, area) or reader.may(WORKS, area))


def districts(reader: Any) -> tuple[list[str], list[str]]:
    """The districts that the reader is shown figures of: those that they hold, and the others. One query."""
    codes = [each.code for each in pack().areas.districts]
    rows = list(Area.objects.filter(code__in=codes).order_by("name"))
    sees = reader.may("see_counts")
    shown = [area for area in rows if sees or reader.may(WORKS, area) or reader.may(ANSWERS, area)]
    held = [area.code for area in shown if holds(reader, area)]
    return held, [area.code for area in shown if area.code not in held]


def figures(reader: Any, wanted: Wanted) -> Figures:
    """Counts by need and month, district, reason, age and wait, as far as the reader's role goes: the same few queries whatever there is.

    Small ones are left out of one year, whatever was asked: of two lengths of time the difference is a figure too.
    """
    refuse(rules.why_not_see_unmet(reader))
    held, others = districts(reader)
    leaves_out = wanted.area not in held if wanted.area else bool(others)
    if not leaves_out:
        return counted.whole(counted.sums(reader, wanted), wanted)
    wanted = replace(wanted, period="year")
    everything = counted.sums(reader, Wanted())
    seen = counted.sums(reader, Wanted(), held) if held else Sums()
    cells = _cells(everything, seen, held, others)
    if wanted.area or wanted.need:
        return _narrowed(wanted, everything, cells)
    return _unnarrowed(wanted, everything, seen, cells)


def _cells(everything: Sums, seen: Sums, held: list[str], others: list[str]) -> dict[Cell, int | None]:
    """Districts by needs with the sums of both, without small ones: of the districts that the reader does not hold."""
    areas = sorted(others)
    needs = [*dict.fromkeys([each.code for each in pack().unmet.needs] + [need for _, need in everything.cells])]
    cells: dict[Cell, int] = {
        ("unmet", area, need): everything.cells.get((area, need), 0) for area in areas for need in needs
    }
    cells |= {("unmet", area, ALL): sum(cells["unmet", area, need] for need in needs) for area in areas}
    cells |= {("unmet", ALL, need): sum(cells["unmet", area, need] for area in areas) for need in (*needs, ALL)}
    lines: list[list[Cell]] = [[("unmet", area, need) for area in (*areas, ALL)] for need in (*needs, ALL)]
    lines += [[("unmet", area, need) for need in (*needs, ALL)] for area in (*areas, ALL)]
    shown = without_few(cells, lines, pack().indicators.fewest_shown)
    for area in held:  # theirs are shown whole, and stand in no sum of the others
        for need in needs:
            shown["unmet", area, need] = everything.cells.get((area, need), 0)
        shown["unmet", area, ALL] = sum(everything.cells.get((area, need), 0) for need in needs)
    for need in (*needs, ALL):
        theirs = sum(many for (area, code), many in seen.cells.items() if need in (code, ALL))
        many = shown["unmet", ALL, need]
        shown["unmet", ALL, need] = None if many is None else many + theirs
    return shown


def _narrowed(wanted: Wanted, everything: Sums, cells: dict[Cell, int | None]) -> Figures:
    """A district, a need or both: the cell, and what it is made of the other way."""
    splits: dict[str, list[Line]] = {}
    if not (wanted.area and wanted.need):
        by = "need" if wanted.area else "area"
        found = {
            (need if wanted.area else area): many
            for (_, area, need), many in cells.items()
            if (area == wanted.area and need if wanted.area else need == wanted.need and area)
        }
        real = {
            (need if wanted.area else area): many
            for (area, need), many in everything.cells.items()
            if (wanted.area or area) == area and (wanted.need or need) == need
        }
        splits[by] = counted.lines_of_split(by, real, {code for code, many in found.items() if many is None})
    return Figures(wanted, total=cells.get(("unmet", wanted.area, wanted.need), 0), splits=splits, leaves_out=True)


def _unnarrowed(wanted: Wanted, everything: Sums, seen: Sums, cells: dict[Cell, int | None]) -> Figures:
    """Every district and need together: both, and the splits and months that add up to their sum."""
    total, fewest = cells["unmet", ALL, ALL], pack().indicators.fewest_shown
    hidden = everything.total - seen.total
    splits: dict[str, list[Line]] = {}
    for split, found in everything.splits.items():
        if split in ("need", "area"):
            where = {
                code: cells.get(("unmet", ALL, code) if split == "need" else ("unmet", code, ALL)) for code in found
            }
            few = {code for code, many in where.items() if many is None}
        else:
            few = _few(
                {code: many - seen.splits[split].get(code, 0) for code, many in found.items()}, hidden, total, fewest
            )
        splits[split] = counted.lines_of_split(split, found, few)
    months = {month: everything.months.get(month, 0) for month in wanted.months}
    few_months = _few(
        {month: many - seen.months.get(month, 0) for month, many in months.items()}, hidden, total, fewest
    )
    return Figures(
        wanted,
        total=total,
        splits=splits,
        months=counted.lines_of(
            (f"{month:%B %Y}", None if month in few_months else many) for month, many in months.items()
        ),
        leaves_out=True,
    )


def _few(parts: dict[Any, int], hidden: int, total: int | None, fewest: int) -> set[Any]:
    """Which parts of a sum are left out, where that sum is told or left out elsewhere."""
    cells = {**parts, TOTAL: hidden}
    shown = without_few(cells, [list(cells)], fewest, left_out={TOTAL} if total is None else set(), kept={TOTAL})
    return {part for part in parts if shown[part] is None}


@dataclass(frozen=True)
class OfTheme:
    """How many needs a theme has (none: too few to show), and by month of the last two years."""

    total: int | None
    months: list[Line]


def of_themes(reader: Any, themes: Iterable[Any]) -> dict[Any, OfTheme]:
    """Each of these themes in figures, for whoever may see figures: two queries, or one where the reader works all of them.

    Where they neither work it nor may open its families, what they may not open is left out where it is few.
    """
    rows = list(themes)
    found = counted.theme_counts(reader, rows)
    unheld = [theme for theme in rows if theme.pk in found and not holds(reader, theme.area)]
    opened = _opened(reader, unheld) if unheld and may_open_some(reader) else {}
    return {
        theme.pk: _of_theme(found[theme.pk], opened.get(theme.pk, {}) if theme in unheld else found[theme.pk])
        for theme in rows
        if theme.pk in found
    }


def may_open_some(reader: Any) -> bool:
    """Whether the reader may open any family or request at all: to others a figure is a figure, and no link."""
    return any(reader.may(each) for each in ("work_case", "see_requests_in_area", HOLDS))


def _opened(reader: Any, themes: list[Any]) -> dict[Any, dict[dt.date, int]]:
    """Of each theme, how many needs by month the reader may open into names."""
    rows = UnmetNeed.objects.opened_to(reader).filter(theme__in=[theme.pk for theme in themes], withdrawn_at=None)
    found: dict[Any, dict[dt.date, int]] = {}
    for theme, on in rows.values_list("theme_id", "recorded_on"):
        months = found.setdefault(theme, {})
        months[on.replace(day=1)] = months.get(on.replace(day=1), 0) + 1
    return found


def _of_theme(counts: dict[dt.date, int], opened: dict[dt.date, int]) -> OfTheme:
    shown_months = [month for month in Wanted(period="two_years").months if month >= min(counts)]
    hidden: dict[Any, int] = {month: counts.get(month, 0) - opened.get(month, 0) for month in shown_months}
    total = sum(counts.values())
    hidden[TOTAL] = total - sum(opened.values())
    hidden["earlier"] = hidden[TOTAL] - sum(hidden[month] for month in shown_months)
    shown = without_few(hidden, [list(hidden)], pack().indicators.fewest_shown)
    lines = counted.lines_of(
        (f"{month:%B %Y}", None if shown[month] is None else counts.get(month, 0)) for month in shown_months
    )
    return OfTheme(None if shown[TOTAL] is None else total, lines)
