"""The report of missed opportunities as lines of a file. What is not held, was not sent or is left out says so: none of them is a nought."""

from hearth.desk.pathway.drawing import words_of
from hearth.intelligence.insight.touchpoints.reporting import Cell, Report

HEADS = ("District", "Touchpoint", "Children whose time was over", "Missed", "As at")
DEFINITION = (
    "Children who went without a touchpoint of the pathway, by what partners sent: due in the last year, its whole time has passed, and nobody "
    "had seen the child when the file was made, nor recorded it since. All districts are the sum of those whose figures are shown."
)


def rows_of(report: Report) -> list[tuple[str | int, ...]]:
    """One line for each district and touchpoint; all districts last."""
    if report.as_at is None:
        return []
    labels, day = {point.code: point.label for point in report.points}, report.as_at.isoformat()
    return [
        (line.name, labels[cell.code], _figure(cell, cell.of), _figure(cell, cell.missed), day)
        for line in (*report.lines, report.total)
        for cell in line.cells
    ]


def _figure(cell: Cell, figure: int | None) -> str | int:
    if figure is None or not cell.is_held or cell.of == 0:
        return words_of(Cell(cell.code, cell.of, None, cell.is_held))
    return figure
