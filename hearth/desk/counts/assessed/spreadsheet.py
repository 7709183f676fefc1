"""The figures as a file for a spreadsheet: by month, by district and by agency, and nobody's name."""

from hearth.desk.counts.assessed.queries import ASKED, MADE, Split
from hearth.foundation.core.spreadsheet import csv_file

HEADS = (
    "By",
    "Which",
    *(f"Assessments: {words}" for words in MADE.values()),
    *(f"Social care: {words}" for words in list(ASKED.values())[:1]),
    *(f"Social care, assessment first: {words}" for words in list(ASKED.values())[1:]),
)


def csv_of(assessments: Split, referrals: Split) -> str:
    """One line a month, district and agency, under heads; a district that is not open yet has empty cells."""
    lines: list[tuple[str | int, ...]] = []
    for by, of in (("Month", "months"), ("District", "areas"), ("Agency", "agencies")):
        made = {line.key: line for line in getattr(assessments, of)}
        asked = {line.key: line for line in getattr(referrals, of)}
        for key, line in (made | asked).items():
            if line.opens_on:
                lines.append((by, line.name, *[""] * (len(MADE) + len(ASKED))))
                continue
            here = made[key].figures if key in made else (0,) * len(MADE)
            lines.append((by, line.name, *here, *(asked[key].figures if key in asked else (0,) * len(ASKED))))
    lines.append(("All", assessments.total.name, *assessments.total.figures, *referrals.total.figures))
    return csv_file(HEADS, lines)
