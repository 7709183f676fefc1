"""What everybody carries, as a table to take away."""

from hearth.casework.cases.workload.queries import Workload
from hearth.foundation.core.spreadsheet import Sheet

NOBODY = "Nobody yet"


def workload_sheet(found: Workload) -> Sheet:
    """A row for each lead practitioner, and one for cases that nobody leads."""
    return Sheet(
        "Workload",
        "Open cases by lead practitioner in the areas of whoever took this away. Restricted records are not counted. Late: something is due "
        f"before {found.today:%d/%m/%Y}; due: within seven days of it.",
        ("Lead practitioner", "Open cases", "Children", "Late", "Late since", "Due in 7 days", "Nothing due"),
        [
            [
                each.name or NOBODY,
                each.cases,
                each.children,
                each.late,
                f"{each.late_since:%d/%m/%Y}" if each.late_since else "",
                each.week,
                each.nothing_due,
            ]
            for each in found.loads
        ],
    )
