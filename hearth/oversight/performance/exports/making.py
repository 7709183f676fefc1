"""Making a file from its beginning to its end: once, however often it is begun, and it says how far it is."""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hearth.foundation.accounts.models import Area
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused, refuse
from hearth.oversight.performance.background import alone, one_moment
from hearth.oversight.performance.exports import (
    actions,
    annex_a,
    family_list,
    reading,
    rules,
    telling,
    writing,
)
from hearth.oversight.performance.exports.checking import Checked
from hearth.oversight.performance.exports.dataset import tables
from hearth.oversight.performance.exports.models import Export, Kind
from hearth.oversight.performance.exports.reach import districts_of

SHEETS = {
    Kind.ANNEX_A: (annex_a.sheets, writing.write_workbook, len(annex_a.FILLED)),
    Kind.DATASET: (tables.tables, writing.write_tables, len(tables.TABLES)),
    Kind.FAMILIES: (family_list.sheets, writing.write_workbook, 1),
}
STATEMENT = "what-was-left-out.txt"
Tell = Callable[[str, int], None]


@dataclass
class Made:
    """A file that was written, before it is frozen."""

    path: Path
    areas: list[Area]
    rows: dict[str, int] = field(default_factory=dict)
    statement: str = ""
    checked: Checked = field(default_factory=Checked)


def make(export: Any, by: Any, tell: Tell = lambda _what, _percent: None) -> Any:
    """Make an export that waits, or that a killed process left. One that is over is left as it is.

    All lists are read as of one moment, so that a key in one of them is found in another. Call it as `by` reads.
    """
    with alone("export", export, rules.BEING_MADE), tempfile.TemporaryDirectory(prefix="hearth-export-") as folder:
        if not actions.begin_export(by=by, export=export):
            return export
        made = Made(Path(folder) / "file", [])
        try:
            with one_moment():
                _write(export, by, made, _Telling(export, by, tell))
            return actions.freeze_export(by=by, export=export, made=made)
        except Refused as refused:
            return actions.fail_export(by=by, export=export, fault=str(refused))
        except OSError as fault:  # no room for it on the disk
            return actions.fail_export(by=by, export=export, fault=f"The file could not be written: {fault.strerror}.")


def _write(export: Any, by: Any, made: Made, telling_: "_Telling") -> None:
    made.areas = list(areas_of(by, export))
    refuse(None if made.areas else rules.NO_DISTRICT)
    sheets, write, many = SHEETS[Kind(export.kind)]
    asked = reading.Asked([area.pk for area in made.areas], export.from_on, export.to_on, telling_.rows)
    left_out = reading.left_out(asked)
    made.rows = write(made.path, telling_.each(sheets(asked, made.checked, left_out), many))
    made.statement = telling.statement(export, made.areas, made.rows, left_out)
    if export.kind == Kind.DATASET:
        writing.add_text(made.path, STATEMENT, made.statement)


def areas_of(by: Any, export: Any) -> Any:
    """The districts of an export: the one asked for, or every one that its asker may, today."""
    found = districts_of(by)
    return found.filter(pk=export.area_id) if export.area_id else found


class _Telling:
    """Says on the second connection now and then what is being written: the first one reads, and writes nothing until the end."""

    def __init__(self, export: Any, by: Any, tell: Tell) -> None:
        self.export, self.by, self.tell, self.told_at = export, by, tell, 0.0
        self.name, self.percent, self.read = "What is left out", 0, 0

    def each(self, sheets: Any, many: int) -> Iterator[Any]:
        """The sheets, each with how far that is."""
        for number, (name, heads, rows) in enumerate(sheets):
            self.name, self.percent, self.read = name, min(99, 1 + 98 * number // many), 0
            self._say()
            yield name, heads, rows

    def rows(self, number: int) -> None:
        """So many more rows were read."""
        self.read += number
        if time.monotonic() - self.told_at >= 1:
            self._say()

    def _say(self) -> None:
        self.told_at = time.monotonic()
        doing = f"{self.name}, {self.read:,} rows read" if self.read else self.name
        self.tell(doing, self.percent)
        with acting_as(self.by, using="audit"):
            Export.objects.using("audit").filter(pk=self.export.pk, state=Export.State.MAKING).update(
                percent=self.percent, doing=doing[:60]
            )
