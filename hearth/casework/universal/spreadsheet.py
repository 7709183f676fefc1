"""The list of universal activity as a file for a spreadsheet."""

from collections.abc import Iterable

from hearth.casework.universal.models import BANDS, UniversalActivity
from hearth.casework.universal.queries import achievement_words, kind_words, setting_words
from hearth.foundation.core.spreadsheet import csv_file

HEADS = (
    "Reference", "Date", "What was done", "Kind", "Where", "District", "Organisation", "Team",
    *(label for _, label in BANDS), "Everybody", "What it achieved", "How we know", "Taken back because",
)  # fmt: skip


def csv_of(rows: Iterable[UniversalActivity]) -> str:
    """One line an activity, under heads."""
    return csv_file(HEADS, (_cells(row) for row in rows))


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
