"""A list of people in a CSV file, each looked up on the register as on the page: the same answer, the same trail."""

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.partial_date import PartialDate
from hearth.records.sharing.look_up import rules
from hearth.records.sharing.look_up.queries import Candidate, Typed, look_up_each, typed_of

COLUMNS = ("id", "given_name", "family_name", "birth_date", "postcode", "identifiers")
WRITTEN = ("query", "rank", "person", "score", "reasons")
AT_ONCE = 50
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[/.-])?(?:(\d{1,2})[/.-])?(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")


class ListProblem(Exception):
    """Something about a list that a person can put right, in a sentence."""


@dataclass(frozen=True)
class Told:
    """What came of a list: people looked for, candidates written, and a sentence for each row with something not understood."""

    rows: int
    candidates: int
    notes: list[str]


def born_of(text: str) -> PartialDate | None:
    """14/09/2015, 2015-09-14, 09/2015, 2015-09, 2015, about 2015; nothing for a blank. Raises ValueError for anything else."""
    bare = text.strip().lower()
    guessed = bare.startswith("about ")
    bare = bare.removeprefix("about ").strip()
    if not bare:
        return None
    if found := _YEAR_FIRST.fullmatch(bare):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(bare):
        day, month, year = found.groups()
        day, month = (day, month) if month else (None, day)
    else:
        raise ValueError(text)
    return PartialDate(int(year), int(month) if month else None, int(day) if day else None, guessed)


def look_up_list(*, by: Any, queries: Path, out: Path, progress: Callable[[int], None] = lambda rows: None) -> Told:
    """Look each row of `queries` up as `by`, and write `out`: whole, or not at all.

    Raises ListProblem for a file that is no such list, and Refused where `by` may not look people up.
    """
    refuse(rules.why_not_look_up(by))
    rows = _read(queries)
    notes: list[str] = []
    written = 0
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(WRITTEN)
            for first in range(0, len(rows), AT_ONCE):
                batch = rows[first : first + AT_ONCE]
                typed = [_typed(row, first + place, notes) for place, row in enumerate(batch, start=2)]
                with acting_as(by):
                    answers = look_up_each(by, typed)
                for row, found in zip(batch, answers, strict=True):
                    writer.writerows(_lines(row["id"], found))
                    written += len(found)
                progress(first + len(batch))
        part.replace(out)
    except OSError as problem:
        raise ListProblem(f"{out} cannot be written: {problem.strerror}.") from None
    finally:
        with suppress(OSError):
            part.unlink()
    return Told(len(rows), written, notes)


def _read(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            missing = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]
            if missing:
                raise ListProblem(f"{path} has no column {', '.join(missing)}. A list has: {', '.join(COLUMNS)}.")
            return [{name: (row.get(name) or "").strip() for name in COLUMNS} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise ListProblem(f"{path} cannot be read as a CSV file in UTF-8: {problem}.") from None


def _typed(row: dict[str, str], line: int, notes: list[str]) -> Typed:
    try:
        born = born_of(row["birth_date"])
    except ValueError:
        born = None
        notes.append(f"Line {line}: {row['birth_date']!r} is no birth date; looked for without it.")
    numbers = [number for number in re.split(r"[;|,]", row["identifiers"]) if number.strip()]
    typed = typed_of(row["given_name"], row["family_name"], born, row["postcode"], *numbers)
    if len(typed.numbers) < len(numbers):
        notes.append(f"Line {line}: {row['identifiers']!r} holds something that is no NHS number or pupil number.")
    if not typed.is_enough:
        notes.append(
            f"Line {line}: too little to look for. Give both names, or one with a date or a postcode, or a number."
        )
    return typed


def _lines(query: str, found: list[Candidate]) -> Iterator[tuple[str, int, str, str, str]]:
    for rank, one in enumerate(found, start=1):
        if one.may_open:
            yield query, rank, one.reference, f"{one.score:.4f}", "; ".join(one.reasons)
        else:
            who = ", ".join(filter(None, (one.contact_name, one.contact_organisation, one.contact_phone)))
            yield query, rank, "", "", f"somebody is known in {one.area}; ring {who}"


__all__ = ["ListProblem", "Told", "born_of", "look_up_list"]
