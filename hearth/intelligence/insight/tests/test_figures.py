"""Small numbers are left out, and one more where the rest would tell; how sure a share is."""

from hearth.intelligence.insight.figures import Interval, suppressed


def test_a_small_number_is_left_out_with_the_next_smallest() -> None:
    rows = [["A", 20, 100], ["B", 3, 100], ["C", 9, 100], ["D", 0, 100]]
    assert suppressed(rows, 5) == [["A", 20, 100], ["B", None, 100], ["C", None, 100], ["D", 0, 100]]


def test_a_small_group_has_no_figure_at_all() -> None:
    assert suppressed([["A", 2, 4], ["B", 50, 900], ["C", 60, 800]], 5)[0] == ["A", None, None]


def test_the_range_of_a_share_is_wilsons_and_wide_with_few_decisions() -> None:
    low, high = Interval(8, 10).ends
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert Interval(0, 0).share is None
    assert Interval(0, 0).ends == (0.0, 1.0)
