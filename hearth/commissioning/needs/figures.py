"""What is known of need, side by side by district and by need: figures that name nobody, with small ones left out."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection

from hearth.casework.panels.unmet.figures import Wanted
from hearth.commissioning.needs import rules
from hearth.commissioning.needs.models import EvidenceSource
from hearth.commissioning.needs.population import People, people_of
from hearth.foundation.accounts.models import Area
from hearth.foundation.core.few import without_few
from hearth.foundation.core.pack import find, label_of, pack
from hearth.foundation.core.refusals import refuse
from hearth.intelligence.insight.queries import need_by_district

ALL = ""  # every need, or every district of the reader
COUNTED = (EvidenceSource.UNMET, EvidenceSource.CASES, EvidenceSource.SEARCHES)
ADDS_UP = (EvidenceSource.UNMET,)  # each is of one need: a case may come with several, and a search may be for several
DEFINED = {
    EvidenceSource.UNMET: "Needs that somebody recorded as not met in this month and the 11 before, where they were met. Restricted records "
    "are in no figure.",
    EvidenceSource.CASES: "Cases that are open today whose request for help named it; a case may come with several needs, and one without a "
    "request with none. Restricted families are in no figure.",
    EvidenceSource.SEARCHES: "Searches of the finder in this month and the 11 before that found nothing, or only services that were full. "
    "They are of nobody; a search for two needs counts for each.",
    EvidenceSource.CONCERN: "Families in the district with an open flag of a rule, by what partners' files say. A district of which no file is "
    "held has no figure.",
}  # fmt: skip
PEOPLE = (
    "How many people live in a district is as published, from the feed of population. A rate is a figure for every 1,000 people under 18; "
    "a figure that is not shown has none. Most deprived areas: the three tenths of England’s small areas that the Indices of Deprivation put last."
)
FEW = "too few to show"
NOT_HELD = "Not held"


@dataclass(frozen=True)
class Row:
    """One line: figures by source, None where too few to show; what is not there at all has no figure to show."""

    code: str
    name: str
    figures: dict[str, int | None]
    flagged: str = ""
    intentions: int = 0
    themes: int = 0
    unsaid: tuple[str, ...] = ()  # sources that have no word for the need: no figure, and no nought


@dataclass(frozen=True)
class Rate:
    """One district: who lives there, and figures for every 1,000 of its children, None where not known; `few` are not shown."""

    code: str
    name: str
    people: People | None
    figures: dict[str, Decimal | None]
    few: set[str]

    def said(self, source: str) -> str:
        """As words: a rate is no figure where it is not known, and never a nought."""
        if self.people is None or not self.people.under_18:
            return NOT_HELD
        return FEW if source in self.few else f"{self.figures[source]:,}"


@dataclass
class Beside:
    """Everything that stands side by side, as far as the reader's districts go."""

    areas: dict[str, str]
    area: str = ALL
    cells: dict[tuple[str, str, str], int | None] = field(default_factory=dict)
    concern: dict[str, str] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)
    flags_as_at: dt.date | None = None
    intentions: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    themes: dict[str, int] = field(default_factory=dict)
    people: dict[str, People] = field(default_factory=dict)
    unplaced: bool = False  # a file of population has small areas that name no district

    @property
    def per_thousand(self) -> list[Rate]:
        """Each district: its figures for every 1,000 people under 18, as far as both are known."""
        return [
            Rate(
                row.code,
                row.name,
                there := self.people.get(row.code),
                {source: there.per_thousand(row.figures[source]) if there else None for source in COUNTED},
                {source for source in COUNTED if row.figures[source] is None},
            )
            for row in self.by_area
        ]

    @property
    def by_area(self) -> list[Row]:
        """Each district, with every need together."""
        return [
            Row(
                code,
                name,
                self._of(code, ALL) | {EvidenceSource.CONCERN: None},
                self.concern.get(code, NOT_HELD),
                self.intentions[code, ALL] + self.intentions[ALL, ALL],
                self.themes.get(code, 0),
            )
            for code, name in self.areas.items()
        ]

    @property
    def together(self) -> dict[str, int | None]:
        """Every district and every need together."""
        return self._of(ALL, ALL)

    @property
    def by_need(self) -> list[Row]:
        """Each need, in the district that was asked for or in all: the pack's order."""
        there = {code for _, _, code in self.cells} | {code for _, code in self.intentions}
        needs = [each for each in pack().unmet.needs if not each.retired or each.code in there]
        return [
            Row(
                each.code,
                each.label,
                self._of(self.area, each.code),
                self.flags.get(each.code, ""),
                sum(self.intentions[area, each.code] for area in self._concerned()),
                unsaid=tuple(source for source in COUNTED if source not in speaks_of(each.code)),
            )
            for each in needs
        ]

    def _concerned(self) -> Iterable[str]:
        return (self.area, ALL) if self.area else (*self.areas, ALL)

    def _of(self, area: str, need: str) -> dict[str, int | None]:
        return {source: self.cells.get((source, area, need), 0) for source in COUNTED}


