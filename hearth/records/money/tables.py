"""The tables that can be taken away, each with what its figures mean."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.spreadsheet import Cell, Sheet
from hearth.records.money import queries
from hearth.records.money.models import Entry
from hearth.records.money.queries import Wanted

ENTRY_HEADS = (
    "What happened", "Source", "District", "Year", "Purpose", "Date", "Amount", "With whom", "What for", "Voucher",
    "Reference", "Commitment", "Reverses", "Reversed by", "Posted by",
)  # fmt: skip


def amount(pence: int) -> Decimal:
    """Pence as pounds, exact."""
    return Decimal(pence).scaleb(-2)


def sources(reader: Any, wanted: Wanted) -> Sheet:
    """Each source, and where all of its money stands."""
    rows: list[list[Cell]] = [
        [
            found.fund.name, found.fund.given_by, found.fund.begins_on.isoformat(),
            found.fund.ends_on.isoformat() if found.fund.ends_on else "", amount(found.received), amount(found.elsewhere),
            amount(found.allocated), amount(found.to_allocate), amount(found.not_explained), found.fund.words,
        ]
        for found in queries.statements(reader)
    ]  # fmt: skip
    return Sheet(
        "Sources",
        "Pounds. Received: what the source gave. Used elsewhere: for what this ledger does not follow. Allocated: to a district or to "
        "the whole authority, wherever it stands now. Still to allocate: what is left of a source that has not ended. Not explained: "
        f"what nobody was given of a source whose last day has passed. As at {clock.today():%d/%m/%Y}.",
        ("Source", "From whom", "First day", "Last day", "Received", "Used elsewhere", "Allocated", "Still to allocate", "Not explained", "What for"),
        rows,
    )  # fmt: skip


def shares(reader: Any, wanted: Wanted) -> Sheet:
    """Each share, and how much of it is left."""
    rows: list[list[Cell]] = [
        [
            row.where, row.in_year, row.fund.name, row.purpose, amount(row.allocated), amount(row.committed), amount(row.paid),
            amount(row.available), row.reference,
        ]
        for row in queries.shares(reader, wanted)
    ]  # fmt: skip
    return Sheet(
        "Shares",
        "Pounds. Allocated: given to that district, or to the whole authority, in that financial year for that purpose. Committed: promised "
        f"and not paid. Paid: less what came back. Left: allocated and neither committed nor paid. As at {clock.today():%d/%m/%Y}.",
        ("District", "Year", "Source", "Purpose", "Allocated", "Committed", "Paid", "Left", "Reference"),
        rows,
    )  # fmt: skip


def entries(reader: Any, wanted: Wanted) -> Sheet:
    """Each entry of the ledger that the reader sees, the first first."""
    rows = Entry.objects.visible_to(reader).select_related(
        "fund", "share__area", "commitment", "reverses", "reversed_by", "posted_by"
    )
    if wanted.filters:
        rows = rows.filter(share__in=queries.shares(reader, wanted).values("pk"))
    return Sheet(
        "Entries",
        "Pounds. One line for each entry, which moves its amount: Received from a source; Allocated to a share; Committed, Released, Paid "
        "or Recovered within it; Used elsewhere. A reversed entry and its reversal together move nothing.",
        ENTRY_HEADS,
        [_entry(row) for row in rows.order_by("happened_on", "created_at", "id")],
    )


def _entry(row: Entry) -> list[Cell]:
    share = row.share
    return [
        row.get_kind_display(), row.fund.name, share.where if share else "", share.in_year if share else "",
        share.purpose if share else "", row.happened_on.isoformat(), amount(row.pence), row.with_whom, row.words, row.voucher,
        row.reference, row.commitment.reference if row.commitment else "", row.reverses.reference if row.reverses else "",
        row.reversed_by.reference if row.is_reversed else "", row.posted_by.full_name,
    ]  # fmt: skip


TABLES: dict[str, Callable[[Any, Wanted], Sheet]] = {"sources": sources, "shares": shares, "entries": entries}
