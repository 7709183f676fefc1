"""What the columns of a file mean: a file's own names on one side, the few things that people are known by on the other."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

Names = tuple[str, ...]
DATE_ORDERS = ("dmy", "mdy", "ymd")


class LinkageProblem(Exception):
    """Something that a person can put right, in a sentence that says what."""


@dataclass(frozen=True)
class Columns:
    """Which columns of a file hold what. Several columns for one thing are joined by a blank, in the order given.

    `id` names a record inside its source and `source` says which file or service it is from; a file without them is numbered.
    `age` is in whole years on the day, or in the year, that `as_at` has.
    `identifier` and `other` are columns that stand each for itself: a reference number, an occupation.
    `date_order` says how a birth date such as 03/04/2011 is meant; left out, it is found from days above 12, else day first.
    """

    id: Names = ()
    source: Names = ()
    given_name: Names = ()
    middle_name: Names = ()
    family_name: Names = ()
    full_name: Names = ()
    birth_date: Names = ()
    birth_year: Names = ()
    birth_month: Names = ()
    birth_day: Names = ()
    age: Names = ()
    as_at: Names = ()
    sex: Names = ()
    address: Names = ()
    postcode: Names = ()
    place: Names = ()
    uprn: Names = ()
    email: Names = ()
    phone: Names = ()
    nhs_number: Names = ()
    upn: Names = ()
    identifier: Names = ()
    other: Names = ()
    date_order: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        if self.date_order and self.date_order not in DATE_ORDERS:
            raise LinkageProblem(f"date_order is {self.date_order!r}; it is one of {', '.join(DATE_ORDERS)}.")
        if self.age and not self.as_at:
            raise LinkageProblem(
                "An age says when somebody was born only with as_at: name the column of the day or year it is of."
            )
        if not any(getattr(self, name) for name in MEANINGS if name not in ("id", "source", "sex", "age", "as_at")):
            raise LinkageProblem("No column says who somebody is: name at least a name, a birth date or a number.")

    def named(self) -> list[str]:
        """Every column of the file that is used, each once."""
        return list(dict.fromkeys(column for name in MEANINGS for column in getattr(self, name)))

    def check(self, present: list[str]) -> None:
        """Raise LinkageProblem unless each column that is named is among those present."""
        missing = [column for column in self.named() if column not in present]
        if missing:
            raise LinkageProblem(f"The file has no column {', '.join(missing)}. It has: {', '.join(present)}.")


MEANINGS = tuple(f.name for f in fields(Columns) if f.name != "date_order")


def from_mapping(given: Mapping[str, Any]) -> Columns:
    """Columns from plain data: a meaning to one column's name or to a list of them. Raises LinkageProblem for an unknown meaning."""
    unknown = [name for name in given if name not in MEANINGS and name != "date_order"]
    if unknown:
        raise LinkageProblem(f"{', '.join(unknown)} is not something a column can mean: {', '.join(MEANINGS)}.")
    read: dict[str, Any] = {
        name: value if name == "date_order" else tuple([value] if isinstance(value, str) else value)
        for name, value in given.items()
    }
    return Columns(**read)


def from_toml(path: Path) -> tuple[Columns, dict[str, Any]]:
    """The `[columns]` of a TOML file, and whatever else the file says. Raises LinkageProblem where it cannot be read."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise LinkageProblem(f"{path} cannot be read: {problem}") from None
    columns = read.pop("columns", None)
    if not isinstance(columns, dict):
        raise LinkageProblem(f"{path} has no [columns]: it says there what each column of the file means.")
    order = {"date_order": read.pop("date_order")} if "date_order" in read else {}
    return from_mapping({**columns, **order}), read
