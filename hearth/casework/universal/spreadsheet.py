"""The list of universal activity as a file for a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from hearth.casework.universal.models import BANDS, UniversalActivity
from hearth.casework.universal.queries import achievement_words, kind_words, setting_words

HEADS = (
    "Reference", "Date", "What was done", "Kind", "Where", "District", "Organisation", "Team",
    *(label for _, label in BANDS), "Everybody", "What it achieved", "How we know", "Taken back because",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet read a cell as something to work out


def csv_of(rows: Iterable[UniversalActivity]) -> str:
    """One line an activity, under heads; with the mark by which spreadsheets know that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in _cells(row)])
    return "\ufeff" + out.getvalue()


def _cells(row: UniversalActivity) -> list[str | int]:
    return [
        row.reference,
        row.happened_on.isoformat(),
        row.what,
        kind_words(row.kind),
        setting_words(row.setting),
        row.area.name,
        row.organisation.name,
        row.team.name if row.team else "",
        *(getattr(row, name) for name, _ in BANDS),
        row.people,
        "; ".join(achievement_words(row.achievements)),
        row.how_we_know,
        row.withdrawn_why,
    ]


def _harmless(cell: str | int) -> str | int:
    """What somebody typed is never a formula in somebody else's spreadsheet."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
