"""Process behaviour charts: lines reckoned by hand, each rule met and just not met, and nothing read from what is not shown."""

from itertools import pairwise

import pytest

from hearth.oversight.performance.charts import LEAST, NEAR, OUT, RUN, chart_of
from hearth.oversight.performance.drawing import drawn

STEADY = [10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0]  # mean 11, each moving range 2: limits 11 +- 5.32


def test_the_lines_are_the_mean_and_2_66_mean_moving_ranges_from_it() -> None:
    lines = chart_of(STEADY).lines
    assert lines is not None
    assert (lines.mean, round(lines.lower, 2), round(lines.upper, 2)) == (11.0, 5.68, 16.32)
    assert not chart_of(STEADY).has_changed


def test_no_line_is_drawn_of_few_figures() -> None:
    assert chart_of(STEADY[: LEAST - 1]).lines is None and chart_of([None] * 20).lines is None
    assert chart_of([]).lines is None


def test_a_limit_is_never_below_nought_nor_beyond_what_can_be() -> None:
    low = chart_of([0.0, 4.0, 0.0, 4.0, 0.0, 4.0, 0.0, 4.0]).lines
    high = chart_of([90.0, 100.0] * 5, highest=100.0).lines
    assert low is not None and low.lower == 0.0
    assert high is not None and high.upper == 100.0


def test_a_figure_outside_the_limits_is_marked_and_one_on_the_limit_is_not() -> None:
    found = chart_of([*STEADY * 2, 30.0, *STEADY])
    assert {place for place, rules in found.signals.items() if OUT in rules} == {16}
    level = chart_of([7.0] * 12)  # nothing varies: both limits are the mean itself
    assert level.lines is not None and level.lines.upper == 7.0 and not level.has_changed


def test_eight_in_a_row_on_one_side_are_marked_and_seven_are_not() -> None:
    def shift(many: int) -> set[int]:
        found = chart_of([9.0, 13.0] * 6 + [12.0, 14.0] * (many // 2) + [13.0] * (many % 2) + [9.0])
        return {place for place, rules in found.signals.items() if RUN in rules}

    assert len(shift(8)) >= 8 and not shift(6)


def test_a_run_is_not_ended_by_what_is_not_shown() -> None:
    low, high = [9.0, 13.0] * 6, [12.0, 14.0, 12.0, 14.0, None, 12.0, 14.0, 12.0, 14.0]
    found = chart_of([*low, *high])
    run = {place for place, rules in found.signals.items() if RUN in rules}
    assert 16 not in run and {12, 20} <= run


def test_three_of_four_near_a_limit_are_marked_and_two_are_not() -> None:
    base = [10.0, 12.0] * 10
    three = chart_of([*base, 15.0, 11.0, 15.0, 15.0, *base])
    two = chart_of([*base, 15.0, 11.0, 11.0, 15.0, *base])
    assert [place for place, rules in three.signals.items() if NEAR in rules] == [20, 22, 23]
    assert not [place for place, rules in two.signals.items() if NEAR in rules]


def test_what_is_not_shown_changes_no_line() -> None:
    """Nobody can work it out from them: they are the same whatever it was."""
    gaps = [10.0, 12.0, 10.0, 12.0, None, 10.0, 12.0, 10.0, 12.0]
    assert chart_of(gaps).lines == chart_of([*STEADY[:4], None, *STEADY[4:]]).lines
    lines = chart_of(gaps).lines
    assert lines is not None and lines.mean == 11.0 and round(lines.upper, 2) == 16.32


def test_the_drawing_has_a_gap_where_nothing_is_shown_a_square_where_a_rule_is_met_and_stays_within_its_frame() -> None:
    found = chart_of([*STEADY, None, *STEADY, 40.0])
    picture = drawn(found, [f"M{n}" for n in range(18)], "%")
    assert len(picture.pieces) == 2 and len(picture.gaps) == 1 and len(picture.dots) == 17
    assert [dot.is_signal for dot in picture.dots][-1] is True
    assert all(0 <= dot.x <= picture.right and 0 <= dot.y <= picture.floor for dot in picture.dots)
    assert [rule.is_middle for rule in picture.rules] == [False, True, False] and picture.rules[1].words.endswith("%")
    labels = [rule.label_y for rule in picture.rules]
    assert all(later - earlier >= 11 for earlier, later in pairwise(labels)), "words do not stand on one another"
    assert (picture.first, picture.last) == ("M0", "M17")


@pytest.mark.parametrize("values", [[], [5.0], [None, None], [0.0] * 10])
def test_anything_can_be_drawn(values: list[float | None]) -> None:
    assert drawn(chart_of(values), [str(n) for n, _ in enumerate(values)]).floor > 0
