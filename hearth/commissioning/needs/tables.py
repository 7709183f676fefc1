"""The tables that can be taken away, each with what its figures mean."""

from collections.abc import Callable
from typing import Any

from hearth.commissioning.needs import figures, queries
from hearth.commissioning.needs.models import EvidenceSource
from hearth.foundation.core import clock
from hearth.foundation.core.spreadsheet import Cell, Sheet
from hearth.records.money.tables import amount

COUNTED_HEADS = ("Needs recorded as not met", "Open cases", "Searches with nothing to offer")
POPULATION = "None of these is a rate: a district with more may only have more people. Rates are in the table of every 1,000 children."


def _means(*sources: EvidenceSource) -> str:
    told = [f"{source.label}: {figures.DEFINED[source]}" for source in sources]
    return " ".join(
        [
            *told,
            f"A small figure is left out, and with it sometimes the next. {POPULATION} As at {clock.today():%d/%m/%Y}.",
        ]
    )


def _cells(found: dict[str, int | None], unsaid: tuple[str, ...] = ()) -> list[Cell]:
    told: list[Cell] = [figures.FEW if found[source] is None else int(found[source] or 0) for source in figures.COUNTED]
    return ["" if source in unsaid else cell for source, cell in zip(figures.COUNTED, told, strict=True)]


def by_area(reader: Any, wanted: queries.Wanted) -> Sheet:
    """Each district, with every need together."""
    found = queries.needs_by_area(reader, wanted.area)
    rows: list[list[Cell]] = [
        [row.name, *_cells(row.figures), row.flagged, row.themes, row.intentions] for row in found.by_area
    ]
    rows.append(["Together", *_cells(found.together), "", "", ""])
    return Sheet(
        "Needs by district",
        _means(*figures.COUNTED, EvidenceSource.CONCERN) + " Themes: of unmet need, not closed. Intentions: not withdrawn, with those for "
        "the whole authority.",
        ("District", *COUNTED_HEADS, "Families of concern", "Themes", "Intentions"),
        rows,
    )  # fmt: skip


def per_thousand(reader: Any, wanted: queries.Wanted) -> Sheet:
    """Each district: who lives there, and its figures for every 1,000 people under 18."""
    found = queries.needs_by_area(reader, wanted.area)
    rows: list[list[Cell]] = []
    for row in found.per_thousand:
        there = row.people
        told = [there.people, there.under_18, there.deprived_share] if there else [None] * 3
        rows.append(
            [
                row.name, *("" if figure is None else figure for figure in told), *map(row.said, figures.COUNTED),
                f"{there.sent_by}, as at {there.as_at:%d/%m/%Y}" if there else figures.NOT_HELD,
            ]
        )  # fmt: skip
    return Sheet(
        "Needs for every 1,000 children",
        f"{figures.PEOPLE} " + " ".join(f"{source.label}: {figures.DEFINED[source]}" for source in figures.COUNTED) +
        f" As at {clock.today():%d/%m/%Y}.",
        ("District", "People", "People under 18", "Of 100 people, in the most deprived areas", *(f"{head} per 1,000" for head in COUNTED_HEADS),
         "Population from"),
        rows,
    )  # fmt: skip


def by_need(reader: Any, wanted: queries.Wanted) -> Sheet:
    """Each need, in the district that was asked for or in all."""
    found = queries.needs_by_area(reader, wanted.area)
    where = found.areas.get(found.area, "Every district you see")
    return Sheet(
        "Needs by kind",
        _means(*figures.COUNTED)
        + " Empty: it has no word for that need. Flagged: people whom a rule flags for a sign of it, by what partners' files say.",
        ("Need", "District", *COUNTED_HEADS, "Flagged in partners' files", "Intentions"),
        [[row.name, where, *_cells(row.figures, row.unsaid), row.flagged, row.intentions] for row in found.by_need],
    )


def intentions(reader: Any, wanted: queries.Wanted) -> Sheet:
    """Each intention that the reader sees, with its indicative amount where they may know it."""
    rows = list(queries.intentions(reader, wanted))
    pence, answered = queries.amounts_of(reader, rows), queries.themes_answered(reader, rows)
    return Sheet(
        "Intentions",
        "What is meant to be bought. Indicative amount: pounds, which commit nothing. Answers: themes of unmet need whose answer cites it. "
        f"As at {clock.today():%d/%m/%Y}.",
        ("What", "District", "Needs", "By when", "State", "Indicative amount", "Who answers for it", "Answers", "Reference"),
        [
            [
                row.title, row.where, ", ".join(figures.need_words(code) for code in row.needs), row.buy_by.isoformat(),
                row.get_state_display(), amount(pence[row.pk]) if row.pk in pence else "", row.owner.full_name,
                ", ".join(answered[row.pk]), row.reference,
            ]
            for row in rows
        ],
    )  # fmt: skip


TABLES: dict[str, Callable[[Any, queries.Wanted], Sheet]] = {
    "by_area": by_area, "per_thousand": per_thousand, "by_need": by_need, "intentions": intentions,
}  # fmt: skip
