"""The figures as a file for a spreadsheet: by kind of panel, by district and by month, and nobody's name."""

from hearth.desk.counts.heard.queries import SPLITS, Taken, Times
from hearth.foundation.core.spreadsheet import csv_file

HEADS = (
    "By", "Which", "Heard", "Median days from brought to decided", "Help began", "Median days from decided to help",
)  # fmt: skip


def csv_of(taken: Taken) -> str:
    """One line each under heads; where there is no middle, the cell is empty."""
    lines = [_line(words, line) for split, words in SPLITS.items() for line in taken.splits[split]]
    return csv_file(HEADS, [*lines, _line("All", taken.total)])


def _line(by: str, line: Times) -> tuple[str | int, ...]:
    return (by, line.name, line.heard, said(line.to_decision), line.helped, said(line.to_help))


def said(days: float | None) -> str:
    """Days as figures: 8, or 8.5; empty where there are none."""
    return "" if days is None else f"{days:g}"
