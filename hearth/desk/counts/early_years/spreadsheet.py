"""The figures as lines of a file. What was not sent and what is too small say so: neither is a nought."""

from hearth.desk.counts.early_years.drawing import words_of
from hearth.intelligence.insight.entitlement.reporting import Line, Report, term_words

HEADS = (
    "Term", "Age", "District", "Places", "Children eligible", "Children taking up", "Take-up, of 100 eligible", "Places for 100 eligible",
)  # fmt: skip
DEFINITION = (
    "Children taking up a place that the entitlement pays for, of a hundred who are eligible (take-up), and places offered for a hundred who are "
    "eligible (whether there is enough), by district, age and term, as the feed sent them."
)


def rows_of(report: Report) -> list[tuple[str | int, ...]]:
    """One line for each age and district of the term."""
    if not report.term:
        return []
    term = term_words(report.term)
    return [(term, age.name, line.name, *_cells(line)) for age in report.ages for line in (*age.lines, age.total)]


def _cells(line: Line) -> list[str | int]:
    cells = (line.places, line.eligible, line.taking_up, line.take_up, line.sufficiency)
    missing = words_of(line, None)
    return [missing if cell is None else cell for cell in cells]
