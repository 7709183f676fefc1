"""The command `hearth import annex-a`: one workbook, read at once, and its account in words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hearth.desk.imports import queries
from hearth.desk.imports.actions import import_file
from hearth.foundation.core.reader import acting_for
from hearth.foundation.core.refusals import Refusal, refuse


def import_workbook(
    path: Path, by: Any, *, area: str = "", source: str = "", progress: Callable[[int], None] | None = None
) -> str:
    """Read the workbook as `by` into the area with that code (the pack's first, where none is named); give the account.

    Raises Refused where the file, the area or the person will not do.
    """
    found = queries.area_coded(area)
    if found is None:
        refuse(Refusal("imports.area", f"There is no area {area}. It is one of {', '.join(queries.area_codes())}."))
    with acting_for(by):
        run = import_file(path, by, area=found, source=source or "another system", progress=progress)
        run.refresh_from_db()
        if run.refusal:
            refuse(Refusal("imports.file", run.refusal))
        return _account(run)


def _account(run: Any) -> str:
    lines = [f"{run.reference}: {run.rows_in_file} rows of {run.file_name}, into {run.area.name}"]
    for sheet, counts in queries.account_of(run).items():
        flagged = queries.flagged_of(run, sheet)
        lines.append(
            f"{sheet}: {counts['loaded']} loaded ({flagged} with a field flagged), "
            f"{counts['already']} already there, {counts['refused']} refused"
        )
    lines += [f"{sheet}: not read ({rows} rows)" for sheet, rows in run.skipped.items()]
    lines += [f"{row.sheet}, row {row.number}: {row.reason}" for row in queries.rows_of(run, only="refused").rows]
    return "\n".join(lines)
