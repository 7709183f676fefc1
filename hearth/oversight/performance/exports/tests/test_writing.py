"""Files are written row by row, and what somebody typed is never worked out."""

import datetime as dt
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hearth.oversight.performance.exports import writing
from hearth.oversight.performance.exports.tests import standard

HEADS = ["Child Unique ID", "Date of Birth", "Organisation"]
TYPED = ("=1+1", "+44 1282", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://example.org")')


def _many(number: int) -> Iterator[list[writing.Cell]]:
    for each in range(number):
        yield [f"PE-{each:07}", dt.date(2018, 6, 9), f"School number {each}"]


@pytest.mark.parametrize("write", [writing.write_workbook, writing.write_tables])
def test_eight_times_as_many_rows_take_no_more_memory(write: Callable[..., Any], tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        tracemalloc.start()
        assert write(tmp_path / "file", [("List 1", HEADS, _many(rows))]) == {"List 1": rows}
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(100)  # what is loaded once
    assert peak(8_000) < peak(1_000) + 500_000


def test_what_begins_like_a_formula_is_words_in_a_workbook_and_a_quoted_cell_in_a_table(tmp_path: Path) -> None:
    rows = [[typed, None, typed] for typed in TYPED]
    writing.write_workbook(tmp_path / "book", [("List 1", HEADS, iter(rows))])
    content = (tmp_path / "book").read_bytes()
    assert standard.formulas(content) == []
    assert [row[0] for row in standard.opened(content)["List 1"][1:]] == list(TYPED)
    writing.write_tables(tmp_path / "zip", [("ssd_person", HEADS, iter(rows))])
    (_, *said) = standard.tables((tmp_path / "zip").read_bytes())["ssd_person"]
    assert all(row["Organisation"].startswith("'") for row in said)


def test_a_day_is_a_day_and_nothing_is_an_empty_cell(tmp_path: Path) -> None:
    writing.write_workbook(
        tmp_path / "book", [("List 1", HEADS, iter([["PE-1", dt.date(2018, 6, 9), None], ["PE-2", None, ""]]))]
    )
    _, first, second = standard.opened((tmp_path / "book").read_bytes())["List 1"]
    assert first == ("PE-1", dt.datetime(2018, 6, 9), None)  # noqa: DTZ001 - as a workbook has it
    assert second[1] is None
    assert second[2] in (None, "")
