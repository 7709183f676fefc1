"""What may be told to everybody, so that no small number is found by taking one published figure from another (adr 40).

A figure is published once and told the same ever after, and what was left out once is left out ever after: two reports of one quarter
never differ by a family that moved. A figure that was not told yet is told only where the authority's, less every district's that is
told, leaves nought or no small number in any part of what counts the same events.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import Any

from hearth.oversight.performance.counting import WHOLE, Figure, State
from hearth.oversight.performance.reports.figures import Cell

Key = tuple[str, str, str]  # what is counted, the first day of the quarter, the district
PROJECT = "project "


@dataclass(frozen=True)
class Told:
    """What was told of one unit: its parts, and figures by measure. Nothing, where it was left out."""

    parts: tuple[int, ...] | None = None
    figures: Mapping[str, dict[str, Any]] = field(default_factory=dict)


Ledger = dict[Key, Told]
Districts = Callable[[str], Sequence[str]]  # those that are open by the end of a quarter
Fewest = Callable[[str], int]  # the smallest number that is shown of what is counted


def is_few(many: int, fewest: int) -> bool:
    """Whether a difference says too much: a small number, or one below nought, which two moments leave between them."""
    return many < 0 or 0 < many < fewest


def for_everybody(
    cells: Iterable[Cell], before: Ledger, districts: Districts, fewest: Fewest
) -> tuple[list[Cell], Ledger]:
    """The cells as everybody is told them, and what was not told before and is from now on."""
    told, new, made = dict(before), {}, []
    ordered = sorted(cells, key=lambda each: (*_key(each)[:2], _key(each)[2] == WHOLE, _key(each)[2]))
    for key, group in groupby(ordered, key=_key):
        unit = list(group)
        if key not in told and not _is_not_open(unit):
            new[key] = told[key] = _decided(unit, key, told, districts, fewest)
        made += [each | {"figure": _figure(each, told.get(key)), "parts": None} for each in unit]
    return made, new


def _key(cell: Cell) -> Key:
    return cell["events"], cell["quarter"], cell["area"]


def _is_not_open(unit: Sequence[Cell]) -> bool:
    """Nothing is counted there yet: everybody knows, and nothing is weighed."""
    return all(each["figure"]["state"] == State.NOT_OPEN for each in unit)


def _decided(unit: Sequence[Cell], key: Key, told: Ledger, districts: Districts, fewest: Fewest) -> Told:
    parts = unit[0]["parts"]
    if parts is None or not _is_safe(key, tuple(parts), told, districts(key[1]), fewest(key[0])):
        return Told()
    return Told(
        tuple(parts),
        {each["measure"]: each["figure"] for each in unit if each["figure"]["state"] in (State.SHOWN, State.NONE)},
    )


def _is_safe(key: Key, parts: tuple[int, ...], told: Ledger, districts: Sequence[str], fewest: int) -> bool:
    """Whether the authority's figure, less what districts are told, leaves no small number, once this one is told as well."""
    if any(0 < many < fewest for many in parts):
        return False
    events, quarter, area = key
    shown = {
        each: found.parts
        for each in (*districts, WHOLE)
        if (found := told.get((events, quarter, each))) and found.parts
    }
    shown[area] = parts
    whole = shown.pop(WHOLE, None)
    if whole is None:
        return True
    left = [many - sum(each[place] for each in shown.values()) for place, many in enumerate(whole)]
    if set(districts) <= set(shown):  # nobody is left: what is told agrees
        return not any(left)
    return not any(is_few(many, fewest) for many in left)


def _figure(cell: Cell, told: Told | None) -> dict[str, Any]:
    """As it was told first; one that was too early then, if nothing was counted otherwise since."""
    figure: dict[str, Any] = cell["figure"]
    if told is None or figure["state"] in (State.NOT_OPEN, State.EARLY):
        return figure
    if told.parts is not None and cell["measure"] in told.figures:
        return told.figures[cell["measure"]]
    if told.parts is not None and cell["parts"] is not None and tuple(cell["parts"]) == told.parts:
        return figure
    return asdict(Figure(State.FEW))


def rows_for_everybody(
    rows: Iterable[dict[str, Any]], before: Ledger, fewest: int
) -> tuple[list[dict[str, Any]], Ledger]:
    """Rows of projects that count people: told where none of a project's, of whatever day, differs from it by a small number."""
    told, new, made = dict(before), {}, []
    for row in rows:
        if row["number"] is None or not row["of_people"]:
            made.append(row)
            continue
        key = (f"{PROJECT}{row['project']} {row['code']}", row["as_at"], WHOLE)
        if key not in told:
            others = list(_of_project(told, row["project"]))
            safe = not is_few(row["number"], fewest) and not any(
                is_few(abs(row["number"] - each), fewest) for each in others
            )
            new[key] = told[key] = Told((row["number"],) if safe else None)
        made.append(_row_as_told(row, told[key]))
    return made, new


def _of_project(told: Ledger, project: str) -> Iterator[int]:
    for (events, _, _), each in told.items():
        if events.startswith(f"{PROJECT}{project} ") and each.parts is not None:
            yield each.parts[0]


def _row_as_told(row: dict[str, Any], told: Told) -> dict[str, Any]:
    if told.parts is None:
        return row | {"number": None, "achieved": "too few to show", "said": "–", "remark": ""}
    changed = told.parts[0] != row["number"]
    return (
        row
        | {"number": told.parts[0], "achieved": f"{told.parts[0]:,}"}
        | ({"said": "–", "remark": ""} if changed else {})
    )
