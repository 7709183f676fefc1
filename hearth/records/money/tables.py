"""The tables that can be taken away, each with what its figures mean."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Q

from hearth.foundation.core import clock
from hearth.foundation.core.spreadsheet import Cell, Sheet
from hearth.records.money import queries
from hearth.records.money.models import Budget, Entry, EntryKind
from hearth.records.money.queries import Wanted

ENTRY_HEADS = (
    "What happened", "Source", "District", "Year", "Purpose", "Date", "Amount", "With whom", "What for", "Voucher",
    "Budget", "Reference", "Commitment", "Reverses", "Reversed by", "Posted by",
)  # fmt: skip
ENTRIES = (
    "Pounds. One line for each entry, which moves its amount: Received from a source; Allocated to a share; Committed, Released, Paid "
    "or Recovered within it; Put into a budget of it, or taken back; Used elsewhere. A reversed entry and its reversal together move nothing."
)


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
        "fund", "share__area", "commitment", "reverses", "reversed_by", "posted_by", "budget"
    )
    if wanted.filters:
        rows = rows.filter(share__in=queries.shares(reader, wanted).values("pk"))
    return Sheet(
        "Entries",
        ENTRIES,
        ENTRY_HEADS,
        [_entry(row) for row in sorted(rows, key=_as_posted)],
    )


def entries_of(reader: Any, kind: str, reference: str) -> Sheet | None:
    """The entries of one source or share, or one entry with what followed it; none where the reader sees no such thing."""
    of: dict[str, Q] = {
        "fund": Q(fund__reference=reference), "share": Q(share__reference=reference),
        "entry": Q(reference=reference) | Q(commitment__reference=reference),
    }  # fmt: skip
    if kind not in of:
        return None
    rows = Entry.objects.visible_to(reader).filter(of[kind])
    rows = rows.select_related("fund", "share__area", "commitment", "reverses", "reversed_by", "posted_by", "budget")
    found = sorted(rows, key=_as_posted)
    return Sheet("Entries", f"{reference}. {ENTRIES}", ENTRY_HEADS, [_entry(row) for row in found]) if found else None


def _as_posted(row: Entry) -> tuple[Any, ...]:
    """In the order in which they were posted: only so can each be posted again after what it rests on."""
    return row.created_at, list(EntryKind).index(EntryKind(row.kind)), row.happened_on, row.reference


def budgets(reader: Any, wanted: Wanted) -> Sheet:
    """Each budget as it is loaded again; what is in it, the entries say."""
    found = Budget.objects.visible_to(reader).select_related("share__fund", "share__area", "holder")
    rows: list[list[Cell]] = [
        [
            row.name, row.share.fund.name, row.share.where, row.share.in_year, row.share.purpose, row.get_kind_display(), row.holder.email,
            amount(row.by_rule_pence), amount(row.most_pence), row.ends_on.isoformat() if row.ends_on else "", row.ended_why,
        ]
        for row in found.order_by("created_at", "id")
    ]  # fmt: skip
    return Sheet(
        "Budgets",
        "Each budget of a share: whose it is, who answers for it, what is approved by rule and by its holder, and why it ended if it did. "
        "What was put into it, and what of that is left, is what the entries that name it come to.",
        ("Budget", "Source", "District", "Year", "Purpose", "Whose", "Held by", "By rule up to", "Approves up to", "Last day", "Ended because"),
        rows,
    )  # fmt: skip


def _entry(row: Entry) -> list[Cell]:
    share = row.share
    return [
        row.get_kind_display(), row.fund.name, share.where if share else "", share.in_year if share else "",
        share.purpose if share else "", row.happened_on.isoformat(), amount(row.pence), row.with_whom, row.words, row.voucher,
        row.budget.name if row.budget else "", row.reference,
        row.commitment.reference if row.commitment else "", row.reverses.reference if row.reverses else "",
        row.reversed_by.reference if row.is_reversed else "", row.posted_by.full_name,
    ]  # fmt: skip


TABLES: dict[str, Callable[[Any, Wanted], Sheet]] = {"sources": sources, "shares": shares, "entries": entries}
# The whole ledger as one workbook, which loads into an empty one.
WHOLE = (sources, budgets, entries)
