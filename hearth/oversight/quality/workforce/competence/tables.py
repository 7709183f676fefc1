"""What a team holds and needs, as a table to take away."""

from hearth.foundation.core import clock
from hearth.foundation.core.spreadsheet import Sheet
from hearth.foundation.ui.filters import short_day
from hearth.oversight.quality.workforce.competence.queries import Line, Standing, columns

MEANS = (
    "What people need by their roles, as the practice pack says, and until when they hold it. Missing: needed, and not held. "
    "Not needed: nobody asks it of them, and they do not hold it. As at {today}."
)


def sheet_of(found: list[Line]) -> Sheet:
    """One line a person, one column a competence."""
    heads = columns(found)
    rows = [
        [
            line.person.full_name,
            line.person.organisation.name,
            "; ".join(line.roles),
            *(told(line.standings.get(each.code)) for each in heads),
        ]
        for line in found
    ]
    return Sheet(
        "Team training",
        MEANS.format(today=f"{clock.today():%d/%m/%Y}"),
        ("Name", "Organisation", "Roles", *(each.label for each in heads)),
        rows,
    )


def told(standing: Standing | None) -> str:
    """How somebody stands, in a cell."""
    if standing is None:
        return "Not needed"
    if standing.record is None:
        return "Missing"
    if standing.record.until_on is None:
        return "Held"
    return f"{standing.words}: {short_day(standing.record.until_on)}"
