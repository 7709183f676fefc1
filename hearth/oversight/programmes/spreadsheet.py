"""Accepted claims as a file for a spreadsheet: references, days and sums, and no names."""

from collections.abc import Iterable

from hearth.foundation.core.spreadsheet import csv_file
from hearth.oversight.programmes.queries import ListedClaim

HEADS = (
    "Claim", "Case", "Programme", "Version", "As at", "Made by", "Checked by", "Accepted on", "Pounds", "Stands today",
    "SHA-256 of the evidence",
)  # fmt: skip


def file_of(rows: Iterable[ListedClaim]) -> str:
    """One line a claim, under heads."""
    return csv_file(HEADS, (_cells(row) for row in rows))


def _cells(row: ListedClaim) -> list[str | int]:
    claim = row.claim
    return [
        claim.reference, row.case, claim.framework, claim.framework_version, claim.as_at.isoformat(), claim.made_by.full_name,
        claim.checked_by.full_name if claim.checked_by else "", claim.accepted_at.date().isoformat() if claim.accepted_at else "",
        claim.pounds if claim.pounds is not None else "", row.holding.words if row.holding else "", claim.digest,
    ]  # fmt: skip
