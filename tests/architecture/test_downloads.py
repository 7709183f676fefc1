"""Each table with figures, of what is bought and what it costs, can be taken away as CSV and Excel; or it says here why not.

Read from the templates: a head that ends in # is of a column of numbers. What a file leaves of the product, and what keeps a formula in
it from being worked out, the rooms' own tests hold.
"""

import re
from pathlib import Path

import pytest

from tests.architecture.rooms import HEARTH

FLOORS = ("commissioning", "records/money")
# A table begins, and everything up to the end of its tag; its heads may be put together before it.
TABLE = re.compile(r"ui\.table\(.*?%\}", re.DOTALL)
NUMBERS = re.compile(r'#"')
TAKES = re.compile(r'take_away\(|take_entries\(|url\("download_[a-z]+"\)')
# Tables in pieces that pages include, with the pages on which they can be taken away.
PIECES = {
    "contracts/parts/money.html": ("contracts/contract.html",),
    "contracts/parts/promised.html": ("contracts/contract.html",),
    "contracts/pieces.html": ("contracts/contract.html", "contracts/outcome_claims.html"),
    "returns/pieces.html": ("returns/quarterly_return.html", "returns/contract_progress.html"),
    "grants/pieces.html": ("grants/grant_rounds.html", "grants/grant_round.html"),
    "money/pieces.html": ("money/fund.html", "money/money_share.html"),
    "money/purchase_pieces.html": ("money/purchases.html", "money/budget.html"),
    "value/investing_pieces.html": ("value/investment.html", "value/essex_bond.html"),
}
# Reviewed: tables with numbers that are not taken away by themselves, each with the reason.
EXCUSED = {
    "returns/certify_return.html": "a form: the page of the return, from which it is opened, has the same figures and takes them away",
    "returns/send_return.html": "a form: the page of the return, from which it is opened, has the same figures and takes them away",
    "procurement/pieces.html": "the weights and shares of a call are its words: bidders take the call's own files away",
}


def _name(path: Path) -> str:
    return path.as_posix().split("/templates/")[1]


def _templates() -> dict[str, str]:
    found = [path for floor in FLOORS for path in sorted((HEARTH / floor).rglob("templates/**/*.html"))]
    return {_name(path): path.read_text(encoding="utf-8") for path in found}


TEMPLATES = _templates()


def _with_numbers(text: str) -> bool:
    """Whether a template draws a table with a column of numbers."""
    heads = "".join(TABLE.findall(text))
    return bool(NUMBERS.search(heads)) or ("ui.table(" in text and bool(re.search(r'~ "#"', text)))


WITH_NUMBERS = [name for name, text in TEMPLATES.items() if _with_numbers(text)]


def test_the_reading_finds_tables_of_numbers() -> None:
    assert len(WITH_NUMBERS) > 20 and {"money/ledger.html", "value/investment.html", "contracts/contracts.html"} <= set(
        WITH_NUMBERS
    )
    assert not _with_numbers('{% call ui.table("Rows", [("What", ""), ("Why", "")]) %}')
    assert _with_numbers('{% call ui.table("Rows", [\n ("What", ""),\n ("Sum#", "")]) %}')


@pytest.mark.parametrize("name", WITH_NUMBERS)
def test_a_table_of_numbers_can_be_taken_away(name: str) -> None:
    if name in EXCUSED:
        return
    for page in PIECES.get(name, (name,)):
        assert TAKES.search(TEMPLATES[page]), f"{page} shows numbers that nobody can take away"


@pytest.mark.parametrize("name", sorted(PIECES))
def test_a_piece_is_shown_by_the_pages_that_are_named_for_it(name: str) -> None:
    room, piece = name.split("/", 1)
    for page in PIECES[name]:
        assert name in TEMPLATES[page], f"{page} does not show {name}"
    others = [
        other for other, text in TEMPLATES.items()
        if name in text and other != name and other not in PIECES[name] and other not in EXCUSED and _with_numbers(TEMPLATES[name])
    ]  # fmt: skip
    for other in others:
        assert TAKES.search(TEMPLATES[other]) or not _shows(TEMPLATES[other], TEMPLATES[name]), (
            f"{other} shows numbers of {room}/{piece} that nobody can take away"
        )


def _shows(page: str, piece: str) -> bool:
    """Whether a page draws one of a piece's macros that has a table of numbers."""
    macros = re.findall(r"\{% macro (\w+)\((.*?)\{% endmacro %\}", piece, re.DOTALL)
    drawn = [name for name, body in macros if _with_numbers(body)]
    return any(re.search(rf"\b\w+\.{name}\(", page) for name in drawn)


def test_what_is_excused_is_there_and_says_why() -> None:
    assert set(EXCUSED) | set(PIECES) <= set(TEMPLATES)
    assert all(len(why) > 20 for why in EXCUSED.values())
