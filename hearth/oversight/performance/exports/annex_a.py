"""The inspectors' workbook (Annex A): eleven lists, of which the first three are ours to fill.

Contacts: everything that was asked of the front door, one row for each child. Early help: every assessment that was going on in the period
or ended in it, and help that goes on. Referrals: what early help asked social care to take. Everything is told as it stood on the last day.
"""

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from hearth.foundation.core.pack import pack
from hearth.foundation.core.text import upper_first
from hearth.oversight.performance.exports import codes
from hearth.oversight.performance.exports.ages import age_on, day_of_birth
from hearth.oversight.performance.exports.checking import Checked, Gap, keeper_of
from hearth.oversight.performance.exports.reading import Asked, rows_of
from hearth.oversight.performance.exports.writing import Cell

CONTACTS, EARLY_HELP, REFERRALS = "List 1", "List 2", "List 3"
FILLED = (CONTACTS, EARLY_HELP, REFERRALS)
_SAID = {"yes": codes.YES, "no": codes.NO}


@cache
def lists() -> dict[str, tuple[str, list[str]]]:
    """What each list is about, and its columns, by the name of its sheet."""
    found = tomllib.loads((Path(__file__).parent / "annex-a.toml").read_text(encoding="utf-8"))["list"]
    return {each["name"]: (each["about"], each["columns"]) for each in found}


def sheets(
    asked: Asked, checked: Checked, left_out: dict[str, int]
) -> Iterator[tuple[str, list[str], Iterator[list[Cell]]]]:
    """Each sheet in order: its name, its heads, its rows. `checked` and `left_out` are filled as rows are read."""
    filled: dict[str, Callable[[Any, Checked], list[Cell]]] = {
        CONTACTS: _contact, EARLY_HELP: _early_help, REFERRALS: _referral,
    }  # fmt: skip
    for name, (_, columns) in lists().items():
        rows = _rows(name, filled[name], asked, checked, left_out) if name in filled else iter(())
        yield name, columns, rows


_READ = {CONTACTS: "contacts", EARLY_HELP: "early_help", REFERRALS: "referrals"}


def _rows(
    name: str, cells: Callable[..., list[Cell]], asked: Asked, checked: Checked, left_out: dict[str, int]
) -> Iterator[list[Cell]]:
    for row in rows_of(_READ[name], asked):
        if row.adult:
            left_out[f"adults:{name}"] = left_out.get(f"adults:{name}", 0) + 1
            continue
        yield [*_child(name, row, asked.to_on, checked), *cells(row, checked)]


def _child(name: str, row: Any, day: dt.date, checked: Checked) -> list[Cell]:
    """The five columns that every list begins with."""
    _check_child(name, row, day, checked)
    return [
        row.child,
        codes.GENDERS.get(row.sex, codes.NO_GENDER),
        codes.ETHNICITIES.get(row.ethnicity, codes.ETHNICITIES[codes.NOT_OBTAINED]),
        day_of_birth(row.born_on, row.birth_precision),
        age_on(day, row.born_on, row.birth_precision),
    ]


def _check_child(name: str, row: Any, day: dt.date, checked: Checked) -> None:
    keeper = keeper_of(row)

    def note(column: str, what: str, wanted: bool) -> None:
        checked.note(Gap(name, column, row.child, what, wanted, keeper))

    unborn = row.birth_precision == "expected"
    if row.sex not in codes.GENDERS and not unborn:
        note("Gender", "no_sex", wanted=True)
    if row.ethnicity not in codes.ETHNICITIES or (row.ethnicity == codes.NOT_OBTAINED and not unborn):
        note("Ethnicity", "no_ethnicity", wanted=True)
    if unborn and row.born_on is not None and row.born_on < day:
        note("Date of Birth", "born_by_now", wanted=False)
    elif not unborn and day_of_birth(row.born_on, row.birth_precision) is None:
        note("Date of Birth", "no_birth_date", wanted=False)


def _contact(row: Any, checked: Checked) -> list[Cell]:
    source = codes.source_code(row.source)
    if row.cluster is None:
        checked.note(Gap(CONTACTS, "Child Unique ID", row.child, "not_matched", wanted=True, keeper=keeper_of(row)))
    if source == codes.UNKNOWN:
        checked.note(Gap(CONTACTS, "Contact Source", row.child, "no_source", wanted=True, keeper=keeper_of(row)))
    return [row.received_on, codes.SOURCES[source]]


def _early_help(row: Any, checked: Checked) -> list[Cell]:
    if not row.organisation:
        checked.note(
            Gap(EARLY_HELP, "Organisation completing assessment", row.child, "no_organisation", True, keeper_of(row))
        )
    if not row.assessed:
        checked.note(Gap(EARLY_HELP, "Assessment start date", row.child, "no_assessment", True, keeper_of(row)))
    return [row.started_on, row.done_on, row.organisation or codes.NOT_RECORDED]


def _referral(row: Any, checked: Checked) -> list[Cell]:
    kind, imported, said = row.status.partition(":")
    decided = kind in ("accepted", "ended", "declined")
    if imported:
        nfa, waits = _SAID.get(said, codes.NO), said not in _SAID
        team, worker = row.team, row.worker
    else:
        nfa, waits = (codes.YES if kind == "declined" else codes.NO), not decided
        team, worker = (upper_first(pack().words.social_care) if decided else row.team), row.worker
    for column, what, missing in (
        ("Referral NFA?", "no_answer", waits),
        ("Number of Referrals in Last 12 Months", "no_count", row.before is None),
        ("Allocated Team", "no_worker", not team),
        ("Allocated Worker", "no_worker", not worker),
        ("Referral Source", "no_source", codes.source_code(row.source) == codes.UNKNOWN),
    ):
        if missing:
            checked.note(Gap(REFERRALS, column, row.child, what, wanted=True, keeper=keeper_of(row)))
    return [
        row.referred_on, codes.SOURCES[codes.source_code(row.source)], nfa, row.before or 0, team or codes.NOT_RECORDED,
        worker or codes.NOT_RECORDED,
    ]  # fmt: skip
