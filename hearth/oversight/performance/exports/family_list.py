"""The list of families that a programme such as Supporting Families asks for: references, days and needs, and nobody's name."""

import json
from collections.abc import Iterator
from typing import Any

from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.indicators import Framework
from hearth.oversight.performance.exports.checking import Checked, Gap, Keeper
from hearth.oversight.performance.exports.reading import Asked, rows_of
from hearth.oversight.performance.exports.writing import Cell

SHEET = "Families"
PROGRAMME = "supporting-families"
_STATES = {"waiting": "To be checked", "accepted": "Accepted", "returned": "Returned", "withdrawn": "Withdrawn"}
FIRST = (
    "Family", "Case", "District", "Case opened on", "Case closed on", "Children", "Has a lead practitioner",
    "Lead practitioner’s organisation", "Whole-family assessment signed off on", "Whole-family plan agreed on",
)  # fmt: skip
LAST = ("Needs identified", "Claim", "Claimed as at")


def programme() -> Framework:
    """The programme whose needs the list has; every pack has one with claims."""
    frameworks = [each for each in pack().frameworks if each.claim]
    return next((each for each in frameworks if each.code == PROGRAMME), frameworks[-1])


def heads() -> list[str]:
    """The columns: one for each need of the programme."""
    return [*FIRST, *(need.label for need in _needs()), *LAST]


def _needs() -> Any:
    claim = programme().claim
    return claim.needs if claim else ()


def sheets(
    asked: Asked, checked: Checked, left_out: dict[str, int]
) -> Iterator[tuple[str, list[str], Iterator[list[Cell]]]]:
    """The one sheet."""
    yield SHEET, heads(), _rows(asked, checked)


def _rows(asked: Asked, checked: Checked) -> Iterator[list[Cell]]:
    codes = [need.code for need in _needs()]
    for row in rows_of("family_list", asked, programme().code):
        keeper = Keeper(row.case_reference, row.keeper or "", row.keeper_email or "", row.organisation)
        named = set(json.loads(row.needs)) & set(codes)
        for column, what, missing in (
            ("Needs identified", "no_need", not named),
            ("Has a lead practitioner", "no_lead", not row.has_lead),
            ("Whole-family assessment signed off on", "not_signed_off", row.assessed_on is None),
            ("Whole-family plan agreed on", "not_agreed", row.agreed_on is None),
        ):
            if missing:
                checked.note(Gap(SHEET, column, row.family, what, wanted=False, keeper=keeper))
        yield [
            row.family, row.case_reference, row.district, row.opened_on, row.ended_on, row.children,
            "Yes" if row.has_lead else "No", row.organisation or None, row.assessed_on, row.agreed_on,
            *("Yes" if code in named else None for code in codes),
            # Nobody named any: that is not to say that there is none.
            len(named) or None, _STATES[row.claim] if row.claim else None, row.claimed_as_at,
        ]  # fmt: skip
