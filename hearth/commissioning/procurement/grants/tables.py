"""The tables that can be taken away, each with what its figures mean."""

from collections.abc import Callable
from typing import Any

from hearth.commissioning.needs.figures import need_words
from hearth.commissioning.procurement.grants import queries
from hearth.commissioning.procurement.grants.bids import queries as bids
from hearth.foundation.core import clock
from hearth.foundation.core.spreadsheet import Cell, Sheet
from hearth.records.money.tables import amount


def _needs(codes: list[str]) -> str:
    return ", ".join(need_words(code) for code in codes)


def rounds(reader: Any) -> Sheet:
    """Each round that the reader may know of."""
    rows = list(queries.rounds(reader))
    given = queries.given(reader, rows)
    return Sheet(
        "Rounds of grants",
        "Pounds. In all: what the round gives. Awarded: what was awarded of it so far, where the reader sees all of that. As at "
        f"{clock.today():%d/%m/%Y}.",
        ("Round", "District", "Needs", "In all", "Most for one", "Awarded", "First day", "Last day", "Reference"),
        [
            [
                row.title, row.where, _needs(row.needs), amount(row.pence), amount(row.most_pence),
                amount(given[row.pk]) if row.pk in given else "", row.opens_on.isoformat(), row.closes_on.isoformat(), row.reference,
            ]
            for row in rows
        ],
    )  # fmt: skip


def applications(reader: Any) -> Sheet:
    """Each application that the reader may read."""
    rows: list[list[Cell]] = [
        [
            row.title, row.organisation.name, row.round.title, row.round.where, need_words(row.need), row.get_state_display(),
            amount(row.pence), amount(row.awarded_pence) if row.awarded_pence else "", amount(row.paid_pence) if row.paid_pence else "",
            row.reasons, row.reference,
        ]
        for row in queries.applications(reader)
    ]  # fmt: skip
    return Sheet(
        "Grant applications",
        "Pounds. Asked: what the organisation asked for. Awarded: committed in the ledger. Paid: what was paid of it. Only applications that "
        f"the reader may read. As at {clock.today():%d/%m/%Y}.",
        ("What", "Organisation", "Round", "District", "Need", "State", "Asked", "Awarded", "Paid", "Told", "Reference"),
        rows,
    )  # fmt: skip


def outside_bids(reader: Any) -> Sheet:
    """Each bid that the reader may read."""
    return Sheet(
        "Outside bids",
        f"Pounds that a partner asks of somebody else, and what the authority said of it. As at {clock.today():%d/%m/%Y}.",
        ("What", "Organisation", "Of whom", "District", "Needs", "Amount", "Due", "State", "Said", "Beside", "Reference"),
        [
            [
                row.title, row.organisation.name, row.funder, row.where, _needs(row.needs), amount(row.pence), row.due_on.isoformat(),
                row.get_state_display(), row.words, ", ".join(row.beside), row.reference,
            ]
            for row in bids.outside_bids(reader)
        ],
    )  # fmt: skip


TABLES: dict[str, Callable[[Any], Sheet]] = {
    "rounds": rounds,
    "applications": applications,
    "outside_bids": outside_bids,
}
