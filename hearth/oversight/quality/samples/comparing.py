"""Whether it changed: what a sample came to beside what the re-audit came to, part by part and item by item."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hearth.foundation.core.packs.audits import AuditTool
from hearth.foundation.core.spreadsheet import Cell, Sheet
from hearth.oversight.quality.models import Answer, AuditResult, AuditSample
from hearth.oversight.quality.setup import tool_of

WIDE = 200  # of a whole bar, in the drawing


@dataclass(frozen=True)
class Share:
    """Of so many times that it applied, how often it was met."""

    met: int
    applied: int

    @property
    def percent(self) -> int | None:
        """To a whole one; none where it never applied."""
        return round(100 * self.met / self.applied) if self.applied else None

    @property
    def words(self) -> str:
        """As it is read: 67% (8 of 12)."""
        return f"{self.percent}% ({self.met} of {self.applied})" if self.applied else "Never applied"

    @property
    def wide(self) -> float:
        """How long its bar is drawn."""
        return round(WIDE * self.met / self.applied, 1) if self.applied else 0


@dataclass(frozen=True)
class Line:
    """One part or item, before and after."""

    name: str
    before: Share | None
    after: Share
    is_part: bool = False

    @property
    def change(self) -> str:
        """How many points it rose or fell, in words."""
        if self.before is None or self.before.percent is None or self.after.percent is None:
            return "Not known"
        by = self.after.percent - self.before.percent
        points = f"{abs(by)} {'point' if abs(by) == 1 else 'points'}"
        return "The same" if not by else f"Up {points}" if by > 0 else f"Down {points}"


def results_of(reader: Any, sample: AuditSample) -> Counter[tuple[str, str]]:
    """How often each item was answered how, in the settled audits of a sample that the reader sees."""
    rows = AuditResult.objects.visible_to(reader).filter(audit__sample=sample)
    return Counter(rows.values_list("item", "answer"))


def lines_of(tool: AuditTool, after: Counter[tuple[str, str]], before: Counter[tuple[str, str]] | None) -> list[Line]:
    """The whole first, then each part with its items under it."""
    lines = [Line("All items", _of(before, tool.items), _share(after, tool.items), is_part=True)]
    for part in tool.parts:
        lines.append(Line(part.title, _of(before, part.items), _share(after, part.items), is_part=True))
        lines += [Line(item.label, _of(before, [item]), _share(after, [item])) for item in part.items]
    return lines


def _of(counted: Counter[tuple[str, str]] | None, items: Iterable[Any]) -> Share | None:
    return None if counted is None else _share(counted, items)


def _share(counted: Counter[tuple[str, str]], items: Iterable[Any]) -> Share:
    codes = [item.code for item in items]
    met = sum(counted[code, Answer.MET.value] for code in codes)
    return Share(met, met + sum(counted[code, Answer.NOT_MET.value] for code in codes))


def compared(reader: Any, sample: AuditSample) -> list[Line]:
    """What a sample came to; beside the one it follows, where it follows one. An item that the earlier tool had not shows nothing there."""
    before = results_of(reader, sample.follows) if sample.follows else None
    after = results_of(reader, sample)
    return lines_of(tool_of(sample.tool_id), after, before) if after or before else []


def sheet_of(sample: AuditSample, lines: Iterable[Line]) -> Sheet:
    """The same as a table to take away."""
    rows: list[list[Cell]] = [
        [
            "Part" if line.is_part else "Item", line.name, *_cells(line.before), *_cells(line.after),
            line.change if sample.follows_id else "",
        ]
        for line in lines
    ]  # fmt: skip
    return Sheet(
        f"Audit sample {sample.reference}",
        "Met: how often an item was met in settled audits. Applied: how often it applied at all. Before: the sample that this one follows. "
        "It names nobody.",
        ("What", "Name", "Met before", "Applied before", "Met", "Applied", "Change"),
        rows,
    )


def _cells(share: Share | None) -> list[Cell]:
    return ["", ""] if share is None else [share.met, share.applied]