def areas_of(reader: Any) -> dict[str, str]:
    """The reader's districts: code and name, in the order of their names."""
    codes = [each.code for each in pack().areas.districts]
    rows = Area.objects.filter(code__in=codes).order_by("name")
    return {area.code: area.name for area in rows if reader.may(rules.SEES, area)}


def beside(reader: Any, area: str = ALL) -> Beside:
    """All of it: the same few queries whatever there is. What is left out is left out once, whichever district is looked at."""
    refuse(rules.why_not_see_needs(reader))
    names = areas_of(reader)
    found = Beside(names, area if area in names else ALL)
    found.cells = _shown(_counted(reader), list(names))
    for each in need_by_district(reader):
        if each.is_known and each.code in names:
            found.concern[each.code] = FEW if each.families is None else f"{each.families:,}"
    found.flags, found.flags_as_at = _flags(names.get(found.area, ""))
    found.people, found.unplaced = people_of(names)
    return found


def _counted(reader: Any) -> dict[tuple[str, str, str], int]:
    said = [
        (need.code, kind, word)
        for need in pack().unmet.needs
        for kind, words in (("asked", need.asked_as), ("searched", need.searched_as))
        for word in words
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "select source, area, need, counted from hearth_need_counts(%s, %s, %s::text[], %s::text[], %s::text[])",
            [reader.id, Wanted().since, *map(list, zip(*said, strict=True))],
        )
        counted = {(source, area, need): many for source, area, need, many in cursor.fetchall()}
    for (source, area, _), many in list(counted.items()):
        if source in ADDS_UP:
            counted[source, area, ALL] = counted.get((source, area, ALL), 0) + many
    return counted


def _shown(counted: dict[tuple[str, str, str], int], areas: list[str]) -> dict[tuple[str, str, str], int | None]:
    """Every source by district and need, with the sums of both, small ones left out. One district alone is its own sum."""
    fewest = pack().indicators.fewest_shown
    needs = [*dict.fromkeys([each.code for each in pack().unmet.needs] + [need for _, _, need in counted if need])]
    shown: dict[tuple[str, str, str], int | None] = {}
    for source in COUNTED:
        cells: dict[tuple[str, str, str], int] = {
            (source, area, need): counted.get((source, area, need), 0) for area in areas for need in (*needs, ALL)
        }
        cells |= {(source, ALL, need): sum(cells[source, area, need] for area in areas) for need in (*needs, ALL)}
        lines: list[list[tuple[str, str, str]]] = [
            [(source, area, need) for area in (*areas, ALL)] for need in (*needs, ALL)
        ]
        if source in ADDS_UP:
            lines += [[(source, area, need) for need in (*needs, ALL)] for area in (*areas, ALL)]
        shown |= without_few(cells, lines, fewest)
    return shown


def _flags(district: str) -> tuple[dict[str, str], dt.date | None]:
    """What partners' files say that is a sign of a need: how many a rule flags, by need. The run left small ones out."""
    with connection.cursor() as cursor:
        cursor.execute("select as_at, found from hearth_need_flags()")
        row = cursor.fetchone()
    if row is None:
        return {}, None
    by_rule, found = json.loads(row[1]), {}
    for need in pack().unmet.needs:
        if need.flagged_as in by_rule:
            told = _flagged(by_rule[need.flagged_as], district)
            found[need.code] = FEW if told is None else told
    return found, row[0]


def _flagged(rule: dict[str, Any], district: str) -> str | None:
    """As words; None where they are too few. A district in which nobody of that feed lives says so."""
    if not district:
        many = rule.get("flagged")
    else:
        lines = {group: flagged for group, flagged, _ in rule.get("district", ())}
        if district not in lines:
            return NOT_HELD
        many = lines[district]
    return None if many is None else f"{many:,}"


def speaks_of(code: str) -> list[EvidenceSource]:
    """The sources that have a word for a need."""
    need = find(pack().unmet.needs, code)
    named = {
        EvidenceSource.UNMET: True,
        EvidenceSource.CASES: bool(need and need.asked_as),
        EvidenceSource.SEARCHES: bool(need and need.searched_as),
    }
    return [source for source, there in named.items() if there]


def need_words(code: str) -> str:
    """A need as the pack words it; every need, for none."""
    return label_of(pack().unmet.needs, code) if code else "Every need"
