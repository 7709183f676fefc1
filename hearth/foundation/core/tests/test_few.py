"""Small numbers are left out of a table with its sums, and none can be worked out."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hearth.foundation.core.few import without_few

FEWEST = 5


def _table(rows: list[list[int]]) -> tuple[dict[Any, int], list[list[Any]]]:
    """Cells by (row, column) with sums under "all", and the lines in which they add up."""
    across = range(len(rows[0]))
    cells: dict[Any, int] = {(r, c): rows[r][c] for r in range(len(rows)) for c in across}
    cells |= {(r, "all"): sum(rows[r]) for r in range(len(rows))}
    cells |= {("all", c): sum(row[c] for row in rows) for c in across}
    cells["all", "all"] = sum(map(sum, rows))
    lines = [[(r, c) for c in (*across, "all")] for r in (*range(len(rows)), "all")]
    return cells, lines + [[(r, c) for r in (*range(len(rows)), "all")] for c in (*across, "all")]


def test_a_small_figure_takes_the_next_with_it_in_its_row_and_in_its_column() -> None:
    cells, lines = _table([[3, 20, 30], [40, 50, 60], [70, 80, 90]])
    shown = without_few(cells, lines, FEWEST)
    left_out = {cell for cell, many in shown.items() if many is None}
    assert {(0, 0), (0, 1), (1, 0)} <= left_out and (1, 1) in left_out, "or the one beside it could be worked out"
    assert shown["all", "all"] == 443


def test_a_nought_says_that_nothing_was_and_stays() -> None:
    cells, lines = _table([[0, 0], [0, 9]])
    assert without_few(cells, lines, FEWEST) == cells


@given(
    st.integers(1, 4).flatmap(
        lambda wide: st.lists(st.lists(st.integers(0, 12), min_size=wide, max_size=wide), min_size=1, max_size=5)
    )
)
def test_no_line_of_any_table_tells_a_figure_that_is_left_out(rows: list[list[int]]) -> None:
    cells, lines = _table(rows)
    shown = without_few(cells, lines, FEWEST)
    assert all(many is None or many == cells[cell] for cell, many in shown.items())
    assert all(shown[cell] is None for cell, many in cells.items() if 0 < many < FEWEST)
    for line in lines:
        hidden = [cell for cell in line if shown[cell] is None]
        assert len(hidden) != 1 or all(cells[cell] == 0 for cell in line if cell not in hidden)
